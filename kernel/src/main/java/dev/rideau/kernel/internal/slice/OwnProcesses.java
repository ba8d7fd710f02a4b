package dev.rideau.kernel.internal.slice;

import dev.rideau.kernel.internal.layout.EventUse;
import dev.rideau.kernel.internal.layout.NumberField;
import dev.rideau.kernel.internal.layout.RecordFields;
import dev.rideau.kernel.internal.people.PersonHint;
import dev.rideau.trace.Batch;
import dev.rideau.trace.BlockCursor;
import dev.rideau.trace.DataStream;
import dev.rideau.trace.EventClass;
import dev.rideau.trace.MemberSelection;
import dev.rideau.trace.Projection;
import dev.rideau.trace.RecordBlock;
import dev.rideau.trace.Scope;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// Which threads belong to which processes, by the records that they make themselves: perf notes
/// both ids with each. Needed where records of forks are missing, and read in a pass of its own:
/// others mention a thread before its own records do.
final class OwnProcesses {
  private static final String TRACER = "perf";

  private final @Nullable EventUse[] uses;
  private final DataStream stream;
  private final @Nullable NumberField[] tids;
  private final @Nullable NumberField[] pids;
  private int lastTid;

  private OwnProcesses(DataStream stream, @Nullable EventUse[] uses) {
    this.stream = stream;
    this.uses = uses;
    tids = new NumberField[uses.length];
    pids = new NumberField[uses.length];
  }

  /// Adds threads that nothing told of so far.
  static void addTo(Map<Integer, PersonHint> hints, KernelStreams streams) {
    Map<Integer, Integer> found = new HashMap<>();
    boolean isOfSomeCpus = streams.recordedPart().cpus() != null;
    for (DataStream stream : streams.tracked()) {
      String tracer = stream.trace().traceClass().environment().text("tracer_name");
      if (TRACER.equals(tracer) && (isOfSomeCpus || !stream.losses().isEmpty())) {
        new OwnProcesses(stream, streams.uses(stream)).read(found);
      }
    }
    found.forEach((tid, pid) -> hints.putIfAbsent(tid, new PersonHint(pid, -1)));
  }

  private void read(Map<Integer, Integer> found) {
    int packets = stream.packets().size();
    Projection fields = new OwnIds(uses);
    try (BlockCursor cursor = stream.cursor(0, packets, fields, Interrupts::endReading)) {
      for (RecordBlock block = cursor.next(); block != null; block = cursor.next()) {
        Interrupts.endReading(Thread.currentThread());
        for (int i = 0; i < block.size(); i++) {
          read(block, i, found);
        }
      }
    }
  }

  private void read(RecordBlock block, int record, Map<Integer, Integer> found) {
    int eventClass = block.eventClasses()[record];
    NumberField ofTid = tids[eventClass];
    NumberField ofPid = pids[eventClass];
    if (ofTid == null || ofPid == null) {
      EventUse use = uses[eventClass];
      Batch batch = block.batch(eventClass);
      if (use == null || batch == null) {
        return;
      }
      RecordFields fields = new RecordFields(KernelStreams.layout(stream.trace()), use, batch, "");
      ofTid = fields.number(RecordFields.CONTEXT + "tid", -1);
      ofPid = fields.number(RecordFields.CONTEXT + "pid", -1);
      tids[eventClass] = ofTid;
      pids[eventClass] = ofPid;
    }
    int tid = ofTid.intAt(block.rows()[record]);
    int pid = ofPid.intAt(block.rows()[record]);
    // Of a thread that ends perf knows one id or none.
    if (tid != lastTid && tid > 0 && pid > 0) {
      found.putIfAbsent(tid, pid);
      lastTid = tid;
    }
  }

  /// The ids, of records that something is made of.
  private record OwnIds(@Nullable EventUse[] uses) implements Projection {
    private static final MemberSelection IDS = MemberSelection.of(Set.of("pid", "tid"));

    @Override
    public boolean includes(EventClass eventClass) {
      return uses[eventClass.ordinal()] != null;
    }

    @Override
    public MemberSelection members(EventClass eventClass, Scope scope) {
      return scope == Scope.PAYLOAD ? MemberSelection.NONE : IDS;
    }
  }
}
