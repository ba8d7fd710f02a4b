package dev.rideau.server.internal.view;

import dev.rideau.tables.TraceDatabase;
import java.io.IOException;
import java.util.function.LongConsumer;

/// Makes the timeline from the facts: which rows there are, and the states of each, copied from the
/// database into memory that answers at once.
final class TimelineBuilder {
  private final MappedFile file;
  private final StateQueries states;
  private final TimelineRows rows;

  /// @param rows takes them
  /// @param progress is told how many states were copied so far
  TimelineBuilder(
      TraceDatabase database, TimelineRows rows, MappedFile file, LongConsumer progress) {
    this.rows = rows;
    this.file = file;
    states = new StateQueries(database, new StateStore(file), progress);
  }

  /// All of it.
  ///
  /// @param records of traces that no facts about CPUs and threads are made of
  Timeline build(RecordPass records) throws IOException {
    new CpuRows(states, rows).add();
    new ProcessRows(states, rows).add();
    new DeviceRows(states, rows).add();
    records.addEvents(rows);
    return rows.timeline(new ArrowQueries(states, rows, file).read());
  }
}
