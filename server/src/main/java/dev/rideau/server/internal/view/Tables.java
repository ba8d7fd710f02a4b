package dev.rideau.server.internal.view;

import dev.rideau.reports.ColumnUnit;
import dev.rideau.reports.FactSource;
import dev.rideau.reports.Report;
import dev.rideau.reports.ReportCatalog;
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
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/// Reports about one trace. Thread-safe.
public final class Tables {
  /// More rows are no answer but a flood.
  public static final int MOST_ROWS = 100_000;

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

  /// Asks a report.
  ///
  /// @param parameters as users write them
  public TableAnswer ask(
      Report report, Map<String, String> parameters, TimeRange range, int most, Cancel cancel) {
    long begin = System.nanoTime();
    try (Sessions.Lease lease = trace.session(cancel)) {
      ReportRunner runner = new ReportRunner(FactSource.of(lease.database()));
      List<String> missing = missing(runner, report);
      List<@Nullable Object[]> rows = new ArrayList<>();
      boolean isTruncated = false;
      if (missing.isEmpty()) {
        try (ReportResult result = runner.run(report, parameters, range)) {
          while (!isTruncated && result.next()) {
            isTruncated = rows.size() == most;
            if (!isTruncated) {
              rows.add(row(result));
            }
          }
        }
      } else {
        runner.check(report, parameters);
      }
      return new TableAnswer(
          report.columns(),
          rows,
          isTruncated,
          (System.nanoTime() - begin) / 1_000_000,
          runner.losses(range),
          missing);
    } catch (ReportException failure) {
      throw wrong(failure);
    }
  }

  static HttpFailure wrong(ReportException failure) {
    return new HttpFailure(400, String.valueOf(failure.getMessage()), failure.advice());
  }

  private static @Nullable Object[] row(ReportResult result) {
    @Nullable Object[] row = new Object[result.columns().size()];
    for (int i = 0; i < row.length; i++) {
      row[i] = result.value(i);
    }
    return row;
  }

  /// A report as a Parquet file, all of it.
  ///
  /// @return the file, to be deleted by who asks
  public Path parquet(Report report, Map<String, String> parameters, TimeRange range, Cancel cancel)
      throws IOException {
    try (Sessions.Lease lease = trace.session(cancel)) {
      Path folder = lease.database().spillFolder();
      Files.createDirectories(folder);
      Path file = Files.createTempFile(folder, "export-", ".parquet");
      try {
        new ReportRunner(FactSource.of(lease.database()))
            .writeParquet(report, parameters, range, file);
        return file;
      } catch (RuntimeException failure) {
        Files.deleteIfExists(file);
        throw failure instanceof ReportException wrong ? wrong(wrong) : failure;
      }
    }
  }

  /// A report as a picture.
  public byte[] svg(Report report, Map<String, String> parameters, TimeRange range, Cancel cancel) {
    TableAnswer answer = ask(report, parameters, range, MOST_ROWS, cancel);
    ValueText values = trace.values();
    String about =
        trace.name()
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
