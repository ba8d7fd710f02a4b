package dev.rideau.reports;

import static org.assertj.core.api.Assertions.assertThat;

import dev.rideau.reports.ReportRunner.TimeRange;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/// What must hold for every report that comes along: a new one is tested by being there.
final class BundledReportsTest {
  private static final ReportCatalog CATALOG = ReportCatalog.with(Path.of("there-is-no-such"));

  static List<Report> everything() {
    ReportCatalog.Listing listing = CATALOG.all();
    assertThat(listing.problems()).isEmpty();
    return Stream.concat(listing.reports().stream(), ReportCatalog.rules().stream()).toList();
  }

  @ParameterizedTest
  @MethodSource("everything")
  void runsOnEmptyTables(Report report) {
    try (HandMadeFacts facts = new HandMadeFacts()) {
      ReportRunner runner = new ReportRunner(facts);
      try (ReportResult result = runner.run(report, Map.of(), new TimeRange(0, 0))) {
        result.readAll();
      }
      try (ReportResult result = runner.run(report, Map.of(), new TimeRange(0, 1_000_000_000))) {
        result.readAll();
      }
    }
  }

  @ParameterizedTest
  @MethodSource("everything")
  void speaksOfWhatExists(Report report) {
    List<String> names = CATALOG.all().reports().stream().map(Report::name).toList();
    assertThat(names).containsAll(report.see());
    assertThat(report.title()).doesNotEndWith(".");
    assertThat(report.answers()).endsWith("?");
    assertThat(report.columns()).allMatch(column -> column.sentence().endsWith("."));
    assertThat(report.parameters()).allMatch(each -> each.sentence().endsWith("."));
  }

  @Test
  void thereAreMany() {
    assertThat(CATALOG.all().reports()).hasSizeGreaterThan(60);
  }
}
