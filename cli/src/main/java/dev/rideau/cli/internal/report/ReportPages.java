package dev.rideau.cli.internal.report;

import dev.rideau.cli.internal.AlignedTable;
import dev.rideau.cli.internal.Console;
import dev.rideau.reports.ColumnUnit;
import dev.rideau.reports.Period;
import dev.rideau.reports.Report;
import dev.rideau.reports.ReportCatalog;
import dev.rideau.reports.ReportColumn;
import dev.rideau.reports.ReportException;
import dev.rideau.reports.ReportParameter;
import dev.rideau.reports.ValueText;
import java.io.PrintWriter;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// Pages about reports: which there are, what one is, and what stands above an answer.
public final class ReportPages {
  private static final String BOLD = "\u001b[1m";
  private static final String PLAIN = "\u001b[0m";
  private static final List<String> GROUPS =
      List.of(
          "CPU",
          "Threads",
          "Scheduling",
          "System calls",
          "Input and output",
          "Disks",
          "Network",
          "Interrupts",
          "Memory",
          "Timers and power",
          "Processes",
          "Recording");

  private final Console console;

  public ReportPages(Console console) {
    this.console = console;
  }

  /// Lists all reports by group.
  ///
  /// @return whether every file could be read
  public boolean list(ReportCatalog catalog) {
    ReportCatalog.Listing listing = catalog.all();
    Map<String, List<Report>> groups = new LinkedHashMap<>();
    GROUPS.forEach(group -> groups.put(group, new ArrayList<>()));
    for (Report report : listing.reports()) {
      groups.computeIfAbsent(report.group(), _ -> new ArrayList<>()).add(report);
    }
    int width =
        listing.reports().stream().mapToInt(report -> report.name().length()).max().orElse(0);
    PrintWriter out = console.out();
    boolean first = true;
    for (Map.Entry<String, List<Report>> group : groups.entrySet()) {
      if (group.getValue().isEmpty()) {
        continue;
      }
      out.println((first ? "" : "\n") + bold(group.getKey(), console.colours()));
      first = false;
      for (Report report : group.getValue()) {
        String gap = " ".repeat(width - report.name().length() + 2);
        out.println("  " + report.name() + gap + AlignedTable.printable(report.title()));
      }
    }
    for (ReportException problem : listing.problems()) {
      console.err().println("rideau: error: " + problem.getMessage());
      if (problem.advice() != null) {
        console.err().println("rideau: advice: " + problem.advice());
      }
    }
    return listing.problems().isEmpty();
  }

  /// Tells what a report is.
  public void describe(Report report) {
    PrintWriter out = console.out();
    out.println(bold(report.name() + ": " + report.title(), console.colours()));
    out.println("  " + report.answers());
    StringBuilder text = new StringBuilder("\n");
    line(text, "needs", report.needs().stream().map(Report.Need::toString).toList());
    line(text, "uses", report.uses().stream().map(Report.Need::toString).toList());
    if (report.plot() != null) {
      line(text, "plot", List.of(report.plot().kind().text()));
    }
    line(text, "see", report.see());
    line(text, "file", List.of(report.origin()));
    text.append("\n  parameters\n");
    AlignedTable parameters = new AlignedTable("    ").text("").text("").text("").text("");
    ReportParameter.RANGE.forEach(each -> parameter(parameters, each));
    report.parameters().forEach(each -> parameter(parameters, each));
    parameters.appendTo(text, false);
    text.append("\n  columns\n");
    AlignedTable columns = new AlignedTable("    ").text("").text("").text("");
    for (ReportColumn column : report.columns()) {
      columns.row(column.name(), column.unit().text(), column.sentence());
    }
    columns.appendTo(text, false);
    out.print(text);
  }

  private static void line(StringBuilder text, String name, List<String> values) {
    if (!values.isEmpty()) {
      text.append("  ").append(name).append(" ".repeat(7 - name.length()));
      text.append(String.join(", ", values)).append('\n');
    }
  }

  private static void parameter(AlignedTable table, ReportParameter parameter) {
    boolean isCommon =
        ReportParameter.common(parameter.name()) != null
            || ReportParameter.RANGE.contains(parameter);
    table.row(
        (isCommon ? "--" : "-p ") + parameter.name(),
        parameter.type().text(),
        parameter.otherwise() == null ? "" : parameter.otherwise(),
        parameter.sentence());
  }

  /// Prints what stands above an answer.
  public void heading(
      PrintWriter out, Report report, ValueText values, Section section, boolean colours) {
    out.println(bold(report.title(), colours));
    StringBuilder line = new StringBuilder("  ");
    Period period = section.period();
    if (section.host() != null) {
      line.append("machine ").append(AlignedTable.printable(section.host().name())).append(", ");
    }
    if (period != null) {
      line.append("period ").append(period.name()).append(period.name().isEmpty() ? "" : " ");
      line.append(period.isComplete() ? "" : "(incomplete) ");
      period
          .captures()
          .forEach((name, value) -> line.append(name).append(" = ").append(value).append("  "));
    }
    line.append(values.of(ColumnUnit.TIME, section.range().beginNs())).append(" to ");
    line.append(values.of(ColumnUnit.TIME, section.range().endNs())).append(", ");
    out.println(line.append(ValueText.duration(section.range().durationNs())).append('\n'));
  }

  private static String bold(String text, boolean colours) {
    return colours ? BOLD + text + PLAIN : text;
  }
}
