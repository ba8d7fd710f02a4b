package dev.rideau.kernel.internal.slice;

import dev.rideau.kernel.FactSink;
import dev.rideau.kernel.FactTable;
import dev.rideau.kernel.NameTable;
import dev.rideau.kernel.internal.layout.ModelEvent;
import dev.rideau.kernel.internal.people.People;
import dev.rideau.kernel.internal.span.SpanExtraction;
import dev.rideau.kernel.internal.stack.StackExtraction;
import dev.rideau.kernel.internal.track.BatchPool;
import dev.rideau.kernel.internal.track.Core;
import dev.rideau.kernel.internal.track.Handlers;
import dev.rideau.kernel.internal.track.Joiner;
import dev.rideau.kernel.internal.track.NameCache;
import dev.rideau.kernel.internal.track.RowFinisher;
import dev.rideau.kernel.internal.track.SliceState;
import dev.rideau.kernel.internal.track.Trackers;
import dev.rideau.kernel.schema.SpanTables;
import dev.rideau.kernel.schema.StackTables;
import dev.rideau.trace.BlockCursor;
import dev.rideau.trace.DataStream;
import dev.rideau.trace.DataStreamClass;
import dev.rideau.trace.Diagnostic;
import dev.rideau.trace.Projection;
import dev.rideau.trace.RecordBlock;
import dev.rideau.trace.Trace;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.LongConsumer;

/// One run of an extraction: workers read and track ranges of time, the slices are joined in order,
/// rows go to the sink.
public final class Extraction {
  /// Slices that each worker may have under way, so that a slow one does not stop the others: about
  /// half of a range for all but one.
  private static final int SLICES_PER_THREAD = 4;

  /// About what a worker takes of the heap, with its slices.
  private static final long WORKER_BYTES = 40L << 20;

  /// About what a slice takes of it.
  private static final long SLICE_BYTES = 4L << 20;

  private final KernelStreams streams;
  private final Set<FactTable> wanted;
  private final FactSink sink;
  private final LongConsumer progress;
  private final long idBase;

  private final NameTable names = new NameTable();
  private final BatchPool pool = new BatchPool(names);
  private final DiagnosticLog diagnostics = new DiagnosticLog();
  private final Prelude prelude;
  private final List<GapFinder.Hole> holes;
  private final Core.Recorded recorded;
  private final boolean isOldKernel;
  private final Map<DataStream, long[]> counts = new HashMap<>();
  private final Map<DataStreamClass, Projection> projections = new IdentityHashMap<>();
  private long lastNs = Long.MIN_VALUE;

  /// @param idBase what is added to positions of threads and processes to get our ids
  public Extraction(
      KernelStreams streams,
      Set<FactTable> wanted,
      FactSink sink,
      LongConsumer progress,
      long idBase)
      throws InterruptedException {
    this.streams = streams;
    this.wanted = Set.copyOf(wanted);
    this.sink = sink;
    this.progress = progress;
    this.idBase = idBase;
    prelude = new Prelude(streams);
    GapFinder finder = new GapFinder(streams, prelude);
    holes = finder.holes();
    recorded =
        new Core.Recorded(
            recordedEvents(),
            finder.seen(),
            finder.recordings(),
            finder.gaps(),
            finder.coverage(),
            prelude.dumped());
    isOldKernel =
        streams.tracked().stream().map(DataStream::trace).anyMatch(Extraction::isOldKernel);
  }

  /// Context switches are those of which there are records: a class without any, as a filter leaves
  /// it behind, tells nothing of who runs.
  private Set<ModelEvent> recordedEvents() {
    Set<ModelEvent> events = EnumSet.noneOf(ModelEvent.class);
    events.addAll(streams.recorded());
    if (!prelude.hasSwitches()) {
      events.removeAll(Set.of(ModelEvent.SCHED_SWITCH, ModelEvent.TRACER_SWITCH));
    }
    return events;
  }

  private static boolean isOldKernel(Trace trace) {
    return KernelRelease.of(trace.traceClass().environment().text("kernel_release"))
        .isBefore(4, 14);
  }

  /// Runs it on so many threads, or on as many as the heap is large enough for, cut as `plan` says.
  public void run(int mostThreads, SlicePlan plan) throws InterruptedException {
    Interrupts.check();
    long fitting = Runtime.getRuntime().maxMemory() / WORKER_BYTES;
    int threads = (int) Math.max(1, Math.min(mostThreads, fitting));
    if (DumpPass.isWanted(wanted) && prelude.dumpEndNs() != Long.MAX_VALUE) {
      DumpPass.run(streams, recorded, prelude, isOldKernel);
    }
    recorded.dumped().complete();
    Core join = new Core(recorded, wanted, pool, new NameCache(names), true);
    RecordedPart part = streams.recordedPart();
    People people = new People(prelude.hints(), part.tids(), part.withChildren());
    Trackers trackers = new Trackers(join, people, isOldKernel);
    RowFinisher finisher = new RowFinisher(names, join.areCallsKnown());
    Joiner joiner = new Joiner(join, trackers, people, finisher, idBase);
    begin(joiner, prelude, recorded);

    List<TimeRange> ranges = plan.ranges();
    JoinQueue queue =
        new JoinQueue(
            ranges.size(),
            mostSlices(threads),
            joiner,
            finisher,
            pool,
            sink,
            () -> new SliceState(join));
    AtomicInteger next = new AtomicInteger();
    AtomicInteger nextCounted = new AtomicInteger();
    List<Thread> helpers = new ArrayList<>();
    for (int i = 1; i < threads; i++) {
      helpers.add(
          Thread.ofPlatform()
              .name("rideau-track-" + i)
              .daemon()
              .start(() -> work(queue, ranges, plan, next, nextCounted)));
    }
    work(queue, ranges, plan, next, nextCounted);
    joinAll(helpers, queue);
    queue.throwFailure();
    long endNs = Math.max(prelude.beginNs(), lastNs);
    new RecordingRows(join, streams, prelude, holes, endNs).write(counts, diagnostics);
    if (wanted.contains(SpanTables.SPAN)) {
      new SpanExtraction(streams.others())
          .run(join.rows(SpanTables.SPAN)::next, names, prelude.beginNs(), endNs);
    }
    queue.accept(joiner.end(endNs));
    if (wanted.contains(StackTables.STACK_SAMPLE) || wanted.contains(StackTables.FRAME)) {
      new StackExtraction(wanted, names, sink, idBase).run(streams.traces());
    }
  }

  /// Says who runs when the recording begins.
  static void begin(Joiner joiner, Prelude prelude, Core.Recorded recorded) {
    runningAtBegin(prelude, recorded).forEach(joiner::begin);
  }

  /// Tids of the threads that run when the recording begins, as far as they are known, by CPU.
  static Map<Integer, Long> runningAtBegin(Prelude prelude, Core.Recorded recorded) {
    Map<Integer, Long> running = new TreeMap<>(prelude.runningTids());
    running.keySet().removeIf(recorded.gaps()::beginsLate);
    return running;
  }

  // Waits for all workers whatever happens: who is interrupted closes the sink that they write to.
  private static void joinAll(List<Thread> helpers, JoinQueue queue) {
    for (Thread helper : helpers) {
      while (helper.isAlive()) {
        try {
          helper.join();
        } catch (InterruptedException interrupted) {
          queue.fail(interrupted);
        }
      }
    }
  }

  /// Many threads get by with fewer slices each, where memory is small.
  private static int mostSlices(int threads) {
    long fitting = Runtime.getRuntime().maxMemory() / 2 / SLICE_BYTES;
    return (int) Math.max(threads + 1L, Math.min(threads * (long) SLICES_PER_THREAD, fitting));
  }

  private void work(
      JoinQueue queue,
      List<TimeRange> ranges,
      SlicePlan plan,
      AtomicInteger next,
      AtomicInteger nextCounted) {
    try {
      track(queue, ranges, plan, next);
      for (int i = nextCounted.getAndIncrement();
          i < streams.others().size() && !queue.hasFailed();
          i = nextCounted.getAndIncrement()) {
        count(streams.others().get(i));
      }
    } catch (InterruptedException | RuntimeException | Error thrown) {
      queue.fail(Thread.interrupted() ? new InterruptedException() : thrown);
    }
  }

  private void track(JoinQueue queue, List<TimeRange> ranges, SlicePlan plan, AtomicInteger next)
      throws InterruptedException {
    int index = next.getAndIncrement();
    if (index >= ranges.size() || streams.tracked().isEmpty()) {
      return;
    }
    Core core = new Core(recorded, wanted, pool, new NameCache(names), false);
    Trackers trackers = new Trackers(core, null, isOldKernel);
    boolean canCut = ranges.size() > 1;
    List<StreamReader> readers = new ArrayList<>();
    for (DataStream stream : streams.tracked()) {
      readers.add(
          new StreamReader(
              stream,
              streams,
              trackers.handlers(),
              projection(stream, trackers.handlers()),
              canCut,
              prelude.hasOwnThreads(),
              this::note,
              progress));
    }
    try (RangeReader reader =
        new RangeReader(
            core,
            trackers,
            readers,
            queue,
            plan.sliceRecords(),
            prelude.hasSwitches(),
            runningAtBegin(prelude, recorded))) {
      while (index < ranges.size() && !queue.hasFailed()) {
        TimeRange range = ranges.get(index);
        reader.read(range);
        queue.end(range);
        index = next.getAndIncrement();
      }
      addCounts(reader);
    }
  }

  private void note(Diagnostic diagnostic) {
    Interrupts.endReading(diagnostic);
    diagnostics.report(diagnostic);
  }

  /// One for all workers and streams of a class, so that procedures are compiled once.
  private synchronized Projection projection(DataStream stream, Handlers handlers) {
    return projections.computeIfAbsent(
        stream.dataStreamClass(),
        _ ->
            new FieldProjection(
                handlers,
                KernelStreams.layout(stream.trace()),
                streams.uses(stream),
                prelude.hasOwnThreads()));
  }

  private synchronized void addCounts(RangeReader reader) {
    lastNs = Math.max(lastNs, reader.lastNs());
    for (StreamReader each : reader.readers()) {
      long[] sums = counts.computeIfAbsent(each.stream(), _ -> new long[each.counts().length]);
      for (int i = 0; i < sums.length; i++) {
        sums[i] += each.counts()[i];
      }
    }
  }

  /// Counts the records of a stream that is not tracked.
  private void count(DataStream stream) {
    long[] counted = new long[stream.dataStreamClass().eventClasses().size()];
    long last = Long.MIN_VALUE;
    int packets = stream.packets().size();
    try (BlockCursor cursor = stream.cursor(0, packets, Projection.TIMESTAMPS, this::note)) {
      int packet = -1;
      for (RecordBlock block = cursor.next(); block != null; block = cursor.next()) {
        if (block.packet() != packet) {
          packet = block.packet();
          progress.accept(stream.packets().totalBits(packet) >>> 3);
        }
        for (int i = 0; i < block.size(); i++) {
          counted[block.eventClasses()[i]]++;
        }
        last = Math.max(last, block.timestampsNs()[block.size() - 1]);
      }
    }
    synchronized (this) {
      counts.put(stream, counted);
      if (streams.tracked().isEmpty()) {
        lastNs = Math.max(lastNs, last);
      }
    }
  }
}
