package dev.rideau.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.microsoft.playwright.Browser;
import com.microsoft.playwright.BrowserContext;
import com.microsoft.playwright.BrowserType;
import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.Playwright;
import com.microsoft.playwright.options.BoundingBox;
import com.microsoft.playwright.options.ColorScheme;
import com.microsoft.playwright.options.WaitForSelectorState;
import dev.rideau.server.ServerOptions;
import dev.rideau.server.TraceServer;
import dev.rideau.tables.DatabaseOptions;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TimeZone;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// A trace shown by the server in a real browser, as a person sees it.
///
/// Needs Chromium: `apt-get install chromium`, or its path in `RIDEAU_CHROMIUM`. Nothing is
/// fetched; the browser's driver comes with the tests' libraries.
final class OpenPage implements AutoCloseable {
  private static final Path SCREENSHOTS = Path.of("target", "page");
  private static final int WIDTH = 1440;
  private static final int HEIGHT = 900;

  private final TraceServer server;
  private final Playwright playwright;
  private final Browser browser;
  private final BrowserContext context;
  private final Page page;
  private final Path trace;
  private final List<String> complaints = new ArrayList<>();
  private final long startedNs;

  private OpenPage(List<Path> traces, TimeZone zone, Playwright playwright, Path chromium)
      throws IOException {
    trace = traces.getFirst();
    this.playwright = playwright;
    browser =
        playwright
            .chromium()
            .launch(
                new BrowserType.LaunchOptions()
                    .setExecutablePath(chromium)
                    // Tests run as root in containers, where the sandbox cannot be had.
                    .setArgs(List.of("--no-sandbox", "--disable-gpu")));
    context =
        browser.newContext(
            new Browser.NewContextOptions()
                .setViewportSize(WIDTH, HEIGHT)
                .setAcceptDownloads(true)
                .setColorScheme(ColorScheme.LIGHT));
    page = context.newPage();
    page.setDefaultTimeout(60_000);
    startedNs = System.nanoTime();
    server = TraceServer.start(traces, options(zone));
    page.onConsoleMessage(message -> {
      if (message.type().equals("error") || message.type().equals("warning")) {
        complaints.add(message.type() + ": " + message.text());
      }
    });
    page.onPageError(error -> complaints.add("error: " + error));
    page.onRequest(request -> {
      if (!request.url().startsWith(server.url()) && request.url().startsWith("http")) {
        complaints.add("asks another machine: " + request.url());
      }
    });
  }

  /// Opens a trace; skips the test where there is no browser.
  static OpenPage of(Path trace) throws IOException {
    return of(List.of(trace), TimeZone.getDefault());
  }

  /// The same of several, of which one can be chosen.
  ///
  /// @param zone whose time of day is shown
  static OpenPage of(List<Path> traces, TimeZone zone) throws IOException {
    Path chromium = chromium();
    assumeTrue(chromium != null, "no Chromium: apt-get install chromium, or set RIDEAU_CHROMIUM");
    Playwright playwright =
        Playwright.create(
            new Playwright.CreateOptions().setEnv(Map.of("PLAYWRIGHT_SKIP_BROWSER_DOWNLOAD", "1")));
    return new OpenPage(traces, zone, playwright, chromium);
  }

  private static ServerOptions options(TimeZone zone) {
    ServerOptions usual =
        ServerOptions.local("test", Readers.ALL, DatabaseOptions.of(diagnostic -> {}));
    return new ServerOptions(
        usual.address(),
        usual.port(),
        usual.token(),
        usual.version(),
        usual.readers(),
        usual.database(),
        usual.catalog(),
        usual.opensOthers(),
        usual.areTogether(),
        usual.origins(),
        zone);
  }

  /// The browser; null when there is none.
  static @Nullable Path chromium() {
    String named = System.getenv("RIDEAU_CHROMIUM");
    List<String> places =
        named != null
            ? List.of(named)
            : List.of("/usr/bin/chromium", "/usr/bin/chromium-browser", "/usr/bin/google-chrome");
    return places.stream().map(Path::of).filter(Files::isExecutable).findFirst().orElse(null);
  }

  /// Nanoseconds since the server was asked to start.
  long elapsedNs() {
    return System.nanoTime() - startedNs;
  }

  Page page() {
    return page;
  }

  Path trace() {
    return trace;
  }

  /// What the browser's console and network complained of.
  List<String> complaints() {
    return complaints;
  }

  /// Goes to an address of the page, such as `#/charts`.
  void show(String address) {
    // Another hash alone would keep the page, with what an earlier test left in it.
    page.navigate("about:blank");
    page.navigate(server.url() + address);
    // Until all facts are there, only what records tell is shown.
    page.waitForSelector("body[data-complete=true] main .panel:not([hidden])");
  }

  /// Waits until nothing is asked of the server any more.
  void settle() {
    page.waitForTimeout(400);
    page.waitForSelector(
        ".busy-line[hidden]",
        new Page.WaitForSelectorOptions().setState(WaitForSelectorState.ATTACHED));
  }

  /// Waits until the timeline shows all that is in sight.
  void awaitTimeline() {
    page.waitForSelector(".timeline-canvas");
    page.waitForFunction("() => document.querySelector('.timeline-canvas').isComplete === true");
    settle();
  }

  /// Two numbers of the address, such as `window` or `interval`.
  long[] range(String name) {
    Matcher matcher = Pattern.compile("[?&]" + name + "=(-?\\d+)-(-?\\d+)").matcher(page.url());
    if (!matcher.find()) {
      throw new AssertionError("no " + name + " in " + page.url());
    }
    return new long[] {Long.parseLong(matcher.group(1)), Long.parseLong(matcher.group(2))};
  }

  /// A whole number that an expression of the page has.
  long number(String expression) {
    return ((Number) page.evaluate(expression)).longValue();
  }

  /// Keeps a picture for people to look at, under `target/page`.
  void picture(String name) throws IOException {
    Files.createDirectories(SCREENSHOTS);
    page.screenshot(new Page.ScreenshotOptions().setPath(SCREENSHOTS.resolve(name + ".png")));
  }

  /// Texts of the rows of a table that are in sight.
  static List<List<String>> rows(Locator table) {
    List<List<String>> rows = new ArrayList<>();
    for (Locator row : table.locator("tbody tr[aria-rowindex]").all()) {
      rows.add(row.locator("td").allTextContents());
    }
    return rows;
  }

  /// Drags over a canvas, between places in parts of its width and height.
  void drag(Locator canvas, double x0, double y0, double x1, double y1) {
    BoundingBox box = canvas.boundingBox();
    page.mouse().move(box.x + box.width * x0, box.y + box.height * y0);
    page.mouse().down();
    page.mouse().move(box.x + box.width * (x0 + x1) / 2, box.y + box.height * (y0 + y1) / 2);
    page.mouse().move(box.x + box.width * x1, box.y + box.height * y1);
    page.mouse().up();
  }

  /// What the command line answers to a statement about the trace: lines of CSV without heading.
  List<String> sql(String statement) {
    return lines(Run.of("sql", trace.toString(), statement, "--format", "csv"));
  }

  /// The same of a report.
  List<String> report(String name, String... more) {
    List<String> arguments =
        new ArrayList<>(List.of("report", name, trace.toString(), "--format", "csv"));
    arguments.addAll(List.of(more));
    return lines(Run.of(arguments.toArray(String[]::new)));
  }

  private static List<String> lines(Run run) {
    assertThat(run.exitCode()).as(run.stderr()).isZero();
    List<String> lines = run.stdout().lines().toList();
    return lines.subList(1, lines.size());
  }

  @Override
  public void close() {
    context.close();
    browser.close();
    playwright.close();
    server.close();
  }
}
