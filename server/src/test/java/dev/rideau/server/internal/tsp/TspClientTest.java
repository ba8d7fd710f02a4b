package dev.rideau.server.internal.tsp;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.rideau.ctf.CtfTraceReader;
import dev.rideau.server.ServerOptions;
import dev.rideau.server.TraceServer;
import dev.rideau.server.internal.http.Json;
import dev.rideau.tables.DatabaseOptions;
import dev.rideau.tables.Rows;
import dev.rideau.tables.TraceDatabase;
import dev.rideau.trace.testing.SharedData;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// The protocol's own client, as it is, walks through everything that the server answers
/// (`src/test/node/client.cjs`). Every exchange is held against the description of the protocol,
/// and numbers are compared with the tables of the trace.
@Tag("slow")
final class TspClientTest {
  private static final long WINDOW_NS = 4_000_000;

  /// What only other clients, or only servers in trouble, need.
  private static final List<String> NOT_ASKED =
      List.of(
          "get /experiments/{experiment}/outputs/{output}",
          "get /openapi.json",
          "post /config/types/{type}/configs");

  @TempDir private static Path folder;

  private static Json told = new Json(null, "");
  private static Json description = new Json(null, "");
  private static List<String> states = List.of();
  private static final Map<String, Long> expected = new TreeMap<>();
  private static long begin;

  @BeforeAll
  static void letTheClientLook() throws Exception {
    Path trace = SharedData.require("data/lttng-kernel/blocking");
    Path other = SharedData.checkout().resolve("examples/cpuburn");
    installClient();
    long tid;
    DatabaseOptions options = DatabaseOptions.of(_ -> {});
    try (TraceDatabase database =
        TraceDatabase.open(List.of(trace), List.of(new CtfTraceReader()), options)) {
      tid = chooseWindow(database);
      ask(database, tid);
    }
    ServerOptions how = ServerOptions.local("test", List.of(new CtfTraceReader()), options);
    try (TraceServer server = TraceServer.start(List.of(trace, other), how)) {
      String output =
          run(
              300,
              "node",
              "client.cjs",
              server.url() + "tsp/api",
              trace.toString(),
              other.toString(),
              Long.toString(tid),
              Long.toString(begin),
              Long.toString(begin + WINDOW_NS));
      told = Json.parse(output.getBytes(StandardCharsets.UTF_8));
    }
    try (var file = TspRoutes.class.getResourceAsStream("/dev/rideau/server/tsp/openapi.json")) {
      assertThat(file).isNotNull();
      description = Json.parse(file.readAllBytes());
    }
  }

  @AfterAll
  static void forget() {
    expected.clear();
  }

  private static void installClient() throws IOException, InterruptedException {
    assumeTrue(isThere("node") && isThere("npm"), "node and npm are not installed");
    Path sources = SharedData.checkout().resolve("server/src/test/node");
    for (String name : List.of("package.json", "package-lock.json", "proxy.cjs", "client.cjs")) {
      Files.copy(sources.resolve(name), folder.resolve(name));
    }
    try {
      run(180, "npm", "ci", "--no-audit", "--no-fund", "--ignore-scripts");
    } catch (AssertionError failure) {
      assumeTrue(
          System.getenv("CI") != null, "npm cannot install the client: " + failure.getMessage());
      throw failure;
    }
  }

  private static boolean isThere(String program) {
    try {
      return new ProcessBuilder(program, "--version")
              .redirectErrorStream(true)
              .redirectOutput(ProcessBuilder.Redirect.DISCARD)
              .start()
              .waitFor()
          == 0;
    } catch (IOException notThere) {
      return false;
    } catch (InterruptedException stopped) {
      throw new IllegalStateException(stopped);
    }
  }

  private static String run(long seconds, String... command)
      throws IOException, InterruptedException {
    Path errors = folder.resolve("errors.txt");
    Path output = folder.resolve("output.txt");
    Process process =
        new ProcessBuilder(command)
            .directory(folder.toFile())
            .redirectError(errors.toFile())
            .redirectOutput(output.toFile())
            .start();
    boolean isOver = process.waitFor(seconds, TimeUnit.SECONDS);
    process.destroyForcibly();
    assertThat(isOver).as(command[0] + " takes too long").isTrue();
    assertThat(process.exitValue()).as(Files.readString(errors)).isZero();
    return Files.readString(output);
  }

  // The thread with most states, in the middle of its life.
  private static long chooseWindow(TraceDatabase database) {
    String sql =
        "SELECT tid, quantile_disc(s.ts, 0.5) FROM thread_state s JOIN thread t USING (utid)"
            + " WHERE tid IN (SELECT tid FROM thread GROUP BY tid HAVING count(*) = 1)"
            + " AND NOT is_idle GROUP BY tid ORDER BY count(*) DESC, tid LIMIT 1";
    try (Rows rows = database.query(sql)) {
      assertThat(rows.next()).isTrue();
      begin = rows.longAt(1);
      return rows.longAt(0);
    }
  }

  private static void ask(TraceDatabase database, long tid) {
    long end = begin + WINDOW_NS;
    String style =
        "state || CASE WHEN detail IS NOT NULL THEN '-' || replace(detail, ' ', '-')"
            + " WHEN state = 'blocked' THEN '-unknown' ELSE '' END";
    List<String> found = new ArrayList<>();
    try (Rows rows =
        database.query(
            "SELECT greatest(ts, $1), least(ts + dur, $2), "
                + style
                + " FROM thread_state s JOIN thread t USING (utid)"
                + " WHERE tid = $3 AND s.ts < $2 AND s.ts + s.dur > $1 AND dur > 0 ORDER BY ts",
            begin,
            end,
            tid)) {
      while (rows.next()) {
        append(found, rows.longAt(0), rows.longAt(1), String.valueOf(rows.textAt(2)));
      }
    }
    states = found;
    String ofThread =
        "SELECT sum(overlap_ns(s.ts, s.dur, $1, $2))::BIGINT FROM sched_slice s"
            + " JOIN thread t USING (utid) WHERE ";
    expected.put("thread", number(database, ofThread + "tid = " + tid, begin, end));
    expected.put("total", number(database, ofThread + "NOT is_idle", begin, end));
    expected.put("events", number(database, "SELECT count(*) FROM events('*')"));
    expected.put(
        "before", number(database, "SELECT count(*) FROM events('*') WHERE ts < $1", begin));
    expected.put("at", number(database, "SELECT min(ts) FROM events('*') WHERE ts >= $1", begin));
    expected.put(
        "switch",
        number(database, "SELECT min(ts) FROM events('sched_switch') WHERE ts >= $1", begin));
    expected.put(
        "within",
        number(
            database, "SELECT count(*) FROM events('*') WHERE ts >= $1 AND ts <= $2", begin, end));
    try (Rows rows =
        database.query(
            "SELECT 'event ' || name, sum(events)::BIGINT FROM event_class WHERE events > 0"
                + " GROUP BY name UNION ALL SELECT 'call ' || name, count(*) FROM syscall"
                + " WHERE clipped = 0 GROUP BY name")) {
      while (rows.next()) {
        expected.put(String.valueOf(rows.textAt(0)), rows.longAt(1));
      }
    }
    try (Rows rows =
        database.query(
            "SELECT name, count(*) AS calls FROM syscall GROUP BY name"
                + " ORDER BY calls DESC, name LIMIT 3")) {
      while (rows.next()) {
        expected.put("most " + rows.textAt(0), rows.longAt(1));
      }
    }
  }

  private static long number(TraceDatabase database, String sql, Object... parameters) {
    try (Rows rows = database.query(sql, parameters)) {
      assertThat(rows.next()).isTrue();
      return rows.longAt(0);
    }
  }

  // Neighbours that look alike are one, as a viewer sees them.
  private static void append(List<String> found, long from, long to, String style) {
    String last = found.isEmpty() ? "" : found.getLast();
    if (last.endsWith(" " + from + " " + style)) {
      found.set(found.size() - 1, last.substring(0, last.indexOf(' ')) + " " + to + " " + style);
    } else {
      found.add(from + " " + to + " " + style);
    }
  }

  private static long expected(String name) {
    return expected.getOrDefault(name, -1L);
  }

  private static Map<?, ?> map(Json json) {
    assertThat(json.value()).isInstanceOf(Map.class);
    return json.value() instanceof Map<?, ?> map ? map : Map.of();
  }

  private static long longOf(Json json) {
    return json.value() instanceof String text ? Long.parseLong(text) : json.number();
  }

  private static double doubleOf(Json json) {
    return json.value() instanceof Number number ? number.doubleValue() : Double.NaN;
  }

  @Test
  void everyExchangeFitsTheDescription() {
    assertThat(told.member("problems").elements()).isEmpty();
  }

  @Test
  void everythingDescribedWasAsked() {
    TreeSet<String> left = new TreeSet<>();
    map(description.member("paths"))
        .forEach((path, operations) ->
            map(new Json(operations, "")).keySet().forEach(verb -> left.add(verb + " " + path)));
    for (Object exchange : map(told.member("exchanges")).keySet()) {
      String words = exchange.toString();
      left.remove(words.substring(0, words.lastIndexOf(' ')));
    }
    assertThat(left).containsExactlyInAnyOrderElementsOf(NOT_ASKED);
  }

  @Test
  void tellsStatesOfAThread() {
    List<String> seen = new ArrayList<>();
    for (Json state : told.member("states").elements()) {
      append(
          seen,
          longOf(state.member("start")),
          longOf(state.member("end")),
          state.member("style").text());
    }
    assertThat(seen).isEqualTo(states).hasSizeGreaterThan(3);
  }

  @Test
  void dimsStatesThatAFilterDoesNotMatch() {
    long bright = states.stream().filter(state -> state.endsWith(" running-user")).count();
    assertThat(told.member("bright").number()).isEqualTo(bright);
    assertThat(told.member("dimmed").number()).isPositive();
  }

  @Test
  void tellsCpuUsage() {
    List<Json> usage = told.member("usage").elements();
    assertThat(usage).hasSize(2);
    assertThat(doubleOf(usage.get(0).member("mean")) / 100 * WINDOW_NS)
        .isCloseTo((double) expected("total"), within(10.0));
    assertThat(doubleOf(usage.get(1).member("mean")) / 100 * WINDOW_NS)
        .isCloseTo((double) expected("thread"), within(10.0));
  }

  @Test
  void countsEvents() {
    assertThat(longOf(told.member("experiment").member("events"))).isEqualTo(expected("events"));
    assertThat(told.member("events").number()).isEqualTo(expected("events"));
    assertThat(doubleOf(told.member("histogram")))
        .isCloseTo((double) expected("events"), within(0.01));
    assertThat(told.member("statisticsInRange").number()).isEqualTo(expected("within"));
    Map<String, Long> classes = withPrefix("event ");
    classes.forEach((name, count) ->
        assertThat(told.member("statistics").member(name).number()).as(name).isEqualTo(count));
    assertThat(classes).isNotEmpty();
  }

  @Test
  void findsEvents() {
    Json at = told.member("eventAt");
    assertThat(at.member("index").number()).isEqualTo(expected("before"));
    assertThat(at.member("ns").text()).isEqualTo(Long.toString(expected("at")));
    assertThat(told.member("foundAt").text()).isEqualTo(Long.toString(expected("switch")));
  }

  @Test
  void countsSystemCalls() {
    Map<String, Long> calls = withPrefix("call ");
    calls.forEach((name, count) ->
        assertThat(told.member("syscalls").member(name).number()).as(name).isEqualTo(count));
    assertThat(calls).isNotEmpty();
    Map<String, Long> most = new TreeMap<>();
    for (Json line : told.member("sqlLines").elements()) {
      most.put(line.elements().get(0).text(), Long.parseLong(line.elements().get(1).text()));
    }
    assertThat(most).isEqualTo(withPrefix("most "));
  }

  private static Map<String, Long> withPrefix(String prefix) {
    Map<String, Long> found = new TreeMap<>();
    expected.forEach((name, value) -> {
      if (name.startsWith(prefix)) {
        found.put(name.substring(prefix.length()), value);
      }
    });
    return found;
  }

  @Test
  void tellsMoreOfAState() {
    assertThat(told.member("tooltip").value())
        .asInstanceOf(org.assertj.core.api.InstanceOfAssertFactories.MAP)
        .containsKeys("State", "Begin", "Duration");
    assertThat(told.member("arrows").number()).isPositive();
  }
}
