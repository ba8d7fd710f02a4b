package dev.rideau.server.internal.view;

import dev.rideau.reports.ColumnUnit;
import dev.rideau.reports.Explanation.Finding;
import dev.rideau.reports.Report;
import dev.rideau.reports.ReportCatalog;
import dev.rideau.reports.ReportRunner.TimeRange;
import dev.rideau.tables.Rows;
import dev.rideau.tables.TraceDatabase;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// Where on the timeline findings can be seen.
///
/// Some tell a time themselves. Others are sums over the whole time: of those that tell of waiting,
/// the place is the longest wait that went into the sum. Immutable.
final class FindingPlaces {
  private static final Pattern PERSON = Pattern.compile(".* (\\d{1,9})");

  /// How waits for a resource look in the table of states.
  private static final Map<String, String> WAITS =
      Map.of(
          "cpu", "s.state = 'runnable'",
          "disk", "s.state = 'blocked' AND s.detail = 'disk'",
          "memory", "s.state = 'blocked' AND s.detail = 'page fault'",
          "locks", "s.state = 'blocked' AND s.detail = 'futex'");

  private final Map<String, Report> rules = new TreeMap<>();

  FindingPlaces() {
    ReportCatalog.rules().forEach(rule -> rules.put(rule.name(), rule));
  }

  /// A place on the timeline.
  ///
  /// @param range when
  /// @param row id of the row that it is about, -1 for none
  /// @param isWhole whether it is all that was looked at
  record Place(TimeRange range, int row, boolean isWhole) {}

  /// The unit of a piece of evidence.
  ColumnUnit unit(Finding finding, String evidence) {
    Report rule = rules.get(finding.rule());
    int column = rule == null ? -1 : rule.indexOf(evidence);
    return rule == null || column < 0 ? ColumnUnit.TEXT : rule.columns().get(column).unit();
  }

  /// The place of a finding.
  ///
  /// @param range what was looked at
  /// @param host the machine that it is about, and the only one that statements see
  Place of(Finding finding, TimeRange range, Timeline timeline, int host, TraceDatabase database) {
    int row = timeline.rowOfTid(host, tid(finding));
    TimeRange told = told(finding);
    if (told != null) {
      return new Place(told, row, false);
    }
    Place longest = longestWait(finding, range, row, timeline, database);
    return longest != null ? longest : new Place(range, row, true);
  }

  // The time among its evidence and the length beside it.
  private @Nullable TimeRange told(Finding finding) {
    long begin = -1;
    long length = 0;
    for (Map.Entry<String, @Nullable Object> each : finding.evidence().entrySet()) {
      if (each.getValue() instanceof Number number) {
        ColumnUnit unit = unit(finding, each.getKey());
        if (unit == ColumnUnit.TIME && begin < 0) {
          begin = number.longValue();
        } else if (unit == ColumnUnit.NANOSECONDS
            && List.of("latency", "dur", "wait", "longest").contains(each.getKey())) {
          length = Math.max(length, number.longValue());
        }
      }
    }
    return begin < 0 ? null : new TimeRange(begin, begin + Math.max(1, length));
  }

  // The thread or process that it is about; -1 for none.
  private static long tid(Finding finding) {
    if (finding.evidence().get("tid") instanceof Number number) {
      return number.longValue();
    }
    for (String name : List.of("thread", "worst", "process")) {
      if (finding.evidence().get(name) instanceof String text) {
        Matcher person = PERSON.matcher(text);
        if (person.matches()) {
          return Long.parseLong(person.group(1));
        }
      }
    }
    return -1;
  }

  private static @Nullable Place longestWait(
      Finding finding, TimeRange range, int row, Timeline timeline, TraceDatabase database) {
    if (finding.score() <= 0) {
      return null;
    }
    List<Object> values = new ArrayList<>(List.of(range.beginNs(), range.endNs()));
    String condition = WAITS.get(finding.resource());
    Object cause = finding.evidence().get("cause");
    Object syscall = finding.evidence().get("syscall");
    if (cause instanceof String text) {
      values.add(text);
      condition = "s.state = 'blocked' AND s.detail = $" + values.size();
      if (syscall instanceof String call) {
        values.add(call);
        condition += " AND s.syscall = $" + values.size();
      }
    }
    if (condition == null) {
      return null;
    }
    if (row >= 0) {
      values.add(timeline.row(row).upid());
      condition += " AND t.upid = $" + values.size();
    }
    String sql =
        "SELECT s.ts, s.ts + s.dur, s.utid FROM thread_state s JOIN thread t USING (utid)"
            + " WHERE s.ts < $2 AND s.ts + s.dur > $1 AND NOT t.is_idle AND "
            + condition
            + " ORDER BY s.dur DESC, s.ts LIMIT 1";
    try (Rows rows = database.query(sql, values.toArray())) {
      if (!rows.next()) {
        return null;
      }
      TimeRange when = new TimeRange(rows.longAt(0), Math.max(rows.longAt(0) + 1, rows.longAt(1)));
      return new Place(when, timeline.rowOfThread(rows.longAt(2)), false);
    }
  }
}
