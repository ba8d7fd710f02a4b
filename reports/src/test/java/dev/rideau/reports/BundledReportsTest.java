package dev.rideau.reports;

import static org.assertj.core.api.Assertions.assertThat;

import dev.rideau.reports.ReportRunner.TimeRange;
import dev.rideau.trace.testing.SharedData;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/// What must hold for every report that comes along: a new one is tested by being there.
final class BundledReportsTest {
  private static final HandMadeFacts EMPTY = new HandMadeFacts();
  private static final ReportRunner RUNNER = new ReportRunner(EMPTY);
  private static final ReportCatalog CATALOG = ReportCatalog.with(Path.of("there-is-no-such"));

  @AfterAll
  static void close() {
    EMPTY.close();
  }

  static List<Report> everything() {
    ReportCatalog.Listing listing = CATALOG.all();
    assertThat(listing.problems()).isEmpty();
    return Stream.concat(listing.reports().stream(), ReportCatalog.rules().stream()).toList();
  }

  @ParameterizedTest
  @MethodSource("everything")
  void runsOnEmptyTables(Report report) {
    for (TimeRange range : List.of(new TimeRange(0, 0), new TimeRange(0, 1_000_000_000))) {
      try (ReportResult result = RUNNER.run(report, Map.of(), range)) {
        result.readAll();
      }
    }
  }

  @ParameterizedTest
  @MethodSource("everything")
  void takesALimit(Report report) {
    if (report.finding() != null) {
      return; // Nobody asks rules for less.
    }
    TimeRange range = new TimeRange(0, 1_000_000_000);
    try (ReportResult result = RUNNER.run(report, Map.of("limit", "1"), range)) {
      assertThat(result.readAll()).hasSizeLessThan(2);
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
  void areDocumented() throws IOException {
    Path page = SharedData.checkout().resolve("docs/reports.md");
    String actual = ReportsPage.text(CATALOG.all().reports(), ReportCatalog.rules());
    if (Boolean.getBoolean("rideau.regenerate")) {
      Files.writeString(page, actual);
    }
    assertThat(Files.readString(page))
        .as(
            "write it anew: mvn -Dquick -pl reports -am test -Dtest=BundledReportsTest"
                + " -Drideau.regenerate=true")
        .isEqualTo(actual);
  }

  @Test
  void thereAreMany() {
    assertThat(CATALOG.all().reports()).hasSizeGreaterThan(60);
  }
}
