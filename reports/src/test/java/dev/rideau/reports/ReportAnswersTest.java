package dev.rideau.reports;

import static org.assertj.core.api.Assertions.assertThat;

import dev.rideau.ctf.CtfTraceReader;
import dev.rideau.reports.ReportRunner.TimeRange;
import dev.rideau.reports.internal.ReportParser;
import dev.rideau.tables.DatabaseOptions;
import dev.rideau.tables.TraceDatabase;
import dev.rideau.trace.testing.SharedData;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/// One query about many ranges tells what a query about each of them tells.
final class ReportAnswersTest {
  @Tag("slow")
  @Test
  void everyReportAnswersManyRangesAsItAnswersEach() {
    Path trace = SharedData.require("data/lttng-kernel/blocking");
    try (TraceDatabase database =
        TraceDatabase.open(
            List.of(trace), List.of(new CtfTraceReader()), DatabaseOptions.of(_ -> {}))) {
      ReportRunner runner = new ReportRunner(FactSource.of(database));
      TimeRange whole = runner.recording();
      long tenth = whole.durationNs() / 10;
      long begin = whole.beginNs() + 3 * tenth;
      List<TimeRange> ranges =
          List.of(
              new TimeRange(begin, begin + tenth),
              new TimeRange(begin + tenth / 2, begin + tenth),
              new TimeRange(begin + 7, begin + 7),
              new TimeRange(begin, begin + tenth));
      for (Report report : ReportCatalog.bundled().all().reports()) {
        if (report.prepare() == null) {
          assertSame(runner, report, ranges);
        }
      }
    }
  }

  private static void assertSame(ReportRunner runner, Report report, List<TimeRange> ranges) {
    List<List<String>> each = new ArrayList<>();
    for (TimeRange range : ranges) {
      try (ReportResult result = runner.run(report, Map.of(), range)) {
        each.add(rows(result));
      }
    }
    List<List<String>> together = new ArrayList<>();
    try (ReportAnswers answers = runner.runEach(report, Map.of(), ranges)) {
      for (int i = 0; i < ranges.size(); i++) {
        try (ReportResult result = answers.next()) {
          together.add(rows(result));
        }
      }
      assertThat(answers.isOneByOne()).as(report.name() + " goes into one query").isFalse();
    }
    assertThat(together).as(report.name()).isEqualTo(each);
  }

  private static List<String> rows(ReportResult result) {
    List<String> rows = new ArrayList<>();
    for (@Nullable Object[] row : result.readAll()) {
      rows.add(Arrays.toString(row));
    }
    return rows;
  }

  @Test
  void asksAgainForManyRangesAndLeavesOutRowsThatNobodyReads() {
    try (HandMadeFacts facts = new HandMadeFacts()) {
      facts.execute("INSERT INTO signal(ts, signal) SELECT i, i FROM range(600) r(i)");
      List<TimeRange> ranges = new ArrayList<>();
      for (int i = 0; i < 600; i++) {
        ranges.add(new TimeRange(i - i % 2, i + 1));
      }
      Report report =
          ReportParser.parse(
              "two",
              "two.sql",
              """
              -- title: Two
              -- group: Test
              -- answers: What is it?
              -- column: signal count | It.
              SELECT signal FROM signal WHERE ts >= $begin AND ts < $end ORDER BY -ts
              """);
      try (ReportAnswers answers = new ReportRunner(facts).runEach(report, Map.of(), ranges)) {
        for (int i = 0; i < ranges.size(); i++) {
          try (ReportResult result = answers.next()) {
            assertThat(result.next()).isTrue();
            assertThat(result.value(0)).isEqualTo((long) i);
          }
        }
        assertThat(answers.isOneByOne()).isFalse();
      }
    }
  }

  @Test
  void asksOneByOneWhereTheOrderWouldBeLost() {
    try (HandMadeFacts facts = new HandMadeFacts()) {
      facts.execute("INSERT INTO signal(ts, signal) SELECT i, i FROM range(10) r(i)");
      Report report =
          ReportParser.parse(
              "union",
              "union.sql",
              """
              -- title: Two
              -- group: Test
              -- answers: What is it?
              -- column: signal count | It.
              SELECT signal FROM signal WHERE ts >= $begin UNION ALL
              SELECT signal FROM signal WHERE ts < $end ORDER BY 1 DESC LIMIT 1
              """);
      List<TimeRange> ranges = List.of(new TimeRange(9, 9), new TimeRange(10, 3));
      try (ReportAnswers answers = new ReportRunner(facts).runEach(report, Map.of(), ranges)) {
        assertThat(answers.next().readAll()).containsExactly(new Object[] {9L});
        assertThat(answers.next().readAll()).containsExactly(new Object[] {2L});
        assertThat(answers.isOneByOne()).isTrue();
      }
    }
  }
}
