package dev.rideau.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Download;
import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.BoundingBox;
import com.microsoft.playwright.options.ColorScheme;
import java.io.IOException;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

/// The web page in a real browser, compared with what the command line says of the same trace.
@Tag("slow")
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
final class PageTest {
  private static final Path TRACE = Path.of("..", "examples", "cpuburn");
  private static final List<String> TABS =
      List.of("overview", "timeline", "charts", "tables", "events", "sql");

  private OpenPage open;
  private Page page;
  private long beginNs;

  @BeforeAll
  void open() throws IOException {
    open = OpenPage.of(TRACE);
    page = open.page();
    beginNs = Long.parseLong(sql("SELECT begin_ts FROM recording_span").getFirst());
  }

  @AfterAll
  void close() {
    if (open != null) {
      open.close();
    }
  }

  @BeforeEach
  void forget() {
    open.complaints().clear();
  }

  @Test
  void everyViewOpensWithoutComplaint() throws IOException {
    for (ColorScheme scheme : List.of(ColorScheme.LIGHT, ColorScheme.DARK)) {
      page.emulateMedia(new Page.EmulateMediaOptions().setColorScheme(scheme));
      for (String tab : TABS) {
        open.show("#/" + tab);
        if (tab.equals("timeline")) {
          open.awaitTimeline();
        }
        open.settle();
        assertThat(page.locator("#tab-" + tab).getAttribute("aria-selected")).isEqualTo("true");
        open.picture(tab + "-" + scheme.name().toLowerCase(java.util.Locale.ROOT));
      }
    }
    page.emulateMedia(new Page.EmulateMediaOptions().setColorScheme(ColorScheme.LIGHT));
    assertThat(page.locator(".message.is-error").count()).isZero();
    assertThat(open.complaints()).isEmpty();
  }

  @Test
  void findingsLeadToTheirPlaceInTime() {
    open.show("#/overview");
    Locator finding = page.locator(".card a.place").first();
    finding.waitFor();
    assertThat(page.locator(".card").count()).isPositive();
    finding.click();
    open.awaitTimeline();
    assertThat(page.url()).contains("#/timeline").contains("window=");
    assertThat(open.complaints()).isEmpty();
  }

  @Test
  void searchAndKeysZoomToAKnownEvent() throws IOException {
    String[] slice =
        sql("SELECT ts - "
                + beginNs
                + ", dur, tid FROM sched_slice JOIN thread USING (utid) WHERE name = 'cpuburn2'"
                + " ORDER BY dur DESC LIMIT 1")
            .getFirst()
            .split(",");
    long ts = Long.parseLong(slice[0]);
    long middle = ts + Long.parseLong(slice[1]) / 2;

    // Keys zoom at the pointer where it is over the timeline.
    page.mouse().move(1, 1);
    open.show("#/timeline");
    open.awaitTimeline();
    page.keyboard().press("/");
    page.keyboard().type(middle + "ns");
    page.locator("#finder-hits li").first().waitFor();
    page.keyboard().press("Enter");
    page.keyboard().down("w");
    page.waitForTimeout(700);
    page.keyboard().up("w");
    page.waitForTimeout(800);
    open.awaitTimeline();
    long[] window = open.range("window");
    assertThat(window[0]).isLessThan(middle);
    assertThat(window[1]).isGreaterThan(middle);
    assertThat(window[1] - window[0]).isLessThan(3_000_000_000L);

    click("cpuburn2", middle, window);
    Locator details = page.locator(".details");
    details.locator("h2").filter(new Locator.FilterOptions().setHasText("cpuburn2")).waitFor();
    assertThat(details.locator(".details-title").textContent()).containsIgnoringCase("running");
    open.picture("zoomed");
    assertThat(open.complaints()).isEmpty();
  }

  @Test
  void tableFollowsTheIntervalAsTheReportDoes() throws IOException {
    open.show("#/charts");
    Locator chart = page.locator(".chart[data-chart=cpu-process-over-time] canvas");
    chart.waitFor();
    open.settle();
    BoundingBox box = chart.boundingBox();
    double y = box.y + box.height / 2;
    page.mouse().move(box.x + box.width * 0.35, y);
    page.mouse().down();
    page.mouse().move(box.x + box.width * 0.5, y);
    page.mouse().move(box.x + box.width * 0.62, y);
    page.mouse().up();
    long[] interval = open.range("interval");
    Locator table = page.locator(".interval-table .table-scroller");
    page.waitForSelector(
        ".interval-table .table-scroller[data-interval='" + interval[0] + "-" + interval[1] + "']");

    List<List<String>> shown = rows(table);
    List<String> expected = report("cpu-process", interval, "-p", "limit=1000");
    assertThat(shown).hasSizeGreaterThan(3);
    for (int index = 0; index < Math.min(8, shown.size()); index++) {
      List<String> row = shown.get(index);
      String[] values = expected.get(index).split(",");
      assertThat(row.get(0)).isEqualTo(values[0]);
      assertThat(row.get(1)).isEqualTo(values[1]);
      assertThat(row.get(2)).isEqualTo(percent(values[2]));
      assertThat(row.get(4)).isEqualTo(values[4]);
      assertThat(row.get(5)).isEqualTo(values[5]);
    }

    table.locator("tbody tr[tabindex]").first().click();
    page.waitForSelector(".interval-table tr.is-chosen");
    assertThat(page.url()).contains("usage=");
    open.settle();
    open.picture("interval");

    page.goBack();
    assertThat(page.url()).doesNotContain("usage=").contains("interval=");
    page.goBack();
    assertThat(page.url()).doesNotContain("interval=");
    assertThat(open.complaints()).isEmpty();
  }

  @Test
  void aLinkLeadsToTheWaker() throws IOException {
    // A thread that another one woke, not an interrupt on top of the idle thread.
    String[] state =
        sql("SELECT s.ts - "
                + beginNs
                + ", t.tid, w.tid, w.name FROM thread_state s JOIN thread t USING (utid)"
                + " JOIN thread w ON w.utid = s.waker_utid"
                + " WHERE s.state = 'runnable' AND NOT w.is_idle AND s.waker_context = 'thread'"
                + " AND w.tid <> t.tid AND t.tid > 100 AND s.dur > 0 ORDER BY s.ts LIMIT 1")
            .getFirst()
            .split(",");
    long ts = Long.parseLong(state[0]);
    open.show("#/timeline");
    open.awaitTimeline();
    long row = threadRow(state[1]);
    open.show(
        "#/timeline?thing=" + row + "@" + ts + "&window=" + (ts - 500_000) + "-" + (ts + 500_000));
    Locator link = page.locator(".details a[data-rel=waker]");
    link.waitFor();
    open.awaitTimeline();
    open.picture("woken");
    link.click();
    page.waitForFunction(
        "name => document.querySelector('.details h2')?.textContent.includes(name)", state[3]);
    assertThat(page.url()).contains("thing=");
    open.awaitTimeline();
    open.picture("waker");
    assertThat(open.complaints()).isEmpty();
  }

  @Test
  void criticalPathIsDrawnForTheSelectedThread() throws IOException {
    open.show("#/timeline");
    open.awaitTimeline();
    page.keyboard().press("/");
    page.keyboard().type("cpuburn1");
    page.waitForSelector("#finder-hits li[role=option]:has-text('cpuburn1')");
    page.keyboard().press("Enter");
    page.waitForSelector(".details h2:has-text('cpuburn1')");
    page.keyboard().press("c");
    page.waitForSelector(".tools [aria-pressed=true]:has-text('Critical path')");
    open.awaitTimeline();
    assertThat(page.url()).contains("path=");
    open.picture("critical-path");
    page.keyboard().press("Escape");
    assertThat(page.url()).doesNotContain("path=");
    assertThat(open.complaints()).isEmpty();
  }

  @Test
  void statementsRunAndArePlotted() throws IOException {
    String statement =
        "SELECT name, count(*) AS calls FROM syscall GROUP BY name ORDER BY calls DESC, name";
    open.show("#/sql");
    Locator input = page.locator(".sql-input");
    input.fill(statement);
    input.press("Control+Enter");
    Locator table = page.locator(".sql-main .table-scroller");
    table.locator("tbody tr[aria-rowindex]").first().waitFor();
    List<String> expected = sql(statement);
    List<List<String>> shown = rows(table);
    assertThat(shown.getFirst()).isEqualTo(List.of(expected.getFirst().split(",")));
    assertThat(page.locator(".bars .bar-row").count()).isPositive();
    open.picture("statement");

    input.fill("SELECT name FROM thread_st");
    input.press("Control+Space");
    assertThat(page.locator(".completion li").first().textContent()).contains("thread_state");
    input.press("Escape");
    assertThat(open.complaints()).isEmpty();
  }

  @Test
  void statementsThatWriteAreRefused() {
    open.show("#/sql");
    page.locator(".sql-input").fill("COPY (SELECT 1) TO '/tmp/rideau-page-test'");
    page.locator(".sql-input").press("Control+Enter");
    page.locator(".sql-main .error-text").waitFor();
    assertThat(Path.of("/tmp/rideau-page-test")).doesNotExist();
  }

  @Test
  void reportsAreSavedAsFiles() throws IOException {
    open.show("#/tables?report=cpu-process&p.limit=5");
    page.locator(".report-main tbody tr[aria-rowindex]").first().waitFor();
    assertThat(rows(page.locator(".report-main .table-scroller"))).hasSize(5);
    List<String> saved = Files.readAllLines(saved("csv"));
    assertThat(saved.subList(1, saved.size()))
        .isEqualTo(report("cpu-process", null, "-p", "limit=5"));
    assertThat(Files.readString(saved("json"))).contains("cpuburn3");
    assertThat(Files.readString(saved("svg"))).startsWith("<svg");
    assertThat(
            new String(
                Files.readAllBytes(saved("parquet")),
                0,
                4,
                java.nio.charset.StandardCharsets.US_ASCII))
        .isEqualTo("PAR1");
    assertThat(open.complaints()).isEmpty();
  }

  @Test
  void tablesAreSortedByTheirHeadings() {
    open.show("#/tables?report=cpu-process&p.limit=1000");
    Locator table = page.locator(".report-main .table-scroller");
    table.locator("tbody tr[aria-rowindex]").first().waitFor();
    table.locator("thead button").nth(1).click();
    assertThat(table.locator("th").nth(1).getAttribute("aria-sort")).isEqualTo("descending");
    List<List<String>> rows = rows(table);
    long before = Long.MAX_VALUE;
    for (List<String> row : rows) {
      long pid = Long.parseLong(row.get(1));
      assertThat(pid).isLessThanOrEqualTo(before);
      before = pid;
    }
  }

  @Test
  void eventsScrollAndAreFiltered() throws IOException {
    open.show("#/events");
    Locator lines = page.locator(".events-table tbody tr");
    page.waitForSelector(".events-table .event-name");
    long total = Long.parseLong(sql("SELECT sum(events)::BIGINT FROM event_class").getFirst());
    assertThat(page.locator(".panel-events .tools .quiet-text").textContent())
        .startsWith(String.format(java.util.Locale.ENGLISH, "%,d", total));
    page.locator(".events-table").focus();
    page.keyboard().press("End");
    page.waitForFunction(
        "last => [...document.querySelectorAll('.events-table tbody tr td:first-child')].some(cell => cell.textContent === last)",
        String.format(java.util.Locale.ENGLISH, "%,d", total - 1));
    page.locator("input[aria-label='Names of events, with wildcards']").fill("sched_switch");
    page.waitForFunction(
        "() => /found/.test(document.querySelector('.panel-events .tools .quiet-text').textContent)"
            + " && [...document.querySelectorAll('.events-table .event-name')].every(cell => cell.textContent === 'sched_switch')"
            + " && document.querySelectorAll('.events-table .event-name').length > 5");
    assertThat(lines.count()).isPositive();
    open.picture("events-filtered");
    assertThat(open.complaints()).isEmpty();
  }

  @Test
  void keysAloneReachEverything() {
    open.show("#/overview");
    open.settle();
    page.keyboard().press("2");
    open.awaitTimeline();
    page.keyboard().press("ArrowDown");
    page.keyboard().press("ArrowDown");
    page.waitForSelector(".gutter-row[aria-selected=true]");
    page.keyboard().press("?");
    page.waitForSelector("dialog.help");
    page.keyboard().press("Escape");
    page.keyboard().press("4");
    assertThat(page.locator("#tab-tables").getAttribute("aria-selected")).isEqualTo("true");
    page.keyboard().press("Tab");
    Object outline = page.evaluate("() => getComputedStyle(document.activeElement).outlineStyle");
    assertThat(outline).isEqualTo("solid");
    // Whatever can be reached by keys says what it is.
    Object nameless =
        page.evaluate(
            "() => [...document.querySelectorAll('button, input, select, textarea, canvas')]"
                + ".filter(e => e.checkVisibility() && !(e.getAttribute('aria-label') || e.textContent.trim() || e.title || e.closest('label') || e.ariaHidden === 'true')).map(e => e.outerHTML)");
    assertThat((List<?>) nameless).isEmpty();
  }

  @Test
  void twiceAsLargeStillFits() throws IOException {
    page.setViewportSize(720, 450);
    try {
      for (String tab : TABS) {
        open.show("#/" + tab);
        open.settle();
        long wide = open.number("document.documentElement.scrollWidth");
        assertThat(wide).as(tab).isLessThanOrEqualTo(720);
        open.picture("large-" + tab);
      }
    } finally {
      page.setViewportSize(1440, 900);
    }
  }

  private void click(String rowName, long time, long[] window) {
    BoundingBox canvas = page.locator(".timeline-canvas").boundingBox();
    BoundingBox label =
        page.locator(".gutter-row")
            .filter(new Locator.FilterOptions().setHasText(rowName))
            .first()
            .boundingBox();
    double x = (double) (time - window[0]) / (window[1] - window[0]) * canvas.width;
    page.mouse().click(canvas.x + x, label.y + label.height / 2);
  }

  private long threadRow(String tid) {
    return open.number(
        "fetch('/api/traces').then(a => a.json())"
            + ".then(a => fetch('/api/traces/' + a.traces[0].id + '/timeline/rows')).then(a => a.json())"
            + ".then(a => a.rows.find(row => row.kind === 'thread' && row.tid === "
            + tid
            + ").id)");
  }

  private Path saved(String format) {
    Download download =
        page.waitForDownload(
            () -> page.locator(".report-head [data-format=" + format + "]").click());
    return download.path();
  }

  private static List<List<String>> rows(Locator table) {
    List<List<String>> rows = new ArrayList<>();
    for (Locator row : table.locator("tbody tr[aria-rowindex]").all()) {
      rows.add(row.locator("td").allTextContents());
    }
    return rows;
  }

  private static String percent(String value) {
    double number = Double.parseDouble(value);
    int digits = number != 0 && Math.abs(number) < 0.1 ? 3 : 1;
    return new BigDecimal(number).setScale(digits, RoundingMode.HALF_UP) + " %";
  }

  private List<String> report(String name, long @Nullable [] interval, String... more) {
    List<String> arguments =
        new ArrayList<>(List.of("report", name, TRACE.toString(), "--format", "csv"));
    if (interval != null) {
      arguments.add("--begin=" + absolute(interval[0]));
      arguments.add("--end=" + absolute(interval[1]));
    }
    arguments.addAll(List.of(more));
    return lines(Run.of(arguments.toArray(String[]::new)));
  }

  /// Seconds since 1970, as the command line takes them.
  private String absolute(long relativeNs) {
    long ns = beginNs + relativeNs;
    return "%d.%09d".formatted(ns / 1_000_000_000, ns % 1_000_000_000);
  }

  private static List<String> sql(String statement) {
    return lines(Run.of("sql", TRACE.toString(), statement, "--format", "csv"));
  }

  private static List<String> lines(Run run) {
    assertThat(run.exitCode()).as(run.stderr()).isZero();
    List<String> lines = run.stdout().lines().toList();
    return lines.subList(1, lines.size());
  }
}
