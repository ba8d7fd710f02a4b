package dev.rideau.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.rideau.trace.testing.SharedData;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// `rideau sql` and `rideau export` as a user meets them.
final class SqlCommandTest {
  private static final String TRACE = SharedData.checkout().resolve("examples/cpuburn").toString();
  private static final String SWITCHES =
      "SELECT ts, event, next_tid, prev_comm FROM events('sched_switch') ORDER BY ts LIMIT 2";

  private static Run sql(String... arguments) {
    String[] all = new String[arguments.length + 2];
    all[0] = "sql";
    all[1] = "--no-cache";
    System.arraycopy(arguments, 0, all, 2, arguments.length);
    return Run.of(all);
  }

  @Test
  void printsATable() {
    Run run = sql(TRACE, SWITCHES);
    assertThat(run.stderr()).isEmpty();
    assertThat(run.stdout().lines())
        .hasSize(3)
        .first()
        .asString()
        .matches(" *ts +event +next_tid +prev_comm");
  }

  @Test
  void printsCsv() {
    assertThat(
            sql(TRACE, "SELECT 1 AS a, 'x,\"y\"' AS b, NULL AS c, '' AS d", "--format", "csv")
                .stdout())
        .isEqualTo("a,b,c,d\n1,\"x,\"\"y\"\"\",,\"\"\n");
  }

  @Test
  void printsJsonLines() {
    assertThat(
            sql(
                    TRACE,
                    "SELECT 18446744073709551615::UBIGINT AS big, 'a\"b' AS text, [1, NULL] AS list,"
                        + " {'x': 1.5::DOUBLE, 'y': true} AS struct, NULL AS none",
                    "--format",
                    "json")
                .stdout())
        .isEqualTo(
            "{\"big\":18446744073709551615,\"text\":\"a\\\"b\",\"list\":[1,null],"
                + "\"struct\":{\"x\":1.5,\"y\":true},\"none\":null}\n");
  }

  @Test
  void writesParquetInOneStep(@TempDir Path folder) throws IOException {
    Path file = folder.resolve("rows.parquet");
    Run run = sql(TRACE, SWITCHES, "--format", "parquet", "-o", file.toString());
    assertThat(run.stderr()).isEmpty();
    assertThat(Files.readAllBytes(file)).startsWith('P', 'A', 'R', '1');
    assertThat(sql(TRACE, "SELECT count(*) AS n FROM '" + file + "'", "--format", "csv").stdout())
        .isEqualTo("n\n2\n");
    assertThat(sql(TRACE, SWITCHES, "-o", file.toString()).stderr()).contains("exists already");
    try (Stream<Path> left = Files.list(folder)) {
      assertThat(left).containsExactly(file);
    }
  }

  @Test
  void countsWhatStatCounts() {
    Run stat = Run.of("stat", TRACE, "--json");
    Map<String, String> expected = new TreeMap<>();
    Matcher matcher =
        Pattern.compile("\"name\": \"([^\"]+)\",[^{}]*?\"records\": ([0-9]+)")
            .matcher(stat.stdout().substring(stat.stdout().indexOf("\"event_classes\"")));
    while (matcher.find()) {
      expected.put(matcher.group(1), matcher.group(2));
    }
    assertThat(expected).hasSizeGreaterThan(20);
    Run counted =
        sql(TRACE, "SELECT event, count(*) FROM events('*') GROUP BY event", "--format", "csv");
    Map<String, String> found = new TreeMap<>();
    counted
        .stdout()
        .lines()
        .skip(1)
        .forEach(line -> found.put(line.split(",")[0], line.split(",")[1]));
    assertThat(found).containsExactlyInAnyOrderEntriesOf(expected);
  }

  @Test
  void saysWhatIsWrongWithAStatement() {
    Run run = sql(TRACE, "SELECT nothing FROM events('sched_switch')");
    assertThat(run.exitCode()).isEqualTo(1);
    assertThat(run.stderr()).contains("rideau: error: Binder Error").contains("nothing");
    assertThat(sql(TRACE, "SELECT * FROM events('sched_swatch')").stderr())
        .contains("the trace knows no such event");
  }

  @Test
  void refusesToReachBeyondTheDatabase(@TempDir Path folder) {
    Path file = folder.resolve("x.csv");
    String copy = "COPY (SELECT 1) TO '" + file + "'";
    Run refused = sql(TRACE, "SELECT 1; /* then */ " + copy);
    assertThat(refused.exitCode()).isEqualTo(1);
    assertThat(refused.stderr()).contains("COPY reaches beyond the database");
    assertThat(refused.stdout()).isEmpty();
    assertThat(file).doesNotExist();
    assertThat(sql(TRACE, copy + " ", "--allow-outside").exitCode()).isZero();
    assertThat(file).exists();
  }

  @Test
  void runsAFileOfStatements(@TempDir Path folder) throws IOException {
    Path script = folder.resolve("script.sql");
    Files.writeString(
        script,
        "CREATE MACRO twice(x) AS 2 * x; -- a semicolon; in a comment\nSELECT twice(21) AS n;\n");
    assertThat(sql(TRACE, "-f", script.toString(), "--format", "csv").stdout())
        .isEqualTo("n\n42\n");
  }

  @Test
  void wrongOptionsAreFoundBeforeAnythingIsRead() {
    assertThat(sql(TRACE, "SELECT 1 ", "--memory", "lots").exitCode()).isEqualTo(2);
    assertThat(sql(TRACE, "SELECT 1 ", "--threads", "0").exitCode()).isEqualTo(2);
    assertThat(sql(TRACE, "SELECT 1 ", "--format", "parquet").exitCode()).isEqualTo(2);
    assertThat(Run.of("sql").exitCode()).isEqualTo(2);
  }

  @Test
  void exportsTables(@TempDir Path folder) throws IOException {
    Path target = folder.resolve("tables");
    Run run =
        Run.of(
            "export",
            "--no-cache",
            TRACE,
            "-o",
            target.toString(),
            "--tables",
            "thread,sched_slice");
    assertThat(run.stderr()).isEmpty();
    try (Stream<Path> files = Files.list(target)) {
      assertThat(files.map(file -> file.getFileName().toString()))
          .containsExactlyInAnyOrder("host.parquet", "thread.parquet", "sched_slice.parquet");
    }
    Run compared =
        sql(
            TRACE,
            "SELECT count(*) AS n FROM (FROM thread EXCEPT FROM '" + target + "/thread.parquet')",
            "--format",
            "csv");
    assertThat(compared.stdout()).isEqualTo("n\n0\n");
    assertThat(Run.of("export", TRACE, "-o", target.toString()).stderr())
        .contains("exists already and is not empty");
    assertThat(Run.of("export", TRACE, "-o", target + "2", "--tables", "nothing").stderr())
        .contains("there is no table 'nothing'");
  }
}
