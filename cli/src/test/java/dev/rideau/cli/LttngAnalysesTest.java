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
/// what is looked at of it, and finds what only one of the two says, given the command's JSON as a
/// table `mi(title, r)`: a row for each row of its tables. docs/lttng-analyses.md explains what the
/// files leave out.
@Tag("slow")
@Tag("shared")
final class LttngAnalysesTest {
  private static final Path FOLDER =
      SharedData.checkout().resolve("cli/src/test/resources/dev/rideau/cli/lttng-analyses");

  /// Its commands with their options; all of them share one reading of a trace, which is slow.
  private static final Map<String, List<String>> COMMANDS =
      Map.of(
          "cputop",
          List.of(),
          "io",
          List.of("--log", "--freq"),
          "irq",
          List.of("--stats", "--log", "--freq"),
          "memtop",
          List.of(),
          "sched",
          List.of("--stats", "--log", "--top", "--freq"),
          "syscallstats",
          List.of(),
          "period",
          List.of("--log", "--stats", "--freq", "--top", "--limit=1000"));

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
      FROM read_json('%s', format = 'newline_delimited', columns = {title: 'VARCHAR', r: 'JSON'})
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
    run(copy, folder);
    List<String> differences = new ArrayList<>();
    try (TraceDatabase database =
        TraceDatabase.open(
            List.of(copy), List.of(new CtfTraceReader()), DatabaseOptions.of(_ -> {}))) {
      answerPeriods(database);
      String read = "";
      for (Path file : questions()) {
        String command = command(file);
        if (!command.equals(read)) {
          String json = folder.resolve(command + ".json").toString();
          database.execute(ROWS.formatted(json.replace("'", "''")));
          read = command;
        }
        differences.addAll(differences(database, file));
      }
    }
    assertThat(differences).isEmpty();
  }

  private static List<Path> questions() throws IOException {
    try (Stream<Path> files = Files.list(FOLDER)) {
      List<Path> questions =
          files.filter(file -> file.toString().endsWith(".sql")).sorted().toList();
      assertThat(questions.stream().map(LttngAnalysesTest::command).distinct())
          .hasSameElementsAs(COMMANDS.keySet());
      return questions;
    }
  }

  private static String command(Path file) {
    String name = file.getFileName().toString();
    return COMMANDS.keySet().stream().filter(name::startsWith).findFirst().orElseThrow();
  }

  private static List<String> differences(TraceDatabase database, Path file) throws IOException {
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

  /// What our reports about periods answer, as a table for each of them.
  private static void answerPeriods(TraceDatabase database) throws IOException {
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
  }

  /// Leaves the JSON of each command in a folder.
  private static void run(Path trace, Path folder) throws IOException, InterruptedException {
    List<String> words =
        new ArrayList<>(
            List.of(
                python(),
                FOLDER.resolve("analyses.py").toString(),
                trace.toString(),
                folder.toString()));
    COMMANDS.forEach((name, options) -> {
      words.add("--");
      words.add(name);
      words.addAll(options);
      if (name.equals("period")) {
        PERIODS.forEach(each -> words.add("--period=" + each));
        CAPTURES.forEach(each -> words.add("--period-captures=" + each));
      }
    });
    Path output = folder.resolve("output.txt");
    Process process =
        new ProcessBuilder(words).redirectErrorStream(true).redirectOutput(output.toFile()).start();
    int exitCode = process.waitFor();
    assertThat(exitCode).as(words + "\n" + Files.readString(output)).isZero();
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
}
