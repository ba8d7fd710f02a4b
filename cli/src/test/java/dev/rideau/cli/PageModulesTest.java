package dev.rideau.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Page;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/// Modules of the web page on their own, in the browser that runs them.
@Tag("slow")
final class PageModulesTest {
  @RegisterExtension
  static final PageExtension PAGES = new PageExtension(Path.of("..", "examples", "cpuburn"));

  private final OpenPage open = PAGES.open();
  private final Page page = open.page();

  /// One page serves all: modules do not know what others did.
  @BeforeAll
  static void show() {
    PAGES.open().show("#/overview");
  }

  @Test
  void timesAreReadAsPeopleWriteThem() {
    String begin = "1795322485947208221";
    assertThat(time("1.5 s", begin)).isEqualTo(1_500_000_000L);
    assertThat(time("20 ms", begin)).isEqualTo(20_000_000L);
    assertThat(time("7us", begin)).isEqualTo(7_000L);
    assertThat(time("12 ns", begin)).isEqualTo(12L);
    assertThat(time("2", begin)).isEqualTo(2_000_000_000L);
    assertThat(time("1795322485947208222", begin)).isEqualTo(1L);
    assertThat(time("1795322486", begin)).isEqualTo(52_791_779L);
    assertThat(time("04:41:26.947208221", begin)).isEqualTo(1_000_000_000L);
    assertThat(time("sched_switch", begin)).isNull();
    assertThat(time("12 parsec", begin)).isNull();
    assertThat(time("2026-11-22 04:41:26.947208221", begin)).isEqualTo(1_000_000_000L);
    assertThat(time("2026-11-22T04:41:26.947208221Z", begin)).isEqualTo(1_000_000_000L);
    assertThat(time("2.922\u2009901\u2009851 s", begin)).isEqualTo(2_922_901_851L);
  }

  @Test
  void timesOfDayAreThoseOfTheServersZone() {
    String begin = "1795322485947208221";
    assertThat(time("23:41:26.947208221", begin, 10_000_000_000L, -18_000))
        .isEqualTo(1_000_000_000L);
    assertThat(time("04:41:26.947208221 UTC", begin, 10_000_000_000L, -18_000))
        .isEqualTo(1_000_000_000L);
    assertThat(call("core/times.js", "m.momentText('1795322485947208221', -18000)"))
        .isEqualTo("2026-11-21 23:41:25.947208221 UTC-05:00");
    assertThat(call("core/times.js", "m.momentText('1795322485947208221', 20700)"))
        .isEqualTo("2026-11-22 10:26:25.947208221 UTC+05:45");
    assertThat(call("core/times.js", "m.momentText('16317928855888', 3600)"))
        .isEqualTo("16317.928855888 s");
  }

  @Test
  void secondsOfAMachinesClockAreFoundInItsRecording() {
    assertThat(time("16318.028855888", "16317928855888", 200_000_000L, 0)).isEqualTo(100_000_000L);
    assertThat(time("0.1", "16317928855888", 200_000_000L, 0)).isEqualTo(100_000_000L);
  }

  @Test
  void timesKeepTheirNanoseconds() {
    assertThat(call("core/times.js", "m.clockText('1795322485947208221')"))
        .isEqualTo("04:41:25.947208221");
    assertThat(call("core/times.js", "m.relativeText(1234567890, 1)"))
        .isEqualTo("1.234\u2009567\u2009890 s");
    assertThat(call("core/times.js", "m.relativeText(1234567890, 1e6)")).isEqualTo("1.234 s");
    assertThat(call("core/times.js", "m.relativeText(-1, 1)"))
        .isEqualTo("-0.000\u2009000\u2009001 s");
  }

  @Test
  void numbersHaveUnits() {
    assertThat(call("core/numbers.js", "m.durationText(999)")).isEqualTo("999 ns");
    assertThat(call("core/numbers.js", "m.durationText(1500000)")).isEqualTo("1.50 ms");
    assertThat(call("core/numbers.js", "m.durationText(7384e9)")).isEqualTo("2 h 3 min");
    assertThat(call("core/numbers.js", "m.bytesText(123456)")).isEqualTo("123 kB");
    assertThat(call("core/numbers.js", "m.valueText(null, 'ns')")).isEqualTo("");
    assertThat(call("core/numbers.js", "m.valueText('9007199254740993', 'id')"))
        .isEqualTo("9007199254740993");
    assertThat(call("core/numbers.js", "m.valueText('-18446744073709551615', 'number')"))
        .isEqualTo("-18,446,744,073,709,551,615");
    assertThat(call("core/numbers.js", "m.valueText('12345678901234567.25', 'number')"))
        .isEqualTo("12,345,678,901,234,567.25");
    assertThat(
            call(
                "core/numbers.js",
                "[0.00012345678, -0.0001, 1e-12, 1234.5678, 1.5e300, 'Infinity', 'NaN']"
                    + ".map(number => m.valueText(number, 'written'))"))
        .isEqualTo(
            List.of(
                "0.00012345678", "-0.0001", "1e-12", "1,234.5678", "1.5e+300", "Infinity", "NaN"));
    assertThat(call("core/numbers.js", "m.valueText(0.00012345678, 'number')"))
        .isEqualTo("0.000123");
    assertThat(call("core/numbers.js", "m.sortKeys(['Infinity', 'NaN', null, 2]).join()"))
        .isEqualTo("Infinity,,,2");
    assertThat(call("core/numbers.js", "m.axisText(18446744073709551615)")).isEqualTo("18.45E");
  }

  @Test
  void viewportsStayInsideTheRecording() {
    List<?> seen =
        (List<?>)
            call(
                "timeline/viewport.js",
                "(() => { const v = new m.Viewport(1e9); v.resize(1000); v.show(0, 1e9);"
                    + " v.zoom(0.001, 500); const near = v.time(500); v.pan(-1e9); const left = v.begin;"
                    + " v.pan(1e12); const right = v.end; v.zoom(1e9, 3); return [near, left, right,"
                    + " v.begin, v.end]; })()");
    assertThat(number(seen.get(0))).isBetween(499_999_000.0, 500_001_000.0);
    assertThat(number(seen.get(1))).isBetween(-50_000.0, 0.0);
    assertThat(number(seen.get(2))).isBetween(1e9, 1e9 + 50_000.0);
    assertThat(number(seen.get(3))).isBetween(-1e8, 0.0);
    assertThat(number(seen.get(4))).isBetween(1e9, 1.1e9);
  }

  @Test
  void stripsHaveTheColorThatHoldsMostOfAPixel() {
    // One pure segment of ten pixels, then one pixel that is mixed: 30 percent at rest.
    Object painted =
        call(
            "timeline/strip.js",
            "(() => { const full = {pixel: 1, edge: 2, height: [0, 9], rest: null};"
                + " const rest = {pixel: 3, edge: 4, height: [6, 8], rest: full};"
                + " const words = Int32Array.of(0 | 10 << 16, 1 | 100 << 16, -1, 10 | 11 << 16, 2 | 70 << 16, -1);"
                + " const image = m.paintStrip(words, 0, code => code === 1 ? full : rest, []);"
                + " const pixels = new Uint32Array(image.data.buffer);"
                + " const column = x => Array.from({length: 9}, (_, y) => pixels[y * m.TILE_WIDTH + x]);"
                + " return [column(0), column(5), column(10), column(11)].map(c => c.join('')); })()");
    assertThat(painted).isEqualTo(List.of("222222222", "111111111", "000000111", "000000000"));
  }

  @Test
  void recordsAreTicksOfFullHeightWhoseShadeTellsTheirNumber() {
    Object painted =
        call(
            "timeline/strip.js",
            "(() => { const mark = {pixel: 0xff123456, edge: 2, height: [0, 9], rest: null, isMark: true};"
                + " const words = Int32Array.of(0 | 1 << 16, 1 | 40 << 16, -1, 1 | 2 << 16, 1 | 60 << 16, -1);"
                + " const image = m.paintStrip(words, 0, () => mark, []);"
                + " const pixels = new Uint32Array(image.data.buffer);"
                + " const shades = x => new Set(Array.from({length: 9}, (_, y) => pixels[y * m.TILE_WIDTH + x] >>> 24));"
                + " const [few, many] = [shades(0), shades(1)];"
                + " return [few.size, many.size, [...few][0] > 90, [...few][0] < [...many][0], [...many][0] < 255]; })()");
    assertThat(painted).isEqualTo(List.of(1, 1, true, true, true));
  }

  @Test
  void rowsOfOneThreadStandForTheirProcess() {
    Object names =
        call(
            "timeline/rows.js",
            "(() => { const row = (id, parent, kind, name, busy) => ({id, parent, kind, name, busy, hasStates: kind !== 'group', tid: id, pid: parent});"
                + " const rows = new m.Rows([row(0, -1, 'group', 'Processes', 0), row(1, 0, 'process', 'one', 5),"
                + " row(2, 1, 'thread', 'only', 5), row(3, 0, 'process', 'two', 5), row(4, 3, 'thread', 'a', 5),"
                + " row(5, 3, 'thread', 'b', 0), row(6, 0, 'process', 'idle', 0)]);"
                + " const shown = () => rows.visible.map(place => place.row.name).join(' ');"
                + " const seen = [shown(), rows.hiddenIdle]; rows.reveal(5); seen.push(shown());"
                + " rows.filter = 'on'; rows.layOut(); seen.push(shown()); return seen; })()");
    assertThat(names)
        .isEqualTo(
            List.of("Processes only two", 1, "Processes only two a b idle", "Processes only"));
  }

  @Test
  void statementsGetThePlotThatTheyMean() {
    assertThat(plotOf("name: text, calls: written", "[['a', 3], ['b', 2]]"))
        .isEqualTo("bar name calls -");
    assertThat(
            plotOf(
                "t: written, name: text, n: written",
                "[[0, 'a', 3], [0, 'b', 3], [1, 'a', 2], [1, 'b', 2]]"))
        .isEqualTo("line t n name");
    assertThat(plotOf("ts: time, dur: ns, name: text", "[[1, 3, 'a'], [2, 2, 'b'], [4, 1, 'a']]"))
        .isEqualTo("scatter ts dur name");
    assertThat(
            plotOf(
                "ts: time, cpu_name: text, n: written",
                "[[1, '0', 3], [1, '1', 2], [4, '0', 1], [4, '1', 1]]"))
        .isEqualTo("line ts n cpu_name");
    assertThat(plotOf("name: text, n: written", "[['a', 3]]")).isEqualTo("none name n -");
  }

  private Object plotOf(String columns, String rows) {
    return call(
        "tables/usual-plot.js",
        "(() => { const columns = '"
            + columns
            + "'.split(', ').map(text => text.split(': '))"
            + ".map(([name, unit]) => ({name, unit, number: unit !== 'text'}));"
            + " const {kind, x, y, series} = m.usualPlot(columns, "
            + rows
            + "); return [kind, x, y, series ?? '-'].join(' '); })()");
  }

  @Test
  void colorsOfProcessesComeFromWhatTheyDid() {
    assertThat(
            call(
                "charts/process-charts.js",
                "(() => { const row = (id, parent, kind, name, pid, upid, busy) => ({id, parent, kind, name, pid, upid, busy, host: 0});"
                    + " const rows = [row(1, 0, 'process', 'sh', 7, 1, 5), row(2, 1, 'thread', 'sh', 7, 1, 5),"
                    + " row(3, 0, 'process', 'dd', 8, 2, 9), row(4, 0, 'process', 'kernel', null, null, 7), row(5, 4, 'thread', 'kworker', 9, 3, 7)];"
                    + " return [...m.processNumbers(rows, ['a'])].join(' ') + ' / ' + [...m.processNumbers(rows, ['a', 'b'])][0]; })()"))
        .isEqualTo("dd 8,0 kworker 9,1 sh 7,2 / a: dd 8,0");
  }

  @Test
  void everyModuleIsLoadedAtOnce() {
    open.show("#/overview");
    Object missing =
        page.evaluate(
            "() => { const listed = [...document.querySelectorAll('link[rel=modulepreload]')].map(link => link.href);"
                + " return performance.getEntriesByType('resource').map(entry => entry.name)"
                + ".filter(name => name.endsWith('.js') && !name.endsWith('/main.js') && !listed.includes(name)); }");
    assertThat((List<?>) missing).isEmpty();
  }

  private static double number(Object value) {
    return ((Number) value).doubleValue();
  }

  private Object time(String text, String begin) {
    return time(text, begin, 10_000_000_000L, 0);
  }

  private Object time(String text, String begin, long durationNs, int utcOffset) {
    String trace =
        "{begin: '" + begin + "', duration: " + durationNs + ", utcOffset: " + utcOffset + "}";
    Object value = call("core/times.js", "m.parseTime('" + text + "', " + trace + ")");
    return value instanceof Number number ? (Object) number.longValue() : value;
  }

  /// An expression of a module `m`.
  private Object call(String module, String expression) {
    return page.evaluate(
        "async () => { const m = await import('/" + module + "'); return " + expression + "; }");
  }
}
