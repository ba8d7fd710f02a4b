package dev.rideau.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Download;
import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.BoundingBox;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/// Tables of the page: reports, records, and what statements answer.
@Tag("slow")
final class PageTablesTest {
  private static final Path TRACE = Path.of("..", "examples", "cpuburn");

  /// Position of the last switch among all records.
  private static final String LAST_SWITCH =
      "SELECT max(place) AS place FROM (SELECT row_number() OVER (ORDER BY ts) - 1 AS place, event"
          + " FROM events('*')) WHERE event = 'sched_switch'";

  @RegisterExtension static final PageExtension PAGES = new PageExtension(TRACE);

  private final OpenPage open = PAGES.open();
  private final Page page = open.page();

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
    List<String> expected = open.sql(statement);
    List<List<String>> shown = OpenPage.rows(table);
    assertThat(shown.getFirst()).isEqualTo(List.of(expected.getFirst().split(",")));
    assertThat(page.locator(".bars .bar-row").count()).isPositive();
    open.picture("statement");

    input.fill("SELECT name FROM thread_st");
    input.press("Control+Space");
    assertThat(page.locator(".completion li").first().textContent()).contains("thread_state");
    input.press("Escape");
  }

  @Test
  void statementsThatWriteAreRefused() {
    open.show("#/sql");
    page.locator(".sql-input").fill("COPY (SELECT 1) TO '/tmp/rideau-page-test'");
    page.locator(".sql-input").press("Control+Enter");
    page.locator(".sql-main .error-text").waitFor();
    // The browser tells of the refusal as well.
    open.complaints().clear();
    assertThat(Path.of("/tmp/rideau-page-test")).doesNotExist();
  }

  @Test
  void reportsAreSavedAsFiles() throws IOException {
    open.show("#/tables?report=cpu-process&p.limit=5");
    page.locator(".report-main tbody tr[aria-rowindex]").first().waitFor();
    assertThat(OpenPage.rows(page.locator(".report-main .table-scroller"))).hasSize(5);
    List<String> saved = Files.readAllLines(saved("csv"));
    assertThat(saved.subList(1, saved.size()))
        .isEqualTo(open.report("cpu-process", "-p", "limit=5"));
    assertThat(Files.readString(saved("json"))).contains("cpuburn3");
    assertThat(Files.readString(saved("svg"))).startsWith("<svg");
    assertThat(new String(Files.readAllBytes(saved("parquet")), 0, 4, StandardCharsets.US_ASCII))
        .isEqualTo("PAR1");
  }

  @Test
  void tablesAreSortedByTheirHeadings() {
    open.show("#/tables?report=cpu-process&p.limit=1000");
    Locator table = page.locator(".report-main .table-scroller");
    table.locator("tbody tr[aria-rowindex]").first().waitFor();
    table.locator("thead button").nth(1).click();
    assertThat(table.locator("th").nth(1).getAttribute("aria-sort")).isEqualTo("descending");
    List<List<String>> rows = OpenPage.rows(table);
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
    long total = Long.parseLong(open.sql("SELECT sum(events)::BIGINT FROM event_class").getFirst());
    assertThat(page.locator(".panel-events .tools .quiet-text").textContent())
        .startsWith(String.format(Locale.ENGLISH, "%,d", total));
    page.locator(".events-table").focus();
    page.keyboard().press("End");
    page.waitForFunction(
        "last => [...document.querySelectorAll('.events-table tbody tr td:first-child')].some(cell => cell.textContent === last)",
        String.format(Locale.ENGLISH, "%,d", total - 1));
    page.locator("input[aria-label='Names of events, with wildcards']").fill("sched_switch");
    page.waitForFunction(
        "() => /found/.test(document.querySelector('.panel-events .tools .quiet-text').textContent)"
            + " && [...document.querySelectorAll('.events-table .event-name')].every(cell => cell.textContent === 'sched_switch')"
            + " && document.querySelectorAll('.events-table .event-name').length > 5");
    assertThat(lines.count()).isPositive();
    open.picture("events-filtered");
    // They are in the order of time; a statement has them in any other.
    assertThat(page.locator(".events-table th[aria-sort=ascending]").textContent())
        .startsWith("time");
    page.locator("button:has-text('Sort in SQL')").click();
    page.locator(".sql-main tbody tr[aria-rowindex]").first().waitFor();
    assertThat(page.locator(".sql-input").inputValue()).contains("events('sched_switch'");
  }

  @Test
  void aFilteredTableIsScrolledToItsEndAndBack() {
    open.show("#/events?events=sched_switch");
    Locator lines = page.locator(".events-table tbody tr");
    lines.first().waitFor();
    String first = lines.first().locator("td").first().textContent();
    page.locator(".events-table").focus();
    page.keyboard().press("End");
    String index = open.sql(LAST_SWITCH).getFirst();
    page.waitForFunction(
        "index => [...document.querySelectorAll('.events-table tbody tr')]"
            + ".at(-1)?.firstChild.textContent.replaceAll(',', '') === index",
        index);
    page.keyboard().press("Home");
    page.waitForFunction(
        "first => document.querySelector('.events-table tbody td')?.textContent === first", first);
  }

  @Test
  void numbersOfMoreThanFiftyThreeBitsKeepTheirDigits() {
    open.show("#/sql");
    Locator table =
        run(
            "SELECT n, n - 9007199254740993 AS more FROM (VALUES (12345678901234567::HUGEINT),"
                + " (18446744073709551615), (-9007199254740993), (12345678901234566), (3)) t(n)");
    assertThat(numbers(table))
        .containsExactly(
            "12,345,678,901,234,567",
            "18,446,744,073,709,551,615",
            "-9,007,199,254,740,993",
            "12,345,678,901,234,566",
            "3");
    table.locator("thead button").first().click();
    assertThat(numbers(table))
        .containsExactly(
            "18,446,744,073,709,551,615",
            "12,345,678,901,234,567",
            "12,345,678,901,234,566",
            "3",
            "-9,007,199,254,740,993");
  }

  @Test
  void plotsTellLongNumbersWithAllDigits() {
    open.show("#/sql");
    run("SELECT 1795322485947208221 + range * 10 AS place, 3 AS tall FROM range(5)");
    page.selectOption("select[aria-label='Kind of plot']", "scatter");
    page.selectOption("select[aria-label=Horizontal]", "place");
    page.selectOption("select[aria-label=Vertical]", "tall");
    Locator canvas = page.locator(".sql-main canvas");
    // The axis counts from the first of them: a plain number could not tell them apart.
    assertThat(page.locator(".sql-main .chart-legend").textContent())
        .contains("1,795,322,485,947,208,221");
    BoundingBox box = canvas.boundingBox();
    // The second of five dots between the margins of the plot.
    double x = box.x + 70 + (box.width - 82) / 4;
    for (int y = 2; page.locator(".tooltip:visible").count() == 0 && y < box.height; y += 8) {
      page.mouse().move(x, box.y + y);
    }
    assertThat(page.locator(".tooltip:visible").textContent())
        .contains("1,795,322,485,947,208,231");
  }

  @Test
  void sortingIsPartOfTheAddress() {
    open.show("#/tables?report=cpu-process&p.limit=7");
    Locator table = page.locator(".report-main .table-scroller");
    table.locator("tbody tr[aria-rowindex]").first().waitFor();
    table.locator("thead button").first().click();
    assertThat(page.url()).contains("sort=process.up");
    List<String> sorted = numbers(table);
    assertThat(sorted).isSorted();
    // Which rows there are is a matter of the report.
    assertThat(page.locator(".report-main .sort-note").textContent())
        .isEqualTo("the 7 rows shown are sorted by process");
    table.locator("thead button").first().click();
    assertThat(numbers(table)).isEqualTo(sorted.reversed());
    page.goBack();
    assertThat(numbers(table)).isEqualTo(sorted);
    open.show("#/tables?report=cpu-process&p.limit=7&sort=process.up");
    table.locator("tbody tr[aria-rowindex]").first().waitFor();
    assertThat(numbers(table)).isEqualTo(sorted);
    page.locator(".report-list a").first().click();
    assertThat(page.url()).doesNotContain("sort=");
  }

  @Test
  void filesAreCalledByTheTraceAndWhatTheyHold() {
    open.show("#/tables?report=cpu-process");
    page.locator(".report-main tbody tr[aria-rowindex]").first().waitFor();
    for (String format : List.of("csv", "json", "parquet", "svg")) {
      assertThat(download(".report-head", format)).isEqualTo("cpuburn-cpu-process." + format);
    }
    open.show("#/sql");
    run("SELECT 1 AS one");
    assertThat(download(".sql-main", "csv")).isEqualTo("cpuburn-sql.csv");
  }

  private String download(String place, String format) {
    String button = place + " [data-format=" + format + "]";
    return page.waitForDownload(() -> page.locator(button).click()).suggestedFilename();
  }

  @Test
  void columnsAreCompletedBehindAliases() {
    open.show("#/sql");
    Locator input = page.locator(".sql-input");
    Locator choices = page.locator(".completion li");
    input.fill("SELECT t.start FROM thread t");
    input.evaluate("e => e.setSelectionRange(10, 10)");
    input.press("Control+Space");
    assertThat(choices.first().textContent()).contains("start_ts").contains("thread");
    input.fill("SELECT t.ti FROM wakeup AS w JOIN thread AS t USING (utid)");
    input.evaluate("e => e.setSelectionRange(11, 11)");
    input.press("Control+Space");
    assertThat(choices.first().textContent()).contains("tid").contains("thread");
    input.press("Enter");
    assertThat(input.inputValue()).startsWith("SELECT t.tid FROM wakeup");
    // What is offered does not cover the answer.
    input.fill("SELECT tid FROM thread");
    input.press("Control+Space");
    choices.first().waitFor();
    input.press("Control+Enter");
    page.locator(".sql-main tbody tr[aria-rowindex]").first().waitFor();
    assertThat(page.locator(".completion:visible").count()).isZero();
  }

  @Test
  void aMistakeIsToldOnce() {
    open.show("#/sql");
    run("SELECT 1 AS one");
    page.locator(".sql-input").fill("SELECT nothing_such FROM thread");
    page.locator(".sql-input").press("Control+Enter");
    page.locator(".sql-main .error-text").waitFor();
    String shown = page.locator(".sql-main").textContent();
    assertThat(shown.split("Binder Error", -1)).as(shown).hasSize(2);
    // There is nothing to save or to plot.
    assertThat(page.locator(".sql-main [data-format]").count()).isZero();
    assertThat(page.locator(".sql-main select[aria-label='Kind of plot']").count()).isZero();
    // The browser tells of it as well.
    open.complaints().clear();
  }

  private Locator run(String statement) {
    page.locator(".sql-input").fill(statement);
    page.locator(".sql-input").press("Control+Enter");
    Locator table = page.locator(".sql-main .table-scroller");
    table.locator("tbody tr[aria-rowindex]").first().waitFor();
    return table;
  }

  private static List<String> numbers(Locator table) {
    return OpenPage.rows(table).stream().map(List::getFirst).toList();
  }

  private Path saved(String format) {
    Download download =
        page.waitForDownload(
            () -> page.locator(".report-head [data-format=" + format + "]").click());
    return download.path();
  }
}
