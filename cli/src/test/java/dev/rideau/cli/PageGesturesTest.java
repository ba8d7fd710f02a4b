package dev.rideau.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.BoundingBox;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/// What hands do with the page: rows, times, searching, measuring, brushing, each by mouse or keys.
@Tag("slow")
final class PageGesturesTest {
  private static final Path TRACE = Path.of("..", "examples", "cpuburn");

  @RegisterExtension static final PageExtension PAGES = new PageExtension(TRACE);

  private final OpenPage open = PAGES.open();
  private final Page page = open.page();

  @Test
  void rowsArePinnedAndGroupsClosed() {
    open.show("#/timeline");
    open.awaitTimeline();
    page.keyboard().press("ArrowDown");
    page.keyboard().press("ArrowDown");
    // Rows are drawn with the next frame.
    page.waitForSelector(".gutter-row[aria-selected=true]:not(.is-group)");
    String name = page.locator(".gutter-row[aria-selected=true] .gutter-name").textContent();
    page.keyboard().press("p");
    Locator pinned = page.locator(".gutter-pinned .gutter-name");
    pinned.waitFor();
    assertThat(pinned.textContent()).isEqualTo(name);
    assertThat(page.url()).contains("pins=");
    page.keyboard().press("p");
    assertThat(page.url()).doesNotContain("pins=");
    page.waitForFunction("() => !document.querySelector('.gutter-pinned .gutter-name')");

    Locator group = page.locator(".gutter-row.is-group:has-text('CPUs')");
    int rows = page.locator(".gutter-row").count();
    group.click();
    page.waitForSelector(".gutter-row.is-group[aria-expanded=false]:has-text('CPUs')");
    assertThat(page.locator(".gutter-row:has-text('CPU 0')").count()).isZero();
    group.click();
    page.waitForFunction("rows => document.querySelectorAll('.gutter-row').length === rows", rows);
  }

  @Test
  void theTooltipTellsOfTheRowBelowThePointerAfterScrolling() {
    try {
      page.setViewportSize(1440, 420);
      open.show("#/timeline?idle=1");
      open.awaitTimeline();
      BoundingBox canvas = page.locator(".timeline-canvas").boundingBox();
      page.mouse().move(canvas.x + canvas.width / 2, canvas.y + canvas.height - 30);
      Locator title = page.locator(".tooltip:visible .tooltip-title");
      title.waitFor();
      String before = title.textContent();
      page.mouse().wheel(0, 200);
      page.waitForFunction(
          "before => document.querySelector('.tooltip:not([hidden]) .tooltip-title')?.textContent !== before",
          before);
      page.waitForFunction(
          """
          y => {
            const rows = [...document.querySelectorAll('.gutter-rows .gutter-row')];
            const row = rows.find(one => { const box = one.getBoundingClientRect(); return box.top <= y && y < box.bottom; });
            const title = document.querySelector('.tooltip:not([hidden]) .tooltip-title');
            return row && title?.textContent.startsWith(row.querySelector('.gutter-name').textContent);
          }
          """,
          canvas.y + canvas.height - 30);
    } finally {
      page.setViewportSize(1440, 900);
    }
  }

  @Test
  void aTimeIsGoneTo() {
    open.show("#/timeline?window=0-100000000");
    open.awaitTimeline();
    page.keyboard().press("g");
    page.keyboard().type("1.5 s");
    page.locator("#finder-hits li").first().waitFor();
    page.keyboard().press("Enter");
    page.waitForFunction(
        "() => { const m = /window=(\\d+)-(\\d+)/.exec(location.hash); return m && m[1] < 1.5e9 && m[2] > 1.5e9; }");
  }

  @Test
  void aConditionFindsStatesOnTheTimeline() {
    open.show("#/timeline");
    open.awaitTimeline();
    page.keyboard().press("/");
    page.keyboard().type("syscall: name = 'openat' AND dur > 0");
    Locator hit = page.locator("#finder-hits li[role=option]").first();
    hit.waitFor();
    assertThat(hit.textContent()).contains("openat");
    page.keyboard().press("Enter");
    page.waitForSelector(".details h2");
    assertThat(page.url()).contains("thing=");
    page.goBack();
    assertThat(page.url()).contains("#/timeline");
  }

  @Test
  void timeIsMeasuredBetweenTwoPoints() {
    open.show("#/timeline?window=0-1000000000");
    open.awaitTimeline();
    BoundingBox box = page.locator(".timeline-canvas").boundingBox();
    page.mouse().move(box.x + box.width * 0.25, box.y + 100);
    page.keyboard().press("m");
    page.mouse().move(box.x + box.width * 0.75, box.y + 100);
    page.keyboard().press("m");
    page.waitForFunction("() => location.hash.includes('measure=')");
    long[] measured = open.range("measure");
    assertThat(measured[1] - measured[0]).isBetween(490_000_000L, 510_000_000L);
    page.keyboard().press("Escape");
    assertThat(page.url()).doesNotContain("measure=");
  }

  @Test
  void theButtonMeasuresBetweenTwoClicks() {
    open.show("#/timeline?window=0-1000000000");
    open.awaitTimeline();
    page.locator("button:has-text('Measure')").click();
    BoundingBox box = page.locator(".timeline-canvas").boundingBox();
    page.mouse().click(box.x + box.width * 0.25, box.y + 100);
    // What is between the points is no matter.
    page.keyboard().press("ArrowDown");
    page.mouse().click(box.x + box.width * 0.5, box.y + 100);
    page.waitForFunction("() => location.hash.includes('measure=')");
    long[] measured = open.range("measure");
    assertThat(measured[1] - measured[0]).isBetween(240_000_000L, 260_000_000L);
  }

  @Test
  void aNumberIsAnIdBeforeItIsATime() {
    open.show("#/timeline");
    open.awaitTimeline();
    page.keyboard().press("/");
    page.keyboard().type("275");
    Locator hits = page.locator("#finder-hits li[role=option]");
    hits.first().waitFor();
    assertThat(hits.first().textContent()).contains("cpuburn1");
    // 275 s are behind the end of the recording.
    assertThat(hits.allTextContents()).noneMatch(text -> text.contains("Go to"));
    page.keyboard().press("Enter");
    page.waitForFunction("() => location.hash.includes('thing=')");
    open.settle();
    assertThat(page.locator("#finder-hits").isVisible()).isFalse();
  }

  @Test
  void recordsAreFoundByTheNameOfTheirEvent() {
    open.show("#/timeline?window=1000000000-2000000000");
    open.awaitTimeline();
    for (String text : List.of("sched_switch", "d_swit")) {
      page.keyboard().press("/");
      page.keyboard().type(text);
      Locator hit = page.locator("#finder-hits li[role=option]:has-text('sched_switch: ')").first();
      hit.waitFor();
      assertThat(hit.locator(".hit-kind").textContent()).isEqualTo("event");
      page.keyboard().press("Escape");
    }
  }

  @Test
  void latenciesAreBrushedInDotsAndInTheHistogram() {
    open.show("#/charts");
    open.settle();
    Locator dots = page.locator(".latency-plots canvas").first();
    dots.scrollIntoViewIfNeeded();
    open.settle();
    open.drag(dots, 0.3, 0.2, 0.6, 0.6);
    page.waitForFunction("() => /interval=/.test(location.hash) && /band=/.test(location.hash)");
    page.goBack();
    assertThat(page.url()).doesNotContain("band=");
    Locator bars = page.locator(".latency-plots canvas").nth(1);
    open.drag(bars, 0.5, 0.2, 0.5, 0.6);
    page.waitForFunction("() => /band=/.test(location.hash)");
    assertThat(page.url()).doesNotContain("interval=");
    long[] band = open.range("band");
    assertThat(band[0]).isLessThan(band[1]);
  }

  @Test
  void chartsByProcessAddUpToTheTables() throws IOException {
    open.show("#/charts");
    open.settle();
    Object sum =
        page.evaluate(
            """
            async () => {
              const { PROCESS_CHARTS, askProcesses } = await import('/charts/process-charts.js');
              const { Server } = await import('/core/server.js');
              const [trace] = await Server.traces();
              const about = PROCESS_CHARTS.find(one => one.table === 'syscall');
              const range = { begin: 0, end: trace.duration };
              const answer = await askProcesses(new Server(trace.id), trace, about, range, 50);
              const width = answer.times[1] - answer.times[0];
              const values = answer.series.flatMap(one => one.values);
              return Math.round(values.reduce((a, b) => a + b, 0) * width / 1e9);
            }
            """);
    String statement =
        "SELECT count(*) FROM syscall WHERE ts < (SELECT end_ts FROM recording_span)";
    Run run = Run.of("sql", TRACE.toString(), statement, "--format", "csv");
    long calls = Long.parseLong(run.stdout().lines().skip(1).findFirst().orElseThrow());
    assertThat(((Number) sum).longValue()).isEqualTo(calls);
    page.locator(".interval-table tbody tr.is-choice").first().click();
    open.settle();
    page.locator(".chart[data-chart=syscall-process]").scrollIntoViewIfNeeded();
    open.settle();
    open.picture("by-process");
  }

  @Test
  void aTraceWithoutSwitchesSaysWhatItLacks() throws IOException {
    try (OpenPage samples = OpenPage.of(Path.of("..", "examples", "stacks.perf.data"))) {
      samples.show("#/timeline");
      samples.awaitTimeline();
      Page other = samples.page();
      assertThat(other.locator(".not-recorded").textContent()).contains("sched_switch");
      assertThat(other.locator(".gutter-name").allTextContents()).contains("Events", "ls");
      samples.show("#/charts");
      samples.settle();
      assertThat(other.locator(".not-recorded li").allTextContents())
          .contains("CPU time of processes over time needs sched_switch");
      // How many records there are when is known of every trace.
      Locator records = other.locator(".chart[data-chart=records]");
      assertThat(records.locator(".chart-legend").textContent()).contains("cpu-clock");
      samples.show("#/overview");
      other.waitForSelector(".findings p");
      assertThat(other.locator(".findings").textContent()).contains("None of the");
      assertThat(samples.complaints()).isEqualTo(List.of());
    }
  }

  @Test
  void theFilterOfRowsFollowsTheAddressBack() {
    open.show("#/timeline");
    open.awaitTimeline();
    Locator filter = page.locator(".row-filter");
    filter.fill("cpuburn");
    page.waitForURL(Pattern.compile("rows=cpuburn").asPredicate());
    filter.fill("");
    page.waitForURL(Pattern.compile("rows=").asPredicate().negate());
    page.evaluate("location.hash = '#/timeline?rows=kworker'");
    page.waitForFunction("() => document.querySelector('.row-filter').value === 'kworker'");
    filter.focus();
    page.goBack();
    page.waitForFunction("() => document.querySelector('.row-filter').value === ''");
  }
}
