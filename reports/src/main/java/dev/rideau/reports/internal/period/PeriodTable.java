package dev.rideau.reports.internal.period;

import dev.rideau.reports.FactSource;
import dev.rideau.reports.Period;
import dev.rideau.reports.internal.TextRows;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/// Periods as a temporary table for reports that say `prepare: period`.
///
/// ```
/// number  parent_number  name  path  ts  dur  is_complete  captures  captured
/// ```
///
/// The path is the name behind those of the periods around it: `outer/inner`. Captures are the
/// period's own as one text; `captured` is a map of them and, as `outer.capture`, of those of the
/// periods around it.
public final class PeriodTable {
  /// What the header of a report calls it, and the name of the table.
  public static final String NAME = "period";

  private static final String COLUMNS =
      "f[1]::BIGINT, nullif(f[2]::BIGINT, -1), f[3], f[4], f[5]::BIGINT, f[6]::BIGINT,"
          + " f[7] = '1', f[8], CASE WHEN f[9] = '' THEN MAP {}::MAP(VARCHAR, VARCHAR)"
          + " ELSE map(string_split(f[9], chr(31)), string_split(f[10], chr(31))) END";

  private PeriodTable() {}

  /// Fills the table.
  ///
  /// @param periods those around others before these
  public static void create(FactSource facts, List<Period> periods) {
    facts.execute(
        "CREATE OR REPLACE TEMP TABLE period(number BIGINT, parent_number BIGINT, name VARCHAR,"
            + " path VARCHAR, ts BIGINT, dur BIGINT, is_complete BOOLEAN, captures VARCHAR,"
            + " captured MAP(VARCHAR, VARCHAR))");
    Map<Long, Period> byNumber = new HashMap<>();
    periods.forEach(each -> byNumber.put(each.number(), each));
    TextRows rows = new TextRows(facts, NAME, COLUMNS);
    for (Period each : periods) {
      Map<String, String> captured = new LinkedHashMap<>(each.captures());
      String path = each.name();
      for (Period around = byNumber.get(each.parentNumber());
          around != null;
          around = byNumber.get(around.parentNumber())) {
        String prefix = around.name() + ".";
        around.captures().forEach((name, value) -> captured.putIfAbsent(prefix + name, value));
        path = around.name() + "/" + path;
      }
      rows.row()
          .add(each.number())
          .add(each.parentNumber())
          .add(each.name())
          .add(path)
          .add(each.beginNs())
          .add(each.endNs() - each.beginNs())
          .add(each.isComplete() ? 1 : 0)
          .add(
              each.captures().entrySet().stream()
                  .map(capture -> capture.getKey() + " = " + capture.getValue())
                  .collect(Collectors.joining(", ")))
          .add(new ArrayList<>(captured.keySet()))
          .add(new ArrayList<>(captured.values()));
    }
    rows.flush();
  }
}
