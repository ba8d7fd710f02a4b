package dev.rideau.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.rideau.ctf.CtfTraceReader;
import dev.rideau.reports.FactSource;
import dev.rideau.reports.Period;
import dev.rideau.reports.Periods;
import dev.rideau.reports.ReportRunner;
import dev.rideau.reports.ReportRunner.TimeRange;
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
          "run : $evt.$name == \"sched_switch\" && $evt.next_comm == \"wl\" :"
              + " $evt.$name == \"sched_switch\" && $evt.prev_tid == $begin.$evt.next_tid");

  private static final List<String> CAPTURES =
      List.of(
          "irq : irq = $evt.irq, name = $evt.name : ret = $evt.ret",
          "run : tid = $evt.next_tid, who = $evt.next_comm");

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
      for (Path file : files.sorted().toList()) {
        String command = file.getFileName().toString().replace(".sql", "");
        Path json = folder.resolve(command + ".json");
        run(json, command, copy.toString());
        database.execute(ROWS.formatted(json.toString().replace("'", "''")));
        try (Rows rows = database.query(Files.readString(file))) {
          while (rows.next()) {
            List<Object> row = new ArrayList<>();
            for (int i = 0; i < rows.columns().size(); i++) {
              row.add(String.valueOf(rows.valueAt(i)));
            }
            differences.add(command + ": " + row);
          }
        }
      }
      assertSamePeriods(database, copy, folder.resolve("periodlog.json"));
    }
    assertThat(differences).isEmpty();
  }

  /// Periods with their times and what was captured, in the order of their ends.
  private static void assertSamePeriods(TraceDatabase database, Path trace, Path json)
      throws IOException, InterruptedException {
    List<String> arguments = new ArrayList<>();
    PERIODS.forEach(each -> arguments.add("--period=" + each));
    CAPTURES.forEach(each -> arguments.add("--period-captures=" + each));
    arguments.add(trace.toString());
    run(json, "periodlog", arguments.toArray(String[]::new));
    database.execute(ROWS.formatted(json.toString().replace("'", "''")));
    List<String> theirs = new ArrayList<>();
    try (Rows rows =
        database.query(
            "SELECT concat_ws(' ', r->>'$[0].value', r->>'$[1].value', r->>'$[3].value',"
                + " rtrim(regexp_replace("
                + "concat_ws(', ', r->>'$[4].value', r->>'$[5].value'), '[{}'']', '', 'g'), ', '))"
                + " FROM mi")) {
      while (rows.next()) {
        theirs.add(String.valueOf(rows.textAt(0)));
      }
    }
    FactSource facts = FactSource.of(database);
    TimeRange whole = new ReportRunner(facts).recording();
    List<String> ours = new ArrayList<>();
    for (Period each : Periods.find(facts, PERIODS, CAPTURES, whole)) {
      if (each.isComplete()) {
        List<String> captures = new ArrayList<>();
        each.captures().forEach((name, value) -> captures.add(name + ": " + value));
        ours.add(
            "%d %d %s %s"
                .formatted(each.beginNs(), each.endNs(), each.name(), String.join(", ", captures)));
      }
    }
    assertThat(ours).hasSizeGreaterThan(100).containsExactlyInAnyOrderElementsOf(theirs);
  }

  private static boolean isInstalled() {
    return Stream.of(System.getenv().getOrDefault("PATH", "").split(File.pathSeparator))
        .anyMatch(folder -> Files.isExecutable(Path.of(folder, "lttng-schedlog-mi")));
  }

  private static void run(Path json, String command, String... arguments)
      throws IOException, InterruptedException {
    List<String> words = new ArrayList<>(List.of("lttng-" + command + "-mi"));
    words.addAll(List.of(arguments));
    Process process =
        new ProcessBuilder(words)
            .redirectOutput(json.toFile())
            .redirectError(ProcessBuilder.Redirect.DISCARD)
            .start();
    assertThat(process.waitFor()).as(command).isZero();
  }
}
