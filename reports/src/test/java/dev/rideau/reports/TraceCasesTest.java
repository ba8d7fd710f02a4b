package dev.rideau.reports;

import static org.assertj.core.api.Assertions.assertThat;

import dev.rideau.kernel.testing.NotationReader;
import dev.rideau.reports.ReportRunner.TimeRange;
import dev.rideau.tables.DatabaseOptions;
import dev.rideau.tables.Rows;
import dev.rideau.tables.TraceDatabase;
import dev.rideau.trace.testing.SharedData;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/// Cases as text files, from the records of a trace to answers:
///
/// ```
/// # what the case pins
/// records in the notation of dev.rideau.kernel.testing.TraceNotation
/// == report NAME parameter=value ...
/// titles and rows as CSV
/// == sql SELECT ...
/// titles and rows as CSV
/// == period DEFINITION
/// == captures DEFINITION
/// == explain
/// what is short, found, cannot be told; what was lost
/// ```
///
/// Run with `-Drideau.regenerate=true` to write the answers anew.
@Tag("slow")
final class TraceCasesTest {
  private static final Path FOLDER =
      SharedData.checkout().resolve("reports/src/test/resources/dev/rideau/reports/traces");

  static Stream<String> cases() throws IOException {
    try (Stream<Path> files = Files.list(FOLDER)) {
      return files.map(file -> file.getFileName().toString()).sorted().toList().stream();
    }
  }

  @ParameterizedTest
  @MethodSource("cases")
  void answers(String name) throws IOException {
    Path file = FOLDER.resolve(name);
    String text = Files.readString(file);
    int first = text.indexOf("\n== ");
    List<String> actual = new ArrayList<>();
    try (TraceDatabase database =
        TraceDatabase.open(
            List.of(Path.of("").toAbsolutePath()),
            List.of(new NotationReader(text.substring(0, first))),
            DatabaseOptions.of(_ -> {}))) {
      ReportRunner runner = new ReportRunner(FactSource.of(database));
      List<String> periods = new ArrayList<>();
      List<String> captures = new ArrayList<>();
      for (String line : text.substring(first + 1).lines().toList()) {
        if (line.startsWith("== ")) {
          actual.add(line);
          String[] words = line.split(" ", 3);
          switch (words[1]) {
            case "period" -> periods.add(words[2]);
            case "captures" -> captures.add(words[2]);
            default -> {
              runner.definePeriods(periods, captures);
              actual.addAll(answer(runner, database, line.substring(3)));
            }
          }
        }
      }
    }
    if (Boolean.getBoolean("rideau.regenerate")) {
      Files.writeString(file, text.substring(0, first + 1) + String.join("\n", actual) + "\n");
    }
    assertThat(actual).isEqualTo(text.substring(first + 1).lines().toList());
  }

  private static List<String> answer(ReportRunner runner, TraceDatabase database, String question) {
    String[] words = question.split(" ", 2);
    return switch (words[0]) {
      case "sql" -> sql(database, words[1]);
      case "report" -> report(runner, words[1].split(" "));
      case "explain" -> explain(runner);
      default -> throw new IllegalArgumentException(question);
    };
  }

  private static List<String> sql(TraceDatabase database, String sql) {
    List<String> lines = new ArrayList<>();
    try (Rows rows = database.query(sql)) {
      lines.add(rows.columns().stream().map(each -> each.name()).collect(Collectors.joining(",")));
      while (rows.next()) {
        List<String> values = new ArrayList<>();
        for (int i = 0; i < rows.columns().size(); i++) {
          values.add(plain(rows.valueAt(i)));
        }
        lines.add(String.join(",", values));
      }
    }
    return lines;
  }

  private static List<String> report(ReportRunner runner, String[] words) {
    Report report = ReportCatalog.bundled().named(words[0]);
    TimeRange range = runner.recording();
    Map<String, String> arguments = new HashMap<>();
    for (int i = 1; i < words.length; i++) {
      String[] parts = words[i].split("=", 2);
      switch (parts[0]) {
        case "begin" -> range = new TimeRange(Long.parseLong(parts[1]), range.endNs());
        case "end" -> range = new TimeRange(range.beginNs(), Long.parseLong(parts[1]));
        default -> arguments.put(parts[0], parts[1]);
      }
    }
    List<String> lines = new ArrayList<>();
    List<String> missing =
        report.needs().stream()
            .filter(need -> runner.availability(need) != ReportRunner.Availability.RECORDED)
            .map(need -> String.join(" or ", need.anyOf()))
            .toList();
    if (!missing.isEmpty()) {
      lines.add("not recorded: " + String.join(", ", missing));
    }
    Losses losses = runner.losses(range);
    if (losses != null) {
      lines.add("uncertain: " + losses.sentence());
    }
    lines.add(report.columns().stream().map(ReportColumn::name).collect(Collectors.joining(",")));
    try (ReportResult result = runner.run(report, arguments, range)) {
      for (@Nullable Object[] row : result.readAll()) {
        lines.add(Stream.of(row).map(TraceCasesTest::plain).collect(Collectors.joining(",")));
      }
    }
    return lines;
  }

  private static List<String> explain(ReportRunner runner) {
    List<String> lines = new ArrayList<>();
    Explanation explanation =
        Explanation.of(
            runner,
            ReportCatalog.with(Path.of("there-is-no-such")),
            runner.recording(),
            new ValueText(Long::toString));
    lines.add("short of: " + String.join(", ", explanation.shortOf()));
    explanation
        .findings()
        .forEach(each ->
            lines.add("found %s (%d): %s".formatted(each.rule(), each.severity(), each.summary())));
    explanation
        .unanswered()
        .forEach(each ->
            lines.add(
                "cannot tell %s without %s"
                    .formatted(each.rule(), String.join(", ", each.missing()))));
    if (!explanation.hasStateDump()) {
      lines.add("no state dump");
    }
    if (!explanation.isKernelTrace()) {
      lines.add("no known kernel");
    }
    Losses losses = explanation.losses();
    if (losses != null) {
      lines.add("uncertain: " + losses.sentence());
    }
    return lines;
  }

  private static String plain(@Nullable Object value) {
    return switch (value) {
      case null -> "";
      case Double number when number == Math.rint(number) -> Long.toString(number.longValue());
      case Double number -> "%.3f".formatted(number);
      default -> value.toString();
    };
  }
}
