package dev.rideau.tables.internal.events;

import dev.rideau.tables.DatabaseOptions;
import dev.rideau.tables.Progress;
import dev.rideau.trace.DiagnosticSink;
import dev.rideau.trace.OpenedTraces;
import java.nio.ByteBuffer;
import java.sql.SQLException;
import java.util.List;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;
import org.duckdb.DuckDBConnection;
import org.duckdb.RawTableFunction;
import org.duckdb.RawVectors;

/// The table function `events(PATTERN, begin_ts := …, end_ts := …)`: all records of the event
/// classes with matching names and of that time, decoded on the fly, only the fields that the
/// statement uses, on several threads. Packets of other times are not read.
public final class EventsFunction extends RawTableFunction<EventRelation, EventRanges, EventScan> {
  private static final String BEGIN = "begin_ts";
  private static final String END = "end_ts";

  private final Supplier<OpenedTraces> traces;
  private final DiagnosticSink diagnostics;
  private final BooleanSupplier isCancelled;
  private final Progress progress;
  private final int threads;

  /// @param traces asked for when a statement names the function
  /// @param progress is told how far a scan is
  /// @param isCancelled asked now and then while decoding
  public EventsFunction(
      Supplier<OpenedTraces> traces,
      DatabaseOptions options,
      Progress progress,
      BooleanSupplier isCancelled) {
    this.traces = traces;
    threads = options.threads();
    diagnostics = options.diagnostics();
    this.progress = progress;
    this.isCancelled = isCancelled;
  }

  /// Makes it known to a connection.
  public void register(DuckDBConnection connection) throws SQLException {
    register(connection, "events", 1, BEGIN, END);
  }

  @Override
  protected EventRelation bind(Call call) {
    String pattern = call.text(0);
    if (pattern == null) {
      throw new IllegalArgumentException("events() needs the name of an event, or a pattern");
    }
    EventTimes times = new EventTimes(call.number(BEGIN), call.number(END));
    EventRelation relation = EventRelation.of(traces.get(), pattern, times);
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
    EventRanges ranges = new EventRanges(relation.streams(), relation.times(), progress);
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
