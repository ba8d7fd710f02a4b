package dev.rideau.server.internal.view;

import dev.rideau.reports.ColumnUnit;
import dev.rideau.reports.FactSource;
import dev.rideau.reports.Report;
import dev.rideau.reports.ReportCatalog;
import dev.rideau.reports.ReportColumn;
import dev.rideau.reports.ReportException;
import dev.rideau.reports.ReportPlot;
import dev.rideau.reports.ReportResult;
import dev.rideau.reports.ReportRunner;
import dev.rideau.reports.ReportRunner.Availability;
import dev.rideau.reports.ReportRunner.TimeRange;
import dev.rideau.reports.ValueText;
import dev.rideau.server.internal.http.Cancel;
import dev.rideau.server.internal.http.HttpFailure;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/// Reports about one trace. Thread-safe.
public final class Tables {
  /// More rows are no answer but a flood.
  public static final int MOST_ROWS = 100_000;

  /// Stands in front of the columns of a report about several machines.
  static final ReportColumn HOST =
      new ReportColumn("host", ColumnUnit.TEXT, "Name of the machine.");

  private final OpenTrace trace;
  private final ReportCatalog catalog;

  Tables(OpenTrace trace, ReportCatalog catalog) {
    this.trace = trace;
    this.catalog = catalog;
  }

  /// The report with a name.
  ///
  /// @throws HttpFailure 404 when there is none
  public Report named(String name) {
    try {
      return catalog.named(name);
    } catch (ReportException failure) {
      throw new HttpFailure(404, String.valueOf(failure.getMessage()), null);
    }
  }

  /// Names of the reports that can be answered, and for each other one what it lacks.
  public Map<String, List<String>> availability(Cancel cancel) {
    Map<String, List<String>> missing = new TreeMap<>();
    try (Sessions.Lease lease = trace.session(cancel)) {
      ReportRunner runner = new ReportRunner(FactSource.of(lease.database()));
      for (Report report : catalog.all().reports()) {
        missing.put(report.name(), missing(runner, report));
      }
    }
    return missing;
  }

  static List<String> missing(ReportRunner runner, Report report) {
    return report.needs().stream()
        .filter(need -> runner.availability(need) == Availability.ABSENT)
        .map(runner::names)
        .toList();
  }

  /// The columns of an answer about all machines.
  public List<ReportColumn> columns(Report report) {
    return columns(report, trace.hosts().size() > 1);
  }

  private static List<ReportColumn> columns(Report report, boolean areHostsNamed) {
    if (!areHostsNamed) {
      return report.columns();
    }
    List<ReportColumn> columns = new ArrayList<>(List.of(HOST));
    report.columns().stream()
        .filter(each -> !each.name().equals(HOST.name()))
        .forEach(columns::add);
    return columns;
  }

  /// Asks a report about the time that each machine was recorded.
  public TableAnswer ask(Question question, int most, Cancel cancel) {
    return ask(question, most, true, cancel);
  }

  /// @param isClipped whether the time before and after the recording of a machine is left out
  TableAnswer ask(Question question, int most, boolean isClipped, Cancel cancel) {
    long begin = System.nanoTime();
    Report report = question.report();
    List<String> hosts = trace.hosts();
    boolean areSeveral = hosts.size() > 1;
    boolean areNamed = areSeveral && question.host() == null;
    List<ReportColumn> columns = columns(report, areNamed);
    List<@Nullable Object[]> rows = new ArrayList<>();
    List<String> missing = List.of();
    boolean isAnswered = false;
    boolean isTruncated = false;
    try (Sessions.Lease lease = trace.session(cancel)) {
      for (int host : chosen(question.host())) {
        if (areSeveral) {
          lease.limitTo(host);
        }
        ReportRunner runner = new ReportRunner(FactSource.of(lease.database()));
        List<String> lacks = missing(runner, report);
        if (!lacks.isEmpty()) {
          runner.check(report, question.parameters());
          missing = lacks;
          continue;
        }
        isAnswered = true;
        TimeRange range =
            areSeveral && isClipped
                ? question.range().within(runner.recording())
                : question.range();
        try (ReportResult result = runner.run(report, question.parameters(), range)) {
          while (!isTruncated && result.next()) {
            isTruncated = rows.size() == most;
            if (!isTruncated) {
              rows.add(row(result, columns, areNamed ? hosts.get(host) : null));
            }
          }
        }
      }
      if (areNamed) {
        lease.limitTo(null);
      }
      return new TableAnswer(
          columns,
          rows,
          isTruncated,
          (System.nanoTime() - begin) / 1_000_000,
          new ReportRunner(FactSource.of(lease.database())).losses(question.range()),
          isAnswered ? List.of() : missing);
    } catch (ReportException failure) {
      throw wrong(failure);
    }
  }

  private List<Integer> chosen(@Nullable Integer host) {
    int count = Math.max(1, trace.hosts().size());
    return host == null ? IntStream.range(0, count).boxed().toList() : List.of(host);
  }

  /// Sees to it that there is an answer: a file without rows would look like one.
  ///
  /// @param missing events that were not recorded
  /// @throws HttpFailure 409 when there is none
  public static void checkAnswered(Report report, List<String> missing) {
    if (!missing.isEmpty()) {
      throw new HttpFailure(
          409,
          "report "
              + report.name()
              + " has no answer: "
              + String.join(", ", missing)
              + " was not recorded",
          "record it as well");
    }
  }

  static HttpFailure wrong(ReportException failure) {
    return new HttpFailure(400, String.valueOf(failure.getMessage()), failure.advice());
  }

  private static @Nullable Object[] row(
      ReportResult result, List<ReportColumn> columns, @Nullable String host) {
    @Nullable Object[] row = new Object[columns.size()];
    int at = 0;
    if (host != null) {
      row[at++] = host;
    }
    for (int i = 0; i < result.columns().size(); i++) {
      if (host == null || !result.columns().get(i).name().equals(HOST.name())) {
        row[at++] = result.value(i);
      }
    }
    return row;
  }

  /// A report as a Parquet file, all of it.
  ///
  /// @return the file, to be deleted by who asks
  public Path parquet(Question question, Cancel cancel) throws IOException {
    try (Sessions.Lease lease = trace.session(cancel)) {
      return Exports.parquet(lease.database(), file -> write(question, lease, file));
    } catch (ReportException failure) {
      throw wrong(failure);
    }
  }

  private void write(Question question, Sessions.Lease lease, Path file) {
    ReportRunner runner = new ReportRunner(FactSource.of(lease.database()));
    Integer host = question.host();
    checkAnswered(question.report(), missing(runner, question.report()));
    if (trace.hosts().size() > 1 && host == null) {
      runner.writeParquet(
          question.report(), question.parameters(), question.range(), chosen(null), file);
      return;
    }
    TimeRange range = question.range();
    if (trace.hosts().size() > 1) {
      lease.limitTo(host);
      range = range.within(runner.recording());
    }
    runner.writeParquet(question.report(), question.parameters(), range, file);
  }

  /// A report about one machine as a picture.
  public byte[] svg(Question question, Cancel cancel) {
    Report report = question.report();
    TimeRange range = question.range();
    Integer host = question.host();
    if (trace.hosts().size() > 1 && host == null) {
      throw new HttpFailure(
          400, "a plot is of one machine", "name it: host=0 to " + (trace.hosts().size() - 1));
    }
    TableAnswer answer = ask(question, MOST_ROWS, cancel);
    checkAnswered(report, answer.missing());
    ValueText values = trace.values();
    String about =
        trace.name()
            + trace.ofHost(host == null ? 0 : host)
            + ", "
            + values.of(ColumnUnit.TIME, range.beginNs())
            + " + "
            + ValueText.duration(range.durationNs());
    try {
      return ReportPlot.svg(report, answer.rows(), values, about).getBytes(StandardCharsets.UTF_8);
    } catch (ReportException failure) {
      throw wrong(failure);
    }
  }
}
