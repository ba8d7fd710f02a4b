package dev.rideau.server.internal.tsp;

import dev.rideau.server.internal.http.Cancel;
import dev.rideau.server.internal.view.EventRow;
import dev.rideau.server.internal.view.EventTable;
import dev.rideau.server.internal.view.OpenTrace;
import java.util.ArrayList;
import java.util.List;
import java.util.function.IntFunction;

/// All event records in the order of time.
final class EventTableOutput implements Output.Table {
  private static final List<HeldTable.Column> COLUMNS =
      List.of(
          new HeldTable.Column("Timestamp", "Time of day, UTC", "STRING"),
          new HeldTable.Column("CPU", "", "NUMBER"),
          new HeldTable.Column("Event", "Name of the event class", "STRING"),
          new HeldTable.Column("Contents", "Fields with their values", "STRING"),
          new HeldTable.Column("Stream", "The data stream", "STRING"),
          new HeldTable.Column("Timestamp ns", "Nanoseconds", "TIMESTAMP"));

  /// Records that are read at once while a search goes on.
  private static final int BLOCK = 1000;

  private final OpenTrace source;

  EventTableOutput(OpenTrace source) {
    this.source = source;
  }

  @Override
  public Descriptor descriptor() {
    return new Descriptor(
        "events", "Events Table", "All event records in the order of time.", Type.TABLE);
  }

  @Override
  public boolean answersEarly() {
    return true;
  }

  @Override
  public Object columns(Cancel cancel) {
    return HeldTable.model(COLUMNS);
  }

  @Override
  public int width(Cancel cancel) {
    return COLUMNS.size();
  }

  private static IntFunction<String> cells(EventRow row) {
    return column ->
        switch (column) {
          case 0 -> TspText.time(row.ns());
          case 1 -> row.cpu() < 0 ? "" : Integer.toString(row.cpu());
          case 2 -> row.event();
          case 3 -> row.fields();
          case 4 -> row.stream();
          default -> Long.toString(row.ns());
        };
  }

  @Override
  public Object lines(TableRequest request, Cancel cancel) {
    long total = source.events().total(cancel);
    Long index = request.index();
    Long time = request.time();
    long first = index != null ? index : time == null ? 0 : source.events().indexAt(time, cancel);
    if (request.direction() != null && !request.search().isEmpty()) {
      first =
          request.direction() == TableRequest.Direction.NEXT
              ? next(request, first, total, cancel)
              : previous(request, Math.min(first, total - 1), cancel);
    }
    List<Object> lines = new ArrayList<>();
    while (first >= 0 && lines.size() < request.count() && first + lines.size() < total) {
      int wanted = Math.min(BLOCK, request.count() - lines.size());
      List<EventRow> rows = read(first + lines.size(), wanted, cancel);
      if (rows.isEmpty()) {
        break;
      }
      for (EventRow row : rows) {
        lines.add(request.line(row.index(), cells(row), COLUMNS.size(), cancel));
      }
    }
    return request.model(total, Math.max(0, first), lines, COLUMNS.size());
  }

  private List<EventRow> read(long from, int count, Cancel cancel) {
    return source.events().read(from, count, EventTable.Filter.ALL, cancel).rows();
  }

  private long next(TableRequest request, long from, long total, Cancel cancel) {
    for (long at = from; at < total; at += BLOCK) {
      cancel.check();
      for (EventRow row : read(at, BLOCK, cancel)) {
        if (request.matches(cells(row), cancel)) {
          return row.index();
        }
      }
    }
    return -1;
  }

  private long previous(TableRequest request, long from, Cancel cancel) {
    for (long end = from + 1; end > 0; end -= BLOCK) {
      cancel.check();
      long begin = Math.max(0, end - BLOCK);
      List<EventRow> rows = read(begin, (int) (end - begin), cancel);
      for (int i = rows.size() - 1; i >= 0; i--) {
        if (request.matches(cells(rows.get(i)), cancel)) {
          return rows.get(i).index();
        }
      }
    }
    return -1;
  }
}
