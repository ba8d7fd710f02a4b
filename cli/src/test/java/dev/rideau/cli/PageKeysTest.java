package dev.rideau.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Keyboard;
import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.BoundingBox;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/// What the page does for people without a mouse: here nothing is clicked, dragged or hovered over.
@Tag("slow")
final class PageKeysTest {
  private static final Path TRACE = Path.of("..", "examples", "cpuburn");

  /// More than there are places where Tab can stop.
  private static final int MOST_STOPS = 120;

  @RegisterExtension static final PageExtension PAGES = new PageExtension(TRACE);

  private final OpenPage open = PAGES.open();
  private final Page page = open.page();
  private final Keyboard keys = page.keyboard();

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
  void tabsLeadThroughThePageWithTheFocusInSight() {
    open.show("#/timeline");
    open.awaitTimeline();
    page.locator(".skip-link").focus();
    for (int i = 0; i < 12; i++) {
      page.keyboard().press("Tab");
      Object outline =
          page.evaluate(
              "() => { const e = document.activeElement; const s = getComputedStyle(e);"
                  + " return e === document.body || s.outlineStyle !== 'none' || s.boxShadow !== 'none'"
                  + " ? '' : e.outerHTML.slice(0, 200); }");
      assertThat(outline).as("something focused that does not show it").isEqualTo("");
    }
  }

  @Test
  void timeIsMeasuredWhereKeysMove() {
    open.show("#/timeline?window=0-1000000000");
    open.awaitTimeline();
    tabTo("Timeline.");
    keys.press("m");
    keys.down("d");
    page.waitForFunction("() => Number(/window=(\\d+)/.exec(location.hash)[1]) > 5e7");
    keys.up("d");
    open.awaitTimeline();
    keys.press("m");
    page.waitForFunction("() => location.hash.includes('measure=')");
    long[] measured = open.range("measure");
    long[] window = open.range("window");
    // From the middle of the first window to that of the second.
    assertThat(measured[0]).isBetween(490_000_000L, 510_000_000L);
    assertThat(measured[1]).isBetween(window[0] + 400_000_000L, window[0] + 600_000_000L);
    keys.press("Escape");
    assertThat(page.url()).doesNotContain("measure=");
  }

  @Test
  void timeIsMeasuredFromStateToState() {
    open.show("#/timeline?window=2000000000-3000000000");
    open.awaitTimeline();
    tabTo("Timeline.");
    keys.press("ArrowDown");
    keys.press("ArrowDown");
    long first = step();
    keys.press("m");
    long second = step();
    keys.press("m");
    page.waitForFunction("() => location.hash.includes('measure=')");
    assertThat(open.range("measure")).containsExactly(first, second);
  }

  @Test
  void marksAreVisitedOneAfterTheOther() {
    open.show("#/timeline");
    open.awaitTimeline();
    page.waitForFunction(
        "() => fetch('/api/traces').then(a => a.json()).then(a => a.traces[0].state === 'ready')");
    tabTo("Timeline.");
    keys.press("b");
    keys.press("n");
    Locator kind = page.locator(".details-kind");
    kind.waitFor();
    String told = page.locator(".details").textContent();
    keys.press("Shift+n");
    keys.press("n");
    assertThat(page.locator(".details").textContent()).isEqualTo(told);
    keys.press("Escape");
    page.waitForFunction("() => !location.hash.includes('mark=')");
  }

  @Test
  void theAddressHasTheMarkAndTheRowsInSight() {
    try {
      page.setViewportSize(1440, 420);
      open.show("#/timeline?idle=1");
      open.awaitTimeline();
      tabTo("Timeline.");
      keys.press("n");
      page.waitForFunction("() => location.hash.includes('mark=')");
      keys.press("PageDown");
      page.waitForFunction("() => location.hash.includes('top=')");
      Locator names = page.locator(".gutter-rows .gutter-name");
      List<String> rows = names.allTextContents();
      String told = page.locator(".details").textContent();
      open.show(page.url().substring(page.url().indexOf('#')));
      open.awaitTimeline();
      page.waitForSelector(".details-kind");
      assertThat(page.locator(".details").textContent()).isEqualTo(told);
      assertThat(names.first().textContent()).isEqualTo(rows.getFirst());
    } finally {
      page.setViewportSize(1440, 900);
    }
  }

  @Test
  void aLinkOpensTheGroupOfItsRow() {
    open.show("#/timeline");
    open.awaitTimeline();
    Object hidden =
        page.evaluate(
            """
            async () => {
              const { Server } = await import('/core/server.js');
              const [trace] = await Server.traces();
              const { rows } = await new Server(trace.id).rows();
              const kernel = rows.find(row => row.kind === 'process' && row.upid === null);
              const thread = rows.filter(row => row.parent === kernel.id && row.busy > 0).at(-1);
              return [thread.name, `${thread.id}@${thread.begin}`];
            }
            """);
    List<?> thread = (List<?>) hidden;
    assertThat(page.locator(".gutter-row").allTextContents()).doesNotContain(thread.get(0) + "");
    open.show("#/timeline?thing=" + thread.get(1));
    Locator row = page.locator(".gutter-row[aria-selected=true] .gutter-name");
    row.waitFor();
    assertThat(row.textContent()).isEqualTo(thread.get(0));
    BoundingBox canvas = page.locator(".timeline-canvas").boundingBox();
    assertThat(row.boundingBox().y).isLessThan(canvas.y + canvas.height);
    assertThat(page.url()).contains("open=");
  }

  @Test
  void anIntervalIsSelectedInAChart() throws IOException {
    open.show("#/charts");
    open.settle();
    Locator chart = tabTo("CPU time of processes over time");
    keys.press("Home");
    keys.press("PageDown");
    assertThat(page.locator(".tooltip:visible").count()).isEqualTo(1);
    assertThat(chart.getAttribute("aria-valuetext")).isNotEmpty();
    keys.down("Shift");
    keys.press("PageDown");
    keys.press("PageDown");
    keys.up("Shift");
    page.waitForFunction("() => location.hash.includes('interval=')");
    long[] interval = open.range("interval");
    page.waitForSelector(
        ".interval-table .table-scroller[data-interval='" + interval[0] + "-" + interval[1] + "']");
    open.picture("interval-by-keys");

    // A process of the table below, and its row on the timeline.
    tabTo("Processes in the interval");
    keys.press("ArrowDown");
    keys.press("Enter");
    page.waitForSelector(".interval-table tr.is-chosen");
    assertThat(page.url()).contains("usage=");
    keys.press("ArrowRight");
    keys.press("Enter");
    open.awaitTimeline();
    assertThat(page.url()).contains("#/timeline").contains("thing=");
  }

  @Test
  void latenciesAreBrushedAndFollowed() throws IOException {
    open.show("#/charts");
    open.settle();
    tabTo("Histogram of latencies");
    open.settle();
    keys.press("ArrowUp");
    keys.press("ArrowUp");
    keys.down("Shift");
    keys.press("ArrowUp");
    keys.up("Shift");
    page.waitForFunction("() => location.hash.includes('band=')");
    long[] band = open.range("band");
    assertThat(band[0]).isLessThan(band[1]);
    assertThat(page.url()).doesNotContain("interval=");
    keys.press("Escape");
    assertThat(page.url()).doesNotContain("band=");

    keys.press("Shift+Tab");
    keys.press("ArrowRight");
    keys.press("ArrowUp");
    keys.down("Shift");
    for (int i = 0; i < 4; i++) {
      keys.press("ArrowRight");
      keys.press("ArrowDown");
    }
    keys.up("Shift");
    page.waitForFunction("() => /interval=/.test(location.hash) && /band=/.test(location.hash)");
    open.settle();
    open.picture("dots-by-keys");
    keys.press("ArrowRight");
    String before = page.url();
    keys.press("Enter");
    open.awaitTimeline();
    assertThat(page.url()).contains("#/timeline").contains("thing=");
    // One choice is one step back.
    page.goBack();
    assertThat(page.url()).isEqualTo(before);
  }

  @Test
  void recordsAreChosenAndShownOnTheTimeline() {
    open.show("#/events");
    page.waitForSelector(".events-table .event-name");
    tabTo("Event records");
    keys.press("ArrowDown");
    keys.press("ArrowDown");
    Locator chosen = page.locator(".events-table tr.is-chosen");
    assertThat(chosen.locator("td").first().textContent()).isEqualTo("1");
    assertThat(page.locator(".event-detail h3").textContent())
        .isEqualTo(chosen.locator(".event-name").textContent());
    keys.press("PageDown");
    assertThat(chosen.count()).isEqualTo(1);
    assertThat(chosen.locator("td").first().textContent()).isNotEqualTo("1");
    keys.press("Enter");
    open.awaitTimeline();
    assertThat(page.url()).contains("#/timeline").contains("window=");
  }

  /// The state after the selected one; returns its begin.
  private long step() {
    String before = page.url();
    keys.press(".");
    page.waitForFunction("url => location.href !== url", before);
    open.settle();
    return Long.parseLong(page.url().replaceAll(".*thing=[0-9]+%40([0-9]+).*", "$1"));
  }

  /// Goes from stop to stop until something of this name has the focus.
  private Locator tabTo(String name) {
    for (int i = 0; i < MOST_STOPS; i++) {
      Object label = page.evaluate("() => document.activeElement?.getAttribute('aria-label')");
      if (label instanceof String known && known.startsWith(name)) {
        return page.locator("*:focus");
      }
      keys.press("Tab");
    }
    throw new AssertionError("Tab does not reach " + name);
  }
}
