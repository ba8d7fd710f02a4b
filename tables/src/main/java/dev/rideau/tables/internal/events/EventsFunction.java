package dev.rideau.tables.internal.events;

import dev.rideau.trace.DiagnosticSink;
import dev.rideau.trace.OpenedTraces;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.function.BooleanSupplier;
import org.duckdb.RawTableFunction;
import org.duckdb.RawVectors;

/// The table function `events(PATTERN)`: all records of the event classes with matching names,
/// decoded on the fly, only the fields that the statement uses, on several threads.
public final class EventsFunction extends RawTableFunction<EventRelation, EventRanges, EventScan> {
  private final OpenedTraces traces;
  private final DiagnosticSink diagnostics;
  private final BooleanSupplier isCancelled;
  private final int threads;

  /// @param isCancelled asked now and then while decoding
  public EventsFunction(
      OpenedTraces traces, int threads, DiagnosticSink diagnostics, BooleanSupplier isCancelled) {
    this.traces = traces;
    this.threads = threads;
    this.diagnostics = diagnostics;
    this.isCancelled = isCancelled;
  }

  @Override
  protected EventRelation bind(Call call) {
    String pattern = call.text(0);
    if (pattern == null) {
      throw new IllegalArgumentException("events() needs the name of an event, or a pattern");
    }
    EventRelation relation = EventRelation.of(traces, pattern);
    List<EventColumn> columns = relation.columns();
    for (EventColumn column : columns) {
      ByteBuffer type = column.writer().type();
      call.addColumn(column.name(), type);
      RawVectors.destroyType(type);
    }
    return relation;
  }

  @Override
  protected EventRanges begin(EventRelation relation, Run run) {
    EventRanges ranges = new EventRanges(relation.streams());
    run.maximumThreads(Math.max(1, Math.min(threads, ranges.size())));
    return ranges;
  }

  @Override
  protected EventScan beginThread(EventRelation relation, Run run) {
    return new EventScan(relation, run.columns(), diagnostics, isCancelled);
  }

  @Override
  protected int fill(EventRelation relation, EventRanges ranges, EventScan scan, ByteBuffer chunk) {
    return scan.fill(ranges, chunk);
  }
}
