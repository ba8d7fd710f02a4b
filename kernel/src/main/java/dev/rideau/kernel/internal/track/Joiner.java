package dev.rideau.kernel.internal.track;

import dev.rideau.kernel.FactBatch;
import dev.rideau.kernel.internal.people.People;
import dev.rideau.kernel.internal.people.People.Person;
import dev.rideau.kernel.internal.people.PeopleRows;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/// Joins slices in the order of time: finds out which threads they speak of and what was open when
/// they began. What it costs depends on how much goes on across the edges of slices, not on the
/// number of records. Owned by one thread at a time.
public final class Joiner {
  private final Core core;
  private final Trackers trackers;
  private final People people;
  private final long idBase;
  private final Machine machine = new Machine();
  private final JoinStep steps;
  private final RowFinisher finisher;

  /// What the join's own rows mean: references are indexes there.
  private final Resolution own = new Resolution();

  /// How many threads are described there.
  private int described;

  /// @param idBase what must be added to the position of a thread or process to get our id
  public Joiner(Core core, Trackers trackers, People people, RowFinisher finisher, long idBase) {
    this.core = core;
    this.trackers = trackers;
    this.people = people;
    this.finisher = finisher;
    this.idBase = idBase;
    steps = new JoinStep(core);
    own.isRecorded = people.areAllRecorded() ? null : new boolean[0];
    core.begin(new SliceState(core));
  }

  /// Says who runs on a CPU when the recording begins.
  public void begin(int cpu, long tid) {
    Person person = people.withTid(ThreadRefs.key(tid, cpu));
    machine.thread(cpu, person.index());
    trackers.sched().begin(cpu, person.index(), person.isIdle());
  }

  /// Continues with a slice. Afterwards its rows can be finished.
  ///
  /// @return finished rows of the join itself
  public List<FactBatch> join(SliceState slice) {
    resolveThreads(slice);
    Resolution resolution = slice.resolution();
    machine.bodiesInto(resolution, slice.bodies);
    machine.contextsInto(resolution, slice.cpus.size());
    resolution.uses = slice.uses;
    steps.accept(slice);
    machine.adopt(slice, body -> trackers.lostBody(body, core.beginNs(), 0));
    return ownRows();
  }

  /// Ends what is open when the recording ends.
  ///
  /// @return finished rows
  public List<FactBatch> end(long endNs) {
    steps.end(endNs);
    new PeopleRows(core, people, idBase).write(trackers.people(), endNs);
    return ownRows();
  }

  private void resolveThreads(SliceState slice) {
    ThreadRefs refs = slice.threads;
    int count = refs.size();
    Resolution resolution = slice.resolution();
    int[] threads = new int[count];
    resolution.threads = threads;
    resolution.utids = new long[count];
    resolution.upids = new long[count];
    resolution.kernel = new byte[count];
    resolution.isRecorded = people.areAllRecorded() ? null : new boolean[count];
    for (int ref = 0; ref < count; ref++) {
      int thread = resolve(refs, ref, threads);
      threads[ref] = thread;
      describe(resolution, ref, thread);
      if (thread >= 0 && refs.priority(ref) != ThreadRefs.NO_PRIORITY) {
        people.priority(thread, refs.priority(ref));
      }
    }
    for (int ref = 0; ref < count; ref++) {
      if (threads[ref] >= 0 && refs.isFree(ref)) {
        people.release(threads[ref]);
      }
    }
  }

  private int resolve(ThreadRefs refs, int ref, int[] threads) {
    long tid = refs.tidOrCpu(ref);
    return switch (refs.origin(ref)) {
      case CPU -> machine.thread((int) tid);
      case TID -> people.withTid(tid).index();
      case REUSE -> people.newcomer(tid).index();
      case ANNOUNCED -> {
        people.announce(tid, refs.isSameProcess(ref));
        yield ThreadRefs.NONE;
      }
      case FORK -> {
        int parent = refs.parent(ref);
        Person forker = parent < 0 || threads[parent] < 0 ? null : people.person(threads[parent]);
        yield people.fork(forker, tid, refs.pid(ref), refs.firstNs(ref)).index();
      }
    };
  }

  private void describe(Resolution resolution, int ref, int thread) {
    if (thread < 0) {
      resolution.utids[ref] = -1;
      resolution.upids[ref] = -1;
      resolution.kernel[ref] = -1;
      return;
    }
    Person person = people.person(thread);
    resolution.utids[ref] = idBase + thread;
    resolution.upids[ref] = idBase + person.family().index();
    resolution.kernel[ref] = (byte) person.kernel();
    if (resolution.isRecorded != null) {
      resolution.isRecorded[ref] = people.isRecorded(person);
    }
  }

  private List<FactBatch> ownRows() {
    List<FactBatch> rows = steps.takeRows();
    if (rows.isEmpty()) {
      return rows;
    }
    int count = people.persons().size();
    if (own.utids.length < count) {
      int known = own.utids.length;
      int capacity = Math.max(count, known * 2);
      own.utids = Arrays.copyOf(own.utids, capacity);
      own.upids = Arrays.copyOf(own.upids, capacity);
      own.kernel = Arrays.copyOf(own.kernel, capacity);
      if (own.isRecorded != null) {
        own.isRecorded = Arrays.copyOf(own.isRecorded, capacity);
      }
    }
    for (int thread = described; thread < count; thread++) {
      describe(own, thread, thread);
    }
    described = count;
    List<FactBatch> finished = new ArrayList<>(rows);
    for (FactBatch each : finished) {
      finisher.finish(each, own);
    }
    return finished;
  }
}
