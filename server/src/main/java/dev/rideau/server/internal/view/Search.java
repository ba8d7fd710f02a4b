package dev.rideau.server.internal.view;

import dev.rideau.reports.ReportRunner.TimeRange;
import dev.rideau.server.internal.http.Cancel;
import dev.rideau.server.internal.http.HttpFailure;
import dev.rideau.tables.Rows;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/// Finds threads, events, system calls, files and rows of tables by what they are called.
public final class Search {
  private static final String USUAL_TABLES =
      "thread_state|syscall|io|wakeup|block_request|irq"
          + "|softirq|sched_slice|net_packet|signal|timer|page_fault|migration";

  private final OpenTrace trace;
  private final long fromNs;
  private final boolean isForward;
  private final int most;
  private final Cancel cancel;

  /// Something that was found.
  ///
  /// @param kind what it is
  /// @param row id of the row, -1 for none
  /// @param beginNs absolute, -1 when it is at no time
  public record Hit(String kind, String text, int row, long beginNs, long endNs) {}

  /// @param fromNs where to go on, absolute
  /// @param isForward whether later or earlier things are wanted
  public Search(OpenTrace trace, long fromNs, boolean isForward, int most, Cancel cancel) {
    this.trace = trace;
    this.fromNs = fromNs;
    this.isForward = isForward;
    this.most = most;
    this.cancel = cancel;
  }

  /// Finds something.
  ///
  /// @param kind `all`, `thread`, `process`, `event`, `syscall`, `file` or `sql`
  public List<Hit> find(String kind, String text) {
    return switch (kind) {
      case "thread" -> rows(text, RowKind.THREAD);
      case "process" -> rows(text, RowKind.PROCESS);
      case "event" -> events(text);
      case "syscall" ->
          sql(
              "syscall",
              "name ILIKE $1",
              "name || '(' || coalesce(args, '') || ')'",
              "%" + text + "%");
      case "file" -> sql("io", "name ILIKE $1", "operation || ' ' || name", "%" + text + "%");
      case "sql" -> condition(text);
      case "all" -> {
        List<Hit> hits = new ArrayList<>(rows(text, null));
        if (hits.size() < most) {
          hits.addAll(find("syscall", text));
        }
        if (hits.size() < most) {
          hits.addAll(find("file", text));
        }
        yield hits;
      }
      default ->
          throw HttpFailure.bad("'kind' must be all, thread, process, event, syscall, file or sql");
    };
  }

  private List<Hit> rows(String text, @Nullable RowKind kind) {
    String wanted = text.toLowerCase(Locale.ROOT);
    List<Hit> hits = new ArrayList<>();
    for (TimelineRow row : trace.timeline().rows()) {
      boolean isKind = kind == null ? row.hasStates() : row.kind() == kind;
      boolean isNumber =
          Long.toString(row.tid()).equals(wanted) || Long.toString(row.pid()).equals(wanted);
      if (isKind && (isNumber || row.name().toLowerCase(Locale.ROOT).contains(wanted))) {
        hits.add(new Hit(row.kind().key(), name(row), row.id(), row.beginNs(), row.endNs()));
      }
    }
    return hits;
  }

  private String name(TimelineRow row) {
    boolean isNamed = row.kind() != RowKind.GROUP && row.kind() != RowKind.CPU;
    String name = row.detail().isEmpty() ? row.name() : row.name() + " (" + row.detail() + ")";
    return isNamed ? name + trace.ofHost(row.host()) : name;
  }

  // `NAME` or `NAME where EXPRESSION`.
  private List<Hit> events(String text) {
    int where = text.indexOf(" where ");
    String names = where < 0 ? text : text.substring(0, where);
    String expression = where < 0 ? null : text.substring(where + " where ".length());
    EventTable table = trace.events();
    String patterns = patterns(names.strip());
    if (patterns.isEmpty()) {
      return List.of();
    }
    EventTable.Filter filter = new EventTable.Filter(expression, patterns);
    long index = table.indexAt(isForward ? fromNs + 1 : fromNs, cancel);
    EventTable.Page page =
        isForward
            ? table.read(index, Math.min(most, 100), filter, cancel)
            : table.readBack(index, Math.min(most, 100), filter, cancel);
    List<Hit> hits = new ArrayList<>();
    for (EventRow each : page.rows()) {
      int row = each.cpu() < 0 ? -1 : trace.timeline().rowOfCpu(each.host(), each.cpu());
      hits.add(
          new Hit("event", each.event() + ": " + each.fields(), row, each.ns(), each.ns() + 1));
    }
    return isForward ? hits : hits.reversed();
  }

  // What has wildcards or is a name stays; else all names of recorded events that have it in them.
  private String patterns(String name) {
    Set<String> recorded = trace.eventCounts(cancel).keySet();
    if (name.contains("*") || name.contains(",") || recorded.contains(name)) {
      return name;
    }
    String wanted = name.toLowerCase(Locale.ROOT);
    return recorded.stream()
        .filter(each -> each.toLowerCase(Locale.ROOT).contains(wanted))
        .collect(Collectors.joining(","));
  }

  // `TABLE: CONDITION`.
  private List<Hit> condition(String text) {
    int colon = text.indexOf(':');
    String table = colon < 0 ? "thread_state" : text.substring(0, colon).strip();
    if (!table.matches(USUAL_TABLES)) {
      throw HttpFailure.bad(
          "write TABLE: CONDITION, as in syscall: dur > 1000000; TABLE is one of "
              + USUAL_TABLES.replace("|", ", "));
    }
    String condition = colon < 0 ? text : text.substring(colon + 1);
    // The same walls as for any statement of a user.
    Statement statement =
        Statement.of("SELECT * FROM " + table + " WHERE (" + condition + "\n) AND " + order());
    List<Hit> hits = new ArrayList<>();
    SqlAnswer answer =
        trace.sql().run(statement, new TimeRange(fromNs, fromNs), null, most, cancel);
    List<String> names = answer.columns().stream().map(column -> column.name()).toList();
    for (@Nullable Object[] row : answer.rows()) {
      long begin = number(row, names.indexOf("ts"));
      long length = Math.max(1, number(row, names.indexOf("dur")));
      int utid = names.indexOf("utid");
      int cpu = names.indexOf("cpu");
      int id =
          utid >= 0 && row[utid] != null
              ? trace.timeline().rowOfThread(number(row, utid))
              : cpu >= 0 && row[cpu] != null
                  ? trace
                      .timeline()
                      .rowOfCpu((int) number(row, names.indexOf("host")), (int) number(row, cpu))
                  : -1;
      hits.add(new Hit("sql", describe(names, row), id, begin, begin + length));
    }
    return hits;
  }

  private String order() {
    return isForward
        ? "ts > getvariable('begin_ts') ORDER BY ts LIMIT " + most
        : "ts < getvariable('begin_ts') ORDER BY ts DESC LIMIT " + most;
  }

  private static String describe(List<String> names, @Nullable Object[] row) {
    StringBuilder text = new StringBuilder();
    for (int i = 0; i < row.length && text.length() < 300; i++) {
      if (row[i] != null && !List.of("host", "ts", "clipped", "utid").contains(names.get(i))) {
        text.append(text.isEmpty() ? "" : ", ").append(names.get(i)).append(' ').append(row[i]);
      }
    }
    return text.toString();
  }

  private static long number(@Nullable Object[] row, int column) {
    return column >= 0 && row[column] instanceof Number number ? number.longValue() : 0;
  }

  private List<Hit> sql(String table, String condition, String label, String value) {
    String sql =
        "SELECT ts, dur, utid, left("
            + label
            + ", 300) FROM "
            + table
            + " WHERE "
            + condition
            + (isForward
                ? " AND ts > $2 ORDER BY ts LIMIT "
                : " AND ts < $2 ORDER BY ts DESC LIMIT ")
            + most;
    List<Hit> hits = new ArrayList<>();
    try (Sessions.Lease lease = trace.session(cancel);
        Rows rows = lease.database().query(sql, value, fromNs)) {
      while (rows.next()) {
        int row = rows.isNull(2) ? -1 : trace.timeline().rowOfThread(rows.longAt(2));
        hits.add(
            new Hit(
                table.equals("io") ? "file" : table,
                String.valueOf(rows.textAt(3)),
                row,
                rows.longAt(0),
                rows.longAt(0) + Math.max(1, rows.longAt(1))));
      }
    }
    return hits;
  }
}
