package dev.rideau.kernel.internal.span;

import dev.rideau.kernel.FactBatch;
import dev.rideau.kernel.NameTable;
import dev.rideau.trace.Batch;
import dev.rideau.trace.BlockCursor;
import dev.rideau.trace.BlockSource;
import dev.rideau.trace.ClockClass;
import dev.rideau.trace.DataStream;
import dev.rideau.trace.DataStreamClass;
import dev.rideau.trace.EventClass;
import dev.rideau.trace.MemberSelection;
import dev.rideau.trace.Merger;
import dev.rideau.trace.Projection;
import dev.rideau.trace.RecordBlock;
import dev.rideau.trace.Scope;
import dev.rideau.trace.Trace;
import java.util.ArrayList;
import java.util.IdentityHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/// Reads the records of user-space traces that begin or end spans, in the order of time, and hands
/// them to a [SpanTracker]. Faults in the data are told by who counts the records.
public final class SpanExtraction {
  private final List<DataStream> streams;

  /// @param streams those that are of no kernel
  public SpanExtraction(List<DataStream> streams) {
    this.streams = List.copyOf(streams);
  }

  /// Writes the rows of the table `span`.
  ///
  /// @param rows the batch for the next row
  /// @param endNs end of the recording of the kernel; spans that are open end then at the earliest
  public void run(Supplier<FactBatch> rows, NameTable names, long beginNs, long endNs) {
    List<Reader> readers = readers();
    if (readers.isEmpty()) {
      return;
    }
    long last = endNs;
    SpanTracker tracker = new SpanTracker(rows, names, beginNs);
    try {
      Merger<RecordBlock> merger = new Merger<>(readers);
      while (merger.advance()) {
        RecordBlock block = merger.block();
        Reader reader = readers.get(merger.source());
        long[] timestamps = block.timestampsNs();
        for (int i = merger.from(); i < merger.to(); i++) {
          SpanFields fields = reader.fields(block, block.eventClasses()[i]);
          last = Math.max(last, timestamps[i]);
          if (fields != null) {
            tracker.handle(
                fields, block.rows()[i], timestamps[i], reader.trace, reader.number, reader.clock);
          }
        }
      }
    } finally {
      readers.forEach(Reader::close);
    }
    tracker.finish(last);
  }

  private List<Reader> readers() {
    List<Reader> readers = new ArrayList<>();
    List<Trace> traces = streams.stream().map(DataStream::trace).distinct().toList();
    for (int trace = 0; trace < traces.size(); trace++) {
      Trace current = traces.get(trace);
      List<DataStream> own =
          streams.stream().filter(stream -> stream.trace().equals(current)).toList();
      Set<DataStreamClass> classes = new LinkedHashSet<>();
      own.forEach(stream -> classes.add(stream.dataStreamClass()));
      SpanUses uses = new SpanUses(classes);
      Map<DataStreamClass, Projection> projections = new IdentityHashMap<>();
      for (DataStream stream : own) {
        ClockClass clock = stream.dataStreamClass().defaultClock();
        if (clock != null && !uses.isEmpty()) {
          Projection projection =
              projections.computeIfAbsent(stream.dataStreamClass(), _ -> new SpanProjection(uses));
          readers.add(new Reader(stream, trace, clock, uses, projection));
        }
      }
    }
    return readers;
  }

  /// What spans are made of, and nothing else.
  private record SpanProjection(SpanUses uses) implements Projection {
    @Override
    public boolean includes(EventClass eventClass) {
      return uses.of(eventClass) != null;
    }

    @Override
    public MemberSelection members(EventClass eventClass, Scope scope) {
      SpanUse use = uses.of(eventClass);
      return use == null
          ? MemberSelection.NONE
          : MemberSelection.of(scope == Scope.PAYLOAD ? use.fields() : SpanUse.CONTEXTS);
    }
  }

  /// One data stream.
  private static final class Reader implements BlockSource<RecordBlock>, AutoCloseable {
    private final int trace;
    private final long number;
    private final ClockClass clock;
    private final SpanUses uses;
    private final BlockCursor cursor;
    private final @Nullable SpanFields[] byClass;

    Reader(DataStream stream, int trace, ClockClass clock, SpanUses uses, Projection projection) {
      this.trace = trace;
      this.clock = clock;
      this.uses = uses;
      number = stream.ordinal();
      cursor = stream.cursor(0, stream.packets().size(), projection, _ -> {});
      byClass = new SpanFields[stream.dataStreamClass().eventClasses().size()];
    }

    @Override
    public @Nullable RecordBlock next() {
      return cursor.next();
    }

    @Nullable SpanFields fields(RecordBlock block, int eventClass) {
      SpanFields known = byClass[eventClass];
      Batch batch = block.batch(eventClass);
      if (known == null && batch != null) {
        SpanUse use = uses.of(batch.eventClass());
        known = use == null ? null : new SpanFields(use, batch);
        byClass[eventClass] = known;
      }
      return known;
    }

    @Override
    public void close() {
      cursor.close();
    }
  }
}
