package dev.rideau.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.rideau.ctf.CtfTraceReader;
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
        run(command, copy, json);
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
    }
    assertThat(differences).isEmpty();
  }

  private static boolean isInstalled() {
    return Stream.of(System.getenv().getOrDefault("PATH", "").split(File.pathSeparator))
        .anyMatch(folder -> Files.isExecutable(Path.of(folder, "lttng-schedlog-mi")));
  }

  private static void run(String command, Path trace, Path json)
      throws IOException, InterruptedException {
    Process process =
        new ProcessBuilder("lttng-" + command + "-mi", trace.toString())
            .redirectOutput(json.toFile())
            .redirectError(ProcessBuilder.Redirect.DISCARD)
            .start();
    assertThat(process.waitFor()).as(command).isZero();
  }
}
