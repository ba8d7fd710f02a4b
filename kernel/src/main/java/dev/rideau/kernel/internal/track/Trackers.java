package dev.rideau.kernel.internal.track;

import dev.rideau.kernel.internal.people.People;
import dev.rideau.kernel.internal.people.PeopleTracker;
import dev.rideau.kernel.internal.track.block.BlockTracker;
import dev.rideau.kernel.internal.track.cpu.IpiTracker;
import dev.rideau.kernel.internal.track.cpu.IrqTracker;
import dev.rideau.kernel.internal.track.cpu.PowerTracker;
import dev.rideau.kernel.internal.track.cpu.SoftirqTracker;
import dev.rideau.kernel.internal.track.file.DescriptorSteps;
import dev.rideau.kernel.internal.track.file.DescriptorTracker;
import dev.rideau.kernel.internal.track.machine.MachineTracker;
import dev.rideau.kernel.internal.track.memory.BreakSteps;
import dev.rideau.kernel.internal.track.net.NetworkTracker;
import dev.rideau.kernel.internal.track.page.PageTracker;
import dev.rideau.kernel.internal.track.page.ReclaimTracker;
import dev.rideau.kernel.internal.track.sched.RunningTracker;
import dev.rideau.kernel.internal.track.sched.SchedTracker;
import dev.rideau.kernel.internal.track.signal.SignalTracker;
import dev.rideau.kernel.internal.track.syscall.SyscallTracker;
import dev.rideau.kernel.internal.track.timer.TimerTracker;
import dev.rideau.kernel.internal.track.work.WorkTracker;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// All trackers over one [Core]. Every core makes them in the same order: that is how the join
/// knows which automata of a slice are its own.
public final class Trackers implements BodyLoss {
  private final PeopleTracker people;
  private final SchedTracker sched;
  private final Handlers handlers = new Handlers();
  private final List<Tracker> trackers;
  private final SyscallTracker calls;
  private final ReclaimTracker reclaim;

  /// @param people in the join: all threads
  /// @param isOldKernel whether Linux is older than 4.14
  public Trackers(Core core, @Nullable People people, boolean isOldKernel) {
    this.people = new PeopleTracker(core, people);
    sched = new SchedTracker(core, this.people, isOldKernel);
    this.people.tell(sched);
    DescriptorSteps descriptors = new DescriptorSteps(core, people);
    BreakSteps breaks = new BreakSteps(core, people);
    // The first two keep Cpus up to date: behind them a tracker sees the CPU as the record leaves
    // it.
    calls = new SyscallTracker(core, descriptors, breaks, people);
    reclaim = new ReclaimTracker(core);
    sched.tell(this);
    trackers =
        List.of(
            sched,
            new RunningTracker(core, sched),
            this.people,
            new IrqTracker(core),
            new SoftirqTracker(core),
            new IpiTracker(core),
            new PowerTracker(core),
            new PageTracker(core),
            reclaim,
            new NetworkTracker(core),
            new WorkTracker(core),
            new TimerTracker(core),
            new SignalTracker(core, people),
            new BlockTracker(core, people),
            new MachineTracker(core),
            new DescriptorTracker(core, descriptors, breaks),
            calls);
    trackers.forEach(tracker -> tracker.register(handlers));
  }

  /// Which records are wanted.
  public Handlers handlers() {
    return handlers;
  }

  /// Records of a CPU may be missing from `ts` on. Told from the last tracker to the first, which
  /// changes what the others ask.
  public void lost(int kinds, long ts, int cpu) {
    for (int i = trackers.size() - 1; i >= 0; i--) {
      trackers.get(i).lost(kinds, ts, cpu);
    }
  }

  /// A record of a CPU is by the thread `tid`, though `seenTid` (or nobody known, if negative) was
  /// seen there last, at `seenNs`: the context switch between them is missing.
  public void appears(int tid, long ts, int cpu, int seenTid, long seenNs) {
    sched.appears(tid, ts, cpu, seenTid, seenNs);
  }

  /// A thread comes to a CPU where `seenTid` (or nobody known, if negative) was seen last, at
  /// `seenNs`.
  public void comes(int tid, long ts, int cpu, int seenTid, long seenNs) {
    sched.comes(tid, ts, cpu, seenTid, seenNs);
  }

  @Override
  public void lostBody(int body, long ts, int cpu) {
    calls.lostBody(body, ts, cpu);
    reclaim.lostBody(body, ts, cpu);
  }

  SchedTracker sched() {
    return sched;
  }

  PeopleTracker people() {
    return people;
  }
}
