package dev.rideau.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.BoundingBox;
import com.microsoft.playwright.options.ColorScheme;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.TimeZone;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

/// The web page in a real browser, compared with what the command line says of the same trace.
@Tag("slow")
final class PageTest {
  private static final Path TRACE = Path.of("..", "examples", "cpuburn");
  private static final List<String> TABS =
      List.of("overview", "timeline", "charts", "tables", "events", "sql");

  @RegisterExtension static final PageExtension PAGES = new PageExtension(TRACE);

  private final OpenPage open = PAGES.open();
  private final Page page = open.page();

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
  }

  @Test
  void aClosedProcessHasTheColorOfNoThread() {
    open.show("#/timeline");
    open.awaitTimeline();
    assertThat(page.locator(".legend").textContent()).contains("process of several threads");
    Object colors =
        page.evaluate(
            """
            () => [...document.querySelectorAll('.legend li')]
              .map(item => getComputedStyle(item.querySelector('.legend-sample span')).backgroundColor)
            """);
    // Interrupts look the same in a thread and on a CPU.
    assertThat(new HashSet<>((List<?>) colors)).hasSizeGreaterThan(10);
    Object same =
        page.evaluate(
            """
            async () => {
              const { Styles } = await import('/timeline/styles.js');
              const { Palette } = await import('/core/colors.js');
              const codes = [{code: 1, key: 'running', name: ''}, {code: 2, key: 'running-user', name: ''}, {code: 3, key: 'running-syscall', name: ''}];
              const styles = new Styles(codes, new Palette());
              const process = styles.of(1, '', 'process').color;
              return [styles.of(1, '', 'thread').color, styles.of(2, '').color, styles.of(3, '').color].includes(process);
            }
            """);
    assertThat(same).isEqualTo(false);
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
  }

  @Test
  void searchAndKeysZoomToAKnownEvent() throws IOException {
    String[] slice =
        open.sql(
                "SELECT ts - "
                    + beginNs()
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

    List<List<String>> shown = OpenPage.rows(table);
    List<String> expected =
        open.report(
            "cpu-process",
            "--begin=" + absolute(interval[0]),
            "--end=" + absolute(interval[1]),
            "-p",
            "limit=1000");
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

    table.locator("tbody tr.is-choice").first().click();
    page.waitForSelector(".interval-table tr.is-chosen");
    assertThat(page.url()).contains("usage=");
    open.settle();
    open.picture("interval");

    page.goBack();
    assertThat(page.url()).doesNotContain("usage=").contains("interval=");
    page.goBack();
    assertThat(page.url()).doesNotContain("interval=");
  }

  @Test
  void aLinkLeadsToTheWaker() throws IOException {
    // A thread that another one woke, not an interrupt on top of the idle thread.
    String[] state =
        open.sql(
                "SELECT s.ts - "
                    + beginNs()
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
  }

  @Test
  void twiceAsLargeAndNarrowStillFit() throws IOException {
    try {
      for (int[] size : List.of(new int[] {720, 450}, new int[] {420, 800})) {
        page.setViewportSize(size[0], size[1]);
        for (String tab : TABS) {
          open.show("#/" + tab);
          open.settle();
          long wide = open.number("document.documentElement.scrollWidth");
          assertThat(wide).as(tab).isLessThanOrEqualTo(size[0]);
          open.picture((size[0] == 720 ? "large-" : "narrow-") + tab);
        }
      }
    } finally {
      page.setViewportSize(1440, 900);
    }
  }

  @Test
  void aTimeOfAFindingIsUnderstoodInAnyZone() throws IOException {
    TimeZone zone = TimeZone.getTimeZone("America/New_York");
    try (OpenPage far = OpenPage.of(List.of(TRACE), zone)) {
      far.show("#/overview");
      Page other = far.page();
      Locator woken = other.locator(".card p:has-text('was woken at')");
      woken.waitFor();
      assertThat(other.locator(".facts").first().textContent()).contains("UTC-05:00");
      String clock = woken.textContent().replaceAll(".*woken at ([0-9:.]+[0-9]).*", "$1");
      other.keyboard().press("/");
      other.keyboard().insertText(clock);
      other.locator("#finder-hits li[role=option]").first().waitFor();
      other.keyboard().press("Enter");
      far.awaitTimeline();
      // When the longest wait for a CPU began, as the command line has it.
      long begin = Long.parseLong(far.sql("SELECT begin_ts FROM recording_span").getFirst());
      long wakeup =
          Long.parseLong(
              far.sql("SELECT ts FROM wakeup ORDER BY latency DESC NULLS LAST LIMIT 1").getFirst());
      long[] window = far.range("window");
      assertThat(wakeup - begin).isBetween(window[0], window[1]);
      assertThat(far.complaints()).isEmpty();
    }
  }

  @Test
  void damageIsToldWithItsPlaceAndTracesByTheirFolders(@TempDir Path folder) throws IOException {
    Path cut = copy(folder.resolve("cut/kernel"));
    Path whole = copy(folder.resolve("whole/kernel"));
    try (RandomAccessFile file = new RandomAccessFile(cut.resolve("kchan_1").toFile(), "rw")) {
      file.setLength(file.length() / 2);
    }
    try (OpenPage damaged = OpenPage.of(List.of(cut, whole), TimeZone.getTimeZone("UTC"))) {
      damaged.show("#/overview");
      Page other = damaged.page();
      Locator wrong = other.locator("section[aria-label=Damage]");
      wrong.waitFor();
      assertThat(wrong.textContent()).contains("kchan_1").contains("packet ");
      Locator losses = other.locator("section[aria-label='Missing records']");
      assertThat(losses.textContent()).contains("CPU 1").contains("rideau report losses");
      assertThat(other.locator("header option").allTextContents())
          .containsExactly("cut/kernel", "whole/kernel");
      assertThat(other.locator("header option").first().getAttribute("title"))
          .isEqualTo(cut.toString());
      damaged.picture("damage");
      losses.locator("li a").first().click();
      damaged.awaitTimeline();
      assertThat(other.url()).contains("#/timeline").contains("interval=");
      assertThat(damaged.complaints()).isEmpty();
    }
  }

  private static Path copy(Path to) throws IOException {
    Path from = TRACE.resolve("kernel");
    try (Stream<Path> files = Files.walk(from)) {
      for (Path file : files.toList()) {
        Path target = to.resolve(from.relativize(file).toString());
        if (Files.isDirectory(file)) {
          Files.createDirectories(target);
        } else {
          Files.copy(file, target);
        }
      }
    }
    return to;
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

  private static String percent(String value) {
    double number = Double.parseDouble(value);
    int digits = number != 0 && Math.abs(number) < 0.1 ? 3 : 1;
    return new BigDecimal(number).setScale(digits, RoundingMode.HALF_UP) + " %";
  }

  private long beginNs() {
    return Long.parseLong(open.sql("SELECT begin_ts FROM recording_span").getFirst());
  }

  /// Seconds since 1970, as the command line takes them.
  private String absolute(long relativeNs) {
    long ns = beginNs() + relativeNs;
    return "%d.%09d".formatted(ns / 1_000_000_000, ns % 1_000_000_000);
  }
}
