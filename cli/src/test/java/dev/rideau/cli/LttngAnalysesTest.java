package dev.rideau.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.rideau.ctf.CtfTraceReader;
import dev.rideau.reports.FactSource;
import dev.rideau.reports.ReportCatalog;
import dev.rideau.reports.ReportRunner;
import dev.rideau.tables.DatabaseOptions;
import dev.rideau.tables.Rows;
import dev.rideau.tables.TraceDatabase;
import dev.rideau.trace.testing.SharedData;
import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// lttng-analyses 0.6.1 tells the same of real traces. Each SQL file is named after a command and
/// finds what only one of the two says, given the command's JSON as a table `mi(title, r)`: a row
/// for each row of its tables. docs/lttng-analyses.md explains what the files leave out.
@Tag("slow")
@Tag("shared")
final class LttngAnalysesTest {
  private static final Path FOLDER =
      SharedData.checkout().resolve("cli/src/test/resources/dev/rideau/cli/lttng-analyses");

  private static final List<String> PERIODS =
      List.of(
          "irq : $evt.$name == \"irq_handler_entry\" : $evt.$name == \"irq_handler_exit\""
              + " && $evt.irq == $begin.$evt.irq && $evt.cpu_id == $begin.$evt.cpu_id",
          "run : $evt.$name == \"sched_switch\""
              + " && ($evt.next_comm == \"wl\" || $evt.next_comm == \"fio\")"
              + " : $evt.$name == \"sched_switch\" && $evt.prev_tid == $begin.$evt.next_tid",
          "inner(run) : $evt.$name == \"irq_handler_entry\""
              + " && $evt.cpu_id == $parent.$begin.$evt.cpu_id"
              + " : $evt.$name == \"irq_handler_exit\" && $evt.cpu_id == $begin.$evt.cpu_id");

  private static final List<String> CAPTURES =
      List.of(
          "irq : irq = $evt.irq, name = $evt.name : ret = $evt.ret",
          "run : tid = $evt.next_tid, who = $evt.next_comm");

  private static final List<String> PERIOD_REPORTS =
      List.of("periods", "periods-top", "periods-stats", "periods-within", "periods-within-log");

  private static final String ROWS =
      """
      CREATE OR REPLACE TEMP TABLE mi AS
      SELECT coalesce(r->>'$.class.title', r->>'$.class') AS title,
        unnest(json_extract(r, '$.data[*]')) AS r
      FROM (
        SELECT unnest(json_extract(json, '$.results[*]')) AS r
        FROM read_json_objects('%s', maximum_object_size = 1000000000)
      )
      """;

  @ParameterizedTest
  @ValueSource(strings = {"disk", "net"})
  void tellsTheSame(String name, @TempDir Path folder) throws IOException, InterruptedException {
    assumeTrue(isInstalled(), "lttng-analyses is not installed (python3-lttnganalyses)");
    Path trace = SharedData.require("data/lttng-kernel/" + name);
    Path copy = folder.resolve(name);
    // It stops with an error at this event of LTTng 2.13.
    Run convert =
        Run.of(
            "convert",
            trace.toString(),
            "-o",
            copy.toString(),
            "-e",
            "!lttng_statedump_file_descriptor");
    assertThat(convert.exitCode()).as(convert.stderr()).isZero();
    List<String> differences = new ArrayList<>();
    try (TraceDatabase database =
            TraceDatabase.open(
                List.of(copy), List.of(new CtfTraceReader()), DatabaseOptions.of(_ -> {}));
        Stream<Path> files = Files.list(FOLDER)) {
      for (Path file : files.filter(Files::isRegularFile).sorted().toList()) {
        String command = file.getFileName().toString().replace(".sql", "");
        Path json = folder.resolve(command + ".json");
        run(json, List.of("lttng-" + command + "-mi", copy.toString()));
        differences.addAll(differences(database, json, file));
      }
      differences.addAll(differentPeriods(database, copy, folder.resolve("periods.json")));
    }
    assertThat(differences).isEmpty();
  }

  private static List<String> differences(TraceDatabase database, Path json, Path file)
      throws IOException {
    database.execute(ROWS.formatted(json.toString().replace("'", "''")));
    List<String> differences = new ArrayList<>();
    try (Rows rows = database.query(Files.readString(file))) {
      while (rows.next()) {
        List<Object> row = new ArrayList<>();
        for (int i = 0; i < rows.columns().size(); i++) {
          row.add(String.valueOf(rows.valueAt(i)));
        }
        differences.add(file.getFileName() + ": " + row);
      }
    }
    return differences;
  }

  /// All of the commands about periods at once, against what our reports about periods answer.
  private static List<String> differentPeriods(TraceDatabase database, Path trace, Path json)
      throws IOException, InterruptedException {
    List<String> words =
        new ArrayList<>(
            List.of(
                python(), FOLDER.resolve("periods/periods.py").toString(), "runlog_mi", "--stats"));
    words.addAll(List.of("--freq", "--top", "--limit=1000"));
    PERIODS.forEach(each -> words.add("--period=" + each));
    CAPTURES.forEach(each -> words.add("--period-captures=" + each));
    words.add(trace.toString());
    run(json, words);
    ReportRunner runner = new ReportRunner(FactSource.of(database));
    runner.definePeriods(PERIODS, CAPTURES);
    for (String name : PERIOD_REPORTS) {
      String sql =
          runner.sql(
              ReportCatalog.bundled().named(name),
              name.equals("periods-stats") || name.equals("periods-within")
                  ? Map.of()
                  : Map.of("limit", "1000000"),
              runner.recording());
      database.execute("CREATE OR REPLACE TEMP TABLE " + name.replace('-', '_') + " AS " + sql);
    }
    try (Rows rows = database.query("SELECT count(*) FROM periods_within_log")) {
      assertThat(rows.next()).isTrue();
      assertThat(rows.longAt(0)).isGreaterThan(1);
    }
    List<String> differences = new ArrayList<>();
    try (Stream<Path> files = Files.list(FOLDER.resolve("periods"))) {
      for (Path file : files.filter(each -> each.toString().endsWith(".sql")).sorted().toList()) {
        differences.addAll(differences(database, json, file));
      }
    }
    return differences;
  }

  /// The interpreter that its commands name: only that finds its modules.
  private static String python() throws IOException {
    try (Stream<String> lines = Files.lines(command())) {
      String first = lines.findFirst().orElseThrow();
      return first.substring("#!".length()).strip();
    }
  }

  private static boolean isInstalled() {
    return Files.isExecutable(command());
  }

  private static Path command() {
    return Stream.of(System.getenv().getOrDefault("PATH", "").split(File.pathSeparator))
        .map(folder -> Path.of(folder, "lttng-schedlog-mi"))
        .filter(Files::isExecutable)
        .findFirst()
        .orElse(Path.of("lttng-schedlog-mi"));
  }

  private static void run(Path json, List<String> words) throws IOException, InterruptedException {
    Process process =
        new ProcessBuilder(words)
            .redirectOutput(json.toFile())
            .redirectError(ProcessBuilder.Redirect.DISCARD)
            .start();
    assertThat(process.waitFor()).as(words.toString()).isZero();
  }
}
