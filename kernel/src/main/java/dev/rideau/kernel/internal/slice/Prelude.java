package dev.rideau.kernel.internal.slice;

import dev.rideau.kernel.internal.layout.EventUse;
import dev.rideau.kernel.internal.layout.ModelEvent;
import dev.rideau.kernel.internal.layout.NumberField;
import dev.rideau.kernel.internal.layout.RecordFields;
import dev.rideau.kernel.internal.layout.TextField;
import dev.rideau.kernel.internal.layout.TracerLayout;
import dev.rideau.kernel.internal.people.People;
import dev.rideau.kernel.internal.people.PersonHint;
import dev.rideau.kernel.internal.track.Dumped;
import dev.rideau.trace.Batch;
import dev.rideau.trace.BlockCursor;
import dev.rideau.trace.DataStream;
import dev.rideau.trace.EventClass;
import dev.rideau.trace.LongColumn;
import dev.rideau.trace.MemberSelection;
import dev.rideau.trace.Projection;
import dev.rideau.trace.RecordBlock;
import dev.rideau.trace.Scope;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.PriorityQueue;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/// What must be known before the first slice is tracked, because it is told later: the threads that
/// run when the recording begins (by the first context switch of each CPU), the processes that were
/// there and the names of interrupts (by the state dump). Looks at the begin of each stream only.
public final class Prelude {
  private static final Map<ModelEvent, List<String>> WANTED =
      new EnumMap<>(
          Map.of(
              ModelEvent.SCHED_SWITCH, List.of("prev_tid"),
              ModelEvent.TRACER_SWITCH, List.of("out", "next_prev_tid"),
              ModelEvent.STATEDUMP_PROCESS_STATE, List.of("tid", "pid", "type"),
              ModelEvent.STATEDUMP_INTERRUPT, List.of("irq", "action"),
              ModelEvent.STATEDUMP_END, List.of(),
              ModelEvent.TRACER_FORK, List.of("pid", "ppid", "tid"),
              ModelEvent.TRACER_COMM, List.of("pid", "tid", "exec")));

  private record First(long ts, long tid) {}

  /// What was told of a thread, and when.
  private record Told(long ts, ModelEvent event, int tid, PersonHint hint) {}

  private final KernelStreams streams;
  private final Dumped dumped = new Dumped();
  private final Map<Integer, PersonHint> hints = new HashMap<>();
  private final List<Told> told = new ArrayList<>();
  private final Map<Integer, First> firstThreads = new TreeMap<>();
  private final Map<DataStream, Integer> cpus = new HashMap<>();
  private final Set<Integer> toldCpus = new HashSet<>();
  private final RecordingBegin begin = new RecordingBegin();
  private long dumpEndNs = Long.MAX_VALUE;
  private boolean hasSwitches;
  private boolean hasOwnThreads;

  /// Reads the begin of all streams, in the order of time so that none is read further than needed.
  public Prelude(KernelStreams streams) {
    this.streams = streams;
    List<Reading> readings = new ArrayList<>();
    try {
      PriorityQueue<Reading> byTime = new PriorityQueue<>(Prelude::compare);
      for (DataStream stream : streams.tracked()) {
        Reading reading = new Reading(stream, readings.size());
        readings.add(reading);
        if (reading.next()) {
          byTime.add(reading);
        }
      }
      for (Reading next = byTime.poll(); next != null; next = byTime.poll()) {
        next.read();
        if (next.needsMore() && next.next()) {
          byTime.add(next);
        }
      }
    } finally {
      readings.forEach(reading -> reading.cursor.close());
    }
    for (Told each : told) {
      boolean isExec = each.event == ModelEvent.TRACER_COMM && each.hint.kernel() == 0;
      if (each.ts <= beginNs() || isExec) {
        hints.merge(each.tid, each.hint, (old, next) -> old.kernel() >= 0 ? old : next);
      }
    }
    begin.readOthers(streams);
    if (!hasSwitches) {
      // Nothing contradicts them.
      hasOwnThreads =
          streams.tracked().stream().anyMatch(stream -> OwnThread.isIn(stream.dataStreamClass()));
    }
    if (hasOwnThreads) {
      OwnProcesses.addTo(hints, streams);
    }
  }

  private static int compare(Reading left, Reading right) {
    int byTime = Long.compare(left.beginNs(), right.beginNs());
    return byTime != 0 ? byTime : Integer.compare(left.index(), right.index());
  }

  /// The begin of one stream.
  private final class Reading {
    private final DataStream stream;
    private final int index;
    private final @Nullable EventUse[] uses;

    /// By class: whether its records tell something.
    private final boolean[] tells;

    /// By class: whether tracing itself makes its records, also before it has begun.
    private final boolean[] asides;

    private final BlockCursor cursor;
    private @Nullable RecordBlock block;
    private boolean foundFirst;
    private boolean foundSwitch;

    Reading(DataStream stream, int index) {
      this.stream = stream;
      this.index = index;
      uses = streams.uses(stream);
      tells = new boolean[uses.length];
      for (int i = 0; i < uses.length; i++) {
        EventUse use = uses[i];
        tells[i] = use != null && WANTED.containsKey(use.event());
      }
      asides = KernelStreams.asides(stream);
      Projection fields = new WantedFields(KernelStreams.layout(stream.trace()), uses);
      cursor = stream.cursor(0, RecordingBegin.packets(stream), fields, Interrupts::endReading);
    }

    int index() {
      return index;
    }

    boolean next() {
      block = cursor.next();
      return block != null;
    }

    long beginNs() {
      RecordBlock current = block;
      return current == null ? Long.MAX_VALUE : current.timestampsNs()[0];
    }

    void read() {
      RecordBlock current = block;
      if (current == null) {
        return;
      }
      int cpu = StreamReader.cpuOf(current, stream);
      cpus.putIfAbsent(stream, cpu);
      if (StreamReader.toldCpu(current) >= 0) {
        toldCpus.add(cpu);
      }
      foundFirst = foundFirst || begin.take(current, asides);
      int[] classes = current.eventClasses();
      for (int i = 0; i < current.size(); i++) {
        if (tells[classes[i]]) {
          take(current, i, cpu);
        }
      }
    }

    private void take(RecordBlock current, int record, int cpu) {
      int eventClass = current.eventClasses()[record];
      EventUse use = uses[eventClass];
      Batch batch = current.batch(eventClass);
      if (use == null || batch == null) {
        return;
      }
      boolean isSwitch =
          use.event() == ModelEvent.SCHED_SWITCH || use.event() == ModelEvent.TRACER_SWITCH;
      if (!(foundSwitch && isSwitch)) {
        long ts = current.timestampsNs()[record];
        TracerLayout layout = KernelStreams.layout(stream.trace());
        Prelude.this.take(
            new RecordFields(layout, use, batch, ""), use, current.rows()[record], ts, cpu);
        foundSwitch |= isSwitch;
      }
    }

    boolean needsMore() {
      RecordBlock current = block;
      boolean isDumpOver =
          current == null || current.timestampsNs()[current.size() - 1] > dumpEndNs;
      boolean needsDump =
          !isDumpOver
              && (streams.recorded().contains(ModelEvent.STATEDUMP_PROCESS_STATE)
                  || streams.recorded().contains(ModelEvent.STATEDUMP_INTERRUPT));
      boolean needsSwitch = streams.recorded().contains(ModelEvent.SCHED_SWITCH) && !foundSwitch;
      return !foundFirst || needsDump || needsSwitch;
    }
  }

  private void take(RecordFields fields, EventUse use, int row, long ts, int cpu) {
    if (use.event() == ModelEvent.STATEDUMP_END) {
      dumpEndNs = Math.min(dumpEndNs, ts);
    } else if (use.event() == ModelEvent.SCHED_SWITCH) {
      hasSwitches = true;
      NumberField tid = fields.number("prev_tid", -1);
      LongColumn own = OwnThread.column(fields);
      hasOwnThreads |= own != null && (int) own.value(row) == tid.intAt(row);
      first(cpu, ts, streams.recordedPart().tellsComing() ? tid.intAt(row) : -1);
    } else if (use.event() == ModelEvent.TRACER_SWITCH) {
      hasSwitches = true;
      hasOwnThreads = true;
      LongColumn own = OwnThread.column(fields);
      boolean isLeaving = fields.number("out", 0).at(row) != 0;
      int leaving =
          isLeaving
              ? own == null ? -1 : (int) own.value(row)
              : fields.number("next_prev_tid", -1).intAt(row);
      first(cpu, ts, leaving);
    } else if (use.event() == ModelEvent.STATEDUMP_INTERRUPT) {
      TextField name = fields.text("action");
      dumped.nameInterrupt(
          fields.number("irq", -1).intAt(row),
          Arrays.copyOfRange(name.bytes(), name.from(row), name.to(row)));
    } else {
      takeThread(fields, use.event(), row, ts);
    }
  }

  /// A thread leaves a CPU, -1 when it is not known which.
  private void first(int cpu, long ts, int tid) {
    First known = firstThreads.get(cpu);
    if (known == null || ts < known.ts) {
      firstThreads.put(cpu, new First(ts, tid));
    }
  }

  private void takeThread(RecordFields fields, ModelEvent event, int row, long ts) {
    int tid = fields.number("tid", -1).intAt(row);
    int pid = fields.number("pid", -1).intAt(row);
    if (tid <= 0 || pid <= 0) {
      return;
    }
    if (event == ModelEvent.STATEDUMP_PROCESS_STATE) {
      int kernel = fields.number("type", 0).at(row) == 1 ? 1 : 0;
      hints.putIfAbsent(tid, new PersonHint(pid, kernel));
    } else if (event == ModelEvent.TRACER_FORK) {
      int parent = fields.number("ppid", -1).intAt(row);
      boolean isKernel = pid == People.KTHREADD || parent == People.KTHREADD;
      told.add(new Told(ts, event, tid, new PersonHint(pid, isKernel ? 1 : 0)));
    } else {
      // No thread of the kernel executes a program.
      boolean isExec = fields.number("exec", 0).at(row) == 1;
      told.add(new Told(ts, event, tid, new PersonHint(pid, isExec ? 0 : -1)));
    }
  }

  /// Threads of which is known beforehand what they belong to, by tid.
  public Map<Integer, PersonHint> hints() {
    return hints;
  }

  /// What the state dump tells of interrupts; not complete.
  Dumped dumped() {
    return dumped;
  }

  /// When the first state dump ends, or the greatest time when no end was found.
  long dumpEndNs() {
    return dumpEndNs;
  }

  /// Tids that run when the recording begins, by CPU in ascending order. A thread that leaves
  /// several CPUs was on the one that it leaves first, and came to the others later, unseen: who
  /// ran there before is not known.
  public Map<Integer, Long> runningTids() {
    Set<Long> placed = new HashSet<>();
    Map<Integer, Long> tids = new TreeMap<>();
    firstThreads.entrySet().stream()
        .sorted(Comparator.comparingLong(entry -> entry.getValue().ts))
        .filter(entry -> entry.getValue().tid >= 0)
        .filter(entry -> entry.getValue().tid == 0 || placed.add(entry.getValue().tid))
        .forEach(entry -> tids.put(entry.getKey(), entry.getValue().tid));
    return tids;
  }

  /// The CPU of a stream, or null when it has no records.
  public @Nullable Integer cpu(DataStream stream) {
    return cpus.get(stream);
  }

  /// How many CPUs recorded something, of those that records tell; 0 when they tell none.
  int toldCpus() {
    return toldCpus.size();
  }

  /// CPUs that recorded something.
  public Set<Integer> cpus() {
    return new HashSet<>(cpus.values());
  }

  /// Whether a context switch was seen.
  public boolean hasSwitches() {
    return hasSwitches;
  }

  /// Whether records tell by which thread they are, and mean the same tids as context switches do.
  /// (A tracer in a container may tell those that the container knows.)
  public boolean hasOwnThreads() {
    return hasOwnThreads;
  }

  /// Begin of the recording, as [RecordingBegin] has it.
  public long beginNs() {
    return begin.ns();
  }

  /// The few fields that are wanted here.
  private record WantedFields(TracerLayout layout, @Nullable EventUse[] uses)
      implements Projection {
    @Override
    public boolean includes(EventClass eventClass) {
      return true;
    }

    @Override
    public MemberSelection members(EventClass eventClass, Scope scope) {
      EventUse use = uses[eventClass.ordinal()];
      List<String> fields = use == null ? null : WANTED.get(use.event());
      if (fields == null) {
        return MemberSelection.NONE;
      }
      if (scope != Scope.PAYLOAD) {
        return MemberSelection.of(Set.copyOf(OwnThread.NAMES));
      }
      Set<String> names = new HashSet<>();
      fields.forEach(field -> names.addAll(layout.names(use.event(), field)));
      return MemberSelection.of(names);
    }
  }
}
