package dev.rideau.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.microsoft.playwright.Browser;
import com.microsoft.playwright.BrowserType;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.Playwright;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/// How long it takes from the start of the program until the page has painted lanes of the trace,
/// and until all of it is there; without kept facts. Prints what it measured.
///
/// `RIDEAU_PAGE_TRACE` names another trace, `RIDEAU_COMMAND` the program in place of this build's
/// classes, `RIDEAU_PAINT_CACHE` anything to use and keep facts. The browser runs before: people
/// have one open.
@Tag("slow")
final class FirstPaintTest {
  private static final String PAINTED =
      "() => document.querySelector('.timeline-canvas')?.isComplete === true"
          + " && document.querySelectorAll('.gutter-row').length > 1";
  private static final String WHOLE = PAINTED + " && document.body.dataset.complete === 'true'";

  @Test
  void lanesArePaintedBeforeAllFactsAreThere() throws IOException, InterruptedException {
    Path chromium = OpenPage.chromium();
    assumeTrue(chromium != null, "no Chromium: apt-get install chromium, or set RIDEAU_CHROMIUM");
    String named = System.getenv("RIDEAU_PAGE_TRACE");
    Path trace = named == null ? Path.of("..", "examples", "cpuburn") : Path.of(named);
    try (Playwright playwright =
            Playwright.create(
                new Playwright.CreateOptions()
                    .setEnv(Map.of("PLAYWRIGHT_SKIP_BROWSER_DOWNLOAD", "1")));
        Browser browser =
            playwright
                .chromium()
                .launch(
                    new BrowserType.LaunchOptions()
                        .setExecutablePath(chromium)
                        .setArgs(List.of("--no-sandbox", "--disable-gpu")))) {
      Page page = browser.newPage(new Browser.NewPageOptions().setViewportSize(1440, 900));
      page.setDefaultTimeout(240_000);
      page.navigate("about:blank");
      measure(page, trace);
    }
  }

  private static void measure(Page page, Path trace) throws IOException, InterruptedException {
    long begin = System.nanoTime();
    try (ServeProgram program = ServeProgram.start(command(trace))) {
      String address = program.address();
      long listens = System.nanoTime() - begin;
      // Where no facts are needed for it: with kept ones the timeline is there at once as well.
      page.navigate(address + "#/timeline");
      page.waitForFunction(PAINTED);
      long painted = System.nanoTime() - begin;
      Duration cpu = program.cpuTime();
      page.waitForFunction(WHOLE);
      long whole = System.nanoTime() - begin;
      Duration cpuOfAll = program.cpuTime();
      System.out.printf(
          "page: %s: address %.2f s, first lanes %.2f s (CPU %.2f s), everything %.2f s (CPU %.2f s)%n",
          trace.getFileName(),
          listens / 1e9,
          painted / 1e9,
          cpu.toNanos() / 1e9,
          whole / 1e9,
          cpuOfAll.toNanos() / 1e9);
      assertThat(painted).isLessThanOrEqualTo(whole);
      program.end();
    }
  }

  private static List<String> command(Path trace) {
    String program = System.getenv("RIDEAU_COMMAND");
    List<String> command = program == null ? Run.command() : new ArrayList<>(List.of(program));
    command.addAll(List.of("serve", trace.toString()));
    if (System.getenv("RIDEAU_PAINT_CACHE") == null) {
      command.add("--no-cache");
    }
    return command;
  }
}
