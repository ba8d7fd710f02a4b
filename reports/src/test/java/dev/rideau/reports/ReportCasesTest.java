package dev.rideau.reports;

import static org.assertj.core.api.Assertions.assertThat;

import dev.rideau.reports.ReportRunner.TimeRange;
import dev.rideau.trace.testing.SharedData;
import java.io.IOException;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/// Cases as text files: rows of facts, a report, and the rows that it must answer.
///
/// ```
/// # what the case pins
/// TABLE column=value ...
/// range BEGIN END
/// report NAME parameter=value ...
/// titles and rows as CSV
/// ```
final class ReportCasesTest {
  private static final Pattern VALUE = Pattern.compile("(\\w+)=('(?:[^']|'')*'|\\S+)");

  private static final Pattern QUESTION =
      Pattern.compile("(?m)^(?:== )?((?:report|rule) [a-z-]+)(?: |$)");
  private static final Path FOLDER =
      SharedData.checkout().resolve("reports/src/test/resources/dev/rideau/reports");

  static List<Path> cases() throws IOException, URISyntaxException {
    Path folder =
        Path.of(Objects.requireNonNull(ReportCasesTest.class.getResource("cases")).toURI());
    try (Stream<Path> files = Files.list(folder)) {
      return files.sorted().toList();
    }
  }

  @ParameterizedTest
  @MethodSource("cases")
  void answers(Path file) throws IOException {
    List<String> expected = new ArrayList<>();
    List<String> actual = new ArrayList<>();
    TimeRange range = new TimeRange(0, 0);
    StringBuilder given = new StringBuilder();
    try (HandMadeFacts facts = new HandMadeFacts()) {
      for (String line : Files.readAllLines(file)) {
        String[] words = line.split(" ", 2);
        boolean isQuestion = words[0].equals("report") || words[0].equals("rule");
        if (isQuestion) {
          actual.add(line);
          actual.addAll(ask(facts, words[0].equals("rule"), words[1], range));
        }
        if (!actual.isEmpty()) {
          expected.add(line);
          continue;
        }
        given.append(line).append('\n');
        if (line.startsWith("#")) {
          continue;
        } else if (words[0].equals("range")) {
          String[] bounds = words[1].split(" ");
          range = new TimeRange(Long.parseLong(bounds[0]), Long.parseLong(bounds[1]));
        } else if (words[0].equals("sql")) {
          facts.query(words[1]).close();
        } else {
          Map<String, String> values = values(words[1]);
          facts.row(
              words[0], String.join(", ", values.keySet()), String.join(", ", values.values()));
        }
      }
    }
    if (Boolean.getBoolean("rideau.regenerate")) {
      Path source = FOLDER.resolve("cases").resolve(file.getFileName().toString());
      Files.writeString(source, given + String.join("\n", actual) + "\n");
    }
    assertThat(actual).isNotEmpty().isEqualTo(expected);
  }

  @Test
  void everyReportAndEveryRuleHasACase() throws IOException {
    Set<String> asked = new TreeSet<>();
    for (String folder : List.of("cases", "traces")) {
      try (Stream<Path> files = Files.list(FOLDER.resolve(folder))) {
        for (Path file : files.toList()) {
          Matcher matcher = QUESTION.matcher(Files.readString(file));
          while (matcher.find()) {
            asked.add(matcher.group(1));
          }
        }
      }
    }
    Set<String> known = new TreeSet<>();
    ReportCatalog.bundled().all().reports().forEach(report -> known.add("report " + report.name()));
    ReportCatalog.rules().forEach(rule -> known.add("rule " + rule.name()));
    known.removeAll(asked);
    assertThat(known).as("reports and rules without a case").isEmpty();
  }

  private static List<String> ask(
      HandMadeFacts facts, boolean isRule, String call, TimeRange range) {
    String[] words = call.split(" ", 2);
    Report report =
        isRule
            ? ReportCatalog.rules().stream()
                .filter(rule -> rule.name().equals(words[0]))
                .findAny()
                .orElseThrow()
            : ReportCatalog.bundled().named(words[0]);
    Map<String, String> arguments = words.length == 1 ? Map.of() : values(words[1]);
    List<String> lines = new ArrayList<>();
    lines.add(report.columns().stream().map(ReportColumn::name).collect(Collectors.joining(",")));
    try (ReportResult result = new ReportRunner(facts).run(report, arguments, range)) {
      for (@Nullable Object[] row : result.readAll()) {
        lines.add(Stream.of(row).map(ReportCasesTest::plain).collect(Collectors.joining(",")));
      }
    }
    return lines;
  }

  private static String plain(@Nullable Object value) {
    if (value == null) {
      return "";
    }
    return value instanceof Double number && number == Math.rint(number)
        ? Long.toString(number.longValue())
        : value.toString();
  }

  private static Map<String, String> values(String text) {
    Map<String, String> values = new HashMap<>();
    Matcher matcher = VALUE.matcher(text);
    while (matcher.find()) {
      values.put(matcher.group(1), matcher.group(2));
    }
    return values;
  }
}
