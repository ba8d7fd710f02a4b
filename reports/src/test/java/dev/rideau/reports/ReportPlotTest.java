package dev.rideau.reports;

import static org.assertj.core.api.Assertions.assertThat;

import dev.rideau.reports.ReportRunner.TimeRange;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

final class ReportPlotTest {
  private static final Pattern HEIGHT = Pattern.compile("<svg [^>]*height=\"(\\d+)\"");
  private static final Pattern DOWN = Pattern.compile("V([-0-9.]+)");
  private static final Pattern LABEL = Pattern.compile("text-anchor=\"end\"[^>]*>([^<]*)<");

  private static String drawn(HandMadeFacts facts, String name) {
    Report report = ReportCatalog.bundled().named(name);
    try (ReportResult result =
        new ReportRunner(facts).run(report, Map.of(), new TimeRange(0, 1000))) {
      return ReportPlot.svg(report, result.readAll(), new ValueText(Long::toString), "");
    }
  }

  private static List<String> all(Pattern pattern, String svg) {
    List<String> found = new ArrayList<>();
    Matcher matcher = pattern.matcher(svg);
    while (matcher.find()) {
      found.add(matcher.group(1));
    }
    return found;
  }

  @Test
  void valuesBelowZeroLieWithinThePicture() {
    try (HandMadeFacts facts = new HandMadeFacts()) {
      facts.row("page_allocation", "ts, pages", "10, 4");
      facts.row("page_allocation", "ts, pages", "500, -20");
      String svg = drawn(facts, "memory-over-time");
      double height = Double.parseDouble(all(HEIGHT, svg).getFirst());
      List<String> downs = all(DOWN, svg);
      assertThat(downs).isNotEmpty();
      assertThat(downs).allSatisfy(y -> assertThat(Double.parseDouble(y)).isBetween(0.0, height));
      assertThat(all(LABEL, svg)).contains("-20", "0", "5");
    }
  }

  @Test
  void nothingIsNoAxis() {
    try (HandMadeFacts facts = new HandMadeFacts()) {
      assertThat(drawn(facts, "net-over-time"))
          .contains("Nothing of this was recorded")
          .doesNotContain("class=\"axis\"");
    }
  }

  @Test
  void processorsStandInTheOrderOfTheirNumbers() {
    try (HandMadeFacts facts = new HandMadeFacts()) {
      facts.row("process", "upid, pid, name", "1, 10, 'a'");
      facts.row("thread", "utid, tid, upid, name, is_idle", "1, 10, 1, 'a', false");
      for (int cpu : new int[] {10, 2, 1}) {
        facts.row(
            "sched_slice", "ts, dur, clipped, cpu, utid", 20 - cpu + ", 5, 0, " + cpu + ", 1");
      }
      assertThat(all(LABEL, drawn(facts, "cpu-timeline")))
          .containsExactly("CPU 1", "CPU 2", "CPU 10");
    }
  }

  @Test
  void barsTellProcessesOfOneNameApart() {
    try (HandMadeFacts facts = new HandMadeFacts()) {
      for (int pid : new int[] {7, 8}) {
        facts.row("process", "upid, pid, name", pid + ", " + pid + ", 'sh'");
        facts.row("thread", "utid, tid, upid, name", "%1$d, %1$d, %1$d, 'sh'".formatted(pid));
        facts.row(
            "thread_state",
            "utid, ts, dur, clipped, state, detail",
            pid + ", 0, " + pid * 10 + ", 0, 'blocked', 'pipe'");
      }
      assertThat(all(LABEL, drawn(facts, "blocked"))).containsExactly("sh 8", "sh 7");
    }
  }
}
