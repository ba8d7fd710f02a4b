package dev.rideau.reports;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/// The reference page of reports, `docs/reports.md`.
final class ReportsPage {
  private static final String HEAD =
      """
      # Reports

      This page is written by `BundledReportsTest`; the files themselves are in
      `reports/src/main/resources/dev/rideau/reports`.

      `rideau report NAME TRACE...` answers a question, `rideau report NAME` describes it, `rideau report`
      lists all. Every report takes `--begin` and `--end`. Options in the table stand for parameters of the
      same name; `-p NAME=VALUE` sets any other. Units: `ns` is a length of time, `time` a time of the trace;
      both are whole nanoseconds in CSV and JSON.

      ## A report of your own

      Put `mine.sql` into `$XDG_CONFIG_HOME/rideau/reports` (`~/.config/rideau/reports`):

      ```sql
      -- title: Files that a user's programs opened
      -- group: Mine
      -- answers: Which files did programs open, and how often?
      -- needs: syscall_entry
      -- param: name names = /home/* | Only files whose path matches.
      -- param: limit
      -- column: file text | The path.
      -- column: opens count | How often.
      -- plot: bar label=file value=opens
      SELECT name AS file, count(*) AS opens FROM io
      WHERE operation = 'open' AND ts >= $begin AND ts < $end AND matches_any(name, $name)
      GROUP BY name ORDER BY opens DESC, file LIMIT $limit
      ```

      `needs` names events without which there is no answer (`a, b | c`: a, and one of b and c), `uses` those
      without which parts are missing: names of the column `used_as` of the table `event_class`
      ([tables](tables.md)). A parameter is `name type = default | what it does`; `cpu`, `tid`, `proc`, `limit`,
      `min`, `max` and `bins` may stand alone. Types: TYPES. In SQL a parameter is `$name`, `NULL` when nobody
      gave it; `ids` (`1,4-7`) and `names` are lists. A column is `name unit | what it tells`, in the order of the query.
      Units: UNITS. A line that is indented by three blanks goes on with the one before. Plots and the columns
      that they need:

      """;

  private ReportsPage() {}

  static String text(List<Report> reports, List<Report> rules) {
    StringBuilder page = new StringBuilder();
    page.append(
        HEAD.replace("TYPES", list(ParameterType.values(), type -> ((ParameterType) type).text()))
            .replace("UNITS", list(ColumnUnit.values(), unit -> ((ColumnUnit) unit).text())));
    for (PlotHint.Kind kind : PlotHint.Kind.values()) {
      page.append("- `").append(kind.text()).append("`: ");
      page.append(String.join(", ", kind.roles()).replace("?", " (may be missing)")).append('\n');
    }
    Map<String, List<Report>> groups = new LinkedHashMap<>();
    reports.forEach(
        report -> groups.computeIfAbsent(report.group(), _ -> new ArrayList<>()).add(report));
    groups.forEach((group, members) -> {
      page.append("\n## ").append(group).append('\n');
      members.forEach(report -> append(page, report));
    });
    page.append("\n## Rules of `rideau explain`\n\n");
    page.append("| rule | what it asks | needs |\n|---|---|---|\n");
    for (Report rule : rules) {
      page.append("| ").append(rule.name()).append(" | ").append(rule.answers());
      page.append(" | ").append(needs(rule.needs())).append(" |\n");
    }
    return page.toString();
  }

  private static void append(StringBuilder page, Report report) {
    page.append("\n### ").append(report.name()).append("\n\n");
    page.append(report.title()).append(". ").append(report.answers()).append("\n\n");
    if (!report.needs().isEmpty()) {
      page.append("Needs ").append(needs(report.needs())).append(". ");
    }
    if (!report.uses().isEmpty()) {
      page.append("Uses ").append(needs(report.uses())).append(". ");
    }
    if (report.plot() != null) {
      page.append("Plot: ").append(report.plot().kind().text()).append(". ");
    }
    page.append("See also ");
    page.append(
        report.see().stream()
            .map(name -> "[" + name + "](#" + name + ")")
            .collect(Collectors.joining(", ")));
    page.append(".\n\n");
    if (!report.parameters().isEmpty()) {
      page.append("| parameter | type | default | |\n|---|---|---|---|\n");
      for (ReportParameter each : report.parameters()) {
        page.append("| ").append(each.name()).append(" | ").append(each.type().text());
        page.append(" | ").append(each.otherwise() == null ? "" : each.otherwise());
        page.append(" | ").append(each.sentence()).append(" |\n");
      }
      page.append('\n');
    }
    page.append("| column | unit | |\n|---|---|---|\n");
    for (ReportColumn column : report.columns()) {
      page.append("| ").append(column.name()).append(" | ").append(column.unit().text());
      page.append(" | ").append(column.sentence()).append(" |\n");
    }
  }

  private static String needs(List<Report.Need> needs) {
    return needs.stream()
        .map(need ->
            need.anyOf().stream()
                .map(event -> "`" + event + "`")
                .collect(Collectors.joining(" or ")))
        .collect(Collectors.joining(", "));
  }

  private static String list(Object[] values, java.util.function.Function<Object, String> text) {
    return java.util.Arrays.stream(values)
        .map(value -> "`" + text.apply(value) + "`")
        .collect(Collectors.joining(", "));
  }
}
