package dev.rideau.kernel.internal.track;

import dev.rideau.kernel.FactBatch;
import dev.rideau.kernel.FactTable;
import dev.rideau.kernel.FactTables;
import dev.rideau.kernel.TextPool;
import dev.rideau.kernel.internal.layout.ModelEvent;
import dev.rideau.kernel.internal.layout.TextField;
import java.util.ArrayList;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/// What the trackers of one worker, or those of the join, share: the slice they work on, the rows
/// they write, names. Owned by one thread at a time.
public final class Core {
  private final Recorded recorded;
  private final NameCache names;
  private final boolean isJoin;
  private final List<Automata> automata = new ArrayList<>();
  private final Map<FactTable, TableRows> rows = new IdentityHashMap<>();
  private final Step step = new Step();
  private SliceState slice;
  private TextPool texts;
  private Uses uses;
  private long[] scratch = new long[16];

  /// What is shared by all cores of an extraction.
  ///
  /// @param events the events of the model that the metadata declares
  /// @param seen those of which there are records
  /// @param recordings of which the first begins when all begins
  /// @param gaps where records are missing
  /// @param coverage when which CPUs were recorded
  /// @param dumped what the state dump tells of the time before it
  public record Recorded(
      Set<ModelEvent> events,
      Set<ModelEvent> seen,
      Recordings recordings,
      Gaps gaps,
      Coverage coverage,
      Dumped dumped) {
    /// Begin of the recording.
    long beginNs() {
      return recordings.begin(Long.MIN_VALUE);
    }
  }

  /// A core without trackers.
  ///
  /// @param isJoin whether it is the join's, where all references are indexes of threads
  public Core(
      Recorded recorded, Set<FactTable> wanted, BatchPool pool, NameCache names, boolean isJoin) {
    this.recorded = recorded;
    this.names = names;
    this.isJoin = isJoin;
    for (FactTable table : FactTables.ALL) {
      rows.put(table, new TableRows(table, wanted.contains(table), pool, this));
    }
    slice = new SliceState(this);
    texts = slice.texts;
    uses = slice.uses;
  }

  /// Whether these trackers run in the join.
  public boolean isJoin() {
    return isJoin;
  }

  /// Whether records of an event can be in the trace.
  public boolean isRecorded(ModelEvent event) {
    return recorded.events.contains(event);
  }

  /// Whether there are records of an event.
  public boolean isSeen(ModelEvent event) {
    return recorded.seen.contains(event);
  }

  /// Whether what lasts from one event to another is known: of both there are records. For events
  /// that happen all the time; a tracer that knows them may have been told to leave them out.
  public boolean arePairs(ModelEvent first, ModelEvent last) {
    return isSeen(first) && isSeen(last);
  }

  /// Whether it is known in which system call a thread is, and that it is in none.
  public boolean areCallsKnown() {
    return arePairs(ModelEvent.SYSCALL_ENTRY, ModelEvent.SYSCALL_EXIT);
  }

  /// Begin of the recording.
  public long beginNs() {
    return recorded.beginNs();
  }

  /// The recordings of the machine.
  public Recordings recordings() {
    return recorded.recordings;
  }

  /// Where records are missing.
  public Gaps gaps() {
    return recorded.gaps;
  }

  /// When which CPUs were recorded.
  public Coverage coverage() {
    return recorded.coverage;
  }

  /// What the state dump tells of the time before it.
  public Dumped dumped() {
    return recorded.dumped;
  }

  /// The id of the name of an interrupt's handler: as its record tells, else as the state dump
  /// does; -1 when neither tells.
  public int interruptName(long irq, TextField name, int row) {
    if (name.isRecorded()) {
      return names.id(name.bytes(), name.from(row), name.to(row));
    }
    byte[] told = dumped().interrupt(irq);
    return told == null ? -1 : names.id(told, 0, told.length);
  }

  /// Where rows of a table go; ask once.
  public TableRows rows(FactTable table) {
    TableRows found = rows.get(table);
    if (found == null) {
      throw new IllegalArgumentException(table.name() + " is not among the fact tables");
    }
    return found;
  }

  /// Ids of names.
  public NameCache names() {
    return names;
  }

  /// The references to threads; in slices only.
  public ThreadRefs threads() {
    return slice.threads;
  }

  /// The bodies of threads; in slices only.
  public Bodies bodies() {
    return slice.bodies;
  }

  /// What the CPUs do; in slices only.
  public Cpus cpus() {
    return slice.cpus;
  }

  /// Texts that words of automata refer to ([WordKind#TEXT]); they stay until the slice is joined.
  public TextPool texts() {
    return texts;
  }

  /// Continues with other texts; in the join.
  void texts(TextPool next) {
    texts = next;
  }

  /// A step to fill; the same one each time.
  public Step step(int kind, long ts, int cpu) {
    return step.begin(kind, ts, cpu);
  }

  /// Descriptors that the slice uses; in the join those of the slice that is joined.
  public Uses uses() {
    return uses;
  }

  /// Continues with the descriptors of a slice that is joined.
  void uses(Uses next) {
    uses = next;
  }

  StepLog log() {
    return slice.log;
  }

  /// The slice that is worked on.
  public SliceState slice() {
    return slice;
  }

  /// Works on another slice, an empty one, from now on.
  public void begin(SliceState next) {
    slice = next;
    texts = next.texts;
    uses = next.uses;
    for (int i = 0; i < automata.size(); i++) {
      automata.get(i).attach(next.tables.get(i));
    }
  }

  /// Hands the rows that were written to the slice.
  public void flush() {
    for (TableRows each : rows.values()) {
      each.flush(slice.batches());
    }
  }

  void full(FactBatch batch) {
    slice.batches().add(batch);
  }

  int add(Automata each) {
    automata.add(each);
    return automata.size() - 1;
  }

  List<Automata> automata() {
    return automata;
  }

  long[] scratch(int width) {
    if (scratch.length < width) {
      scratch = new long[width];
    }
    return scratch;
  }
}
