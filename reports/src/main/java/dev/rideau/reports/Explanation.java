package dev.rideau.reports;

import dev.rideau.reports.ReportRunner.Availability;
import dev.rideau.reports.ReportRunner.TimeRange;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// What a newcomer wants to know of a recording, found by rules.
///
/// @param recording names and values of the recording itself
/// @param range the time that is explained
/// @param busiest the processes that ran most, rows of the report `cpu-process`
/// @param shortages what each resource was like, in a fixed order
/// @param findings what is worth knowing, the most important first
/// @param unanswered what cannot be told, with the reason
/// @param losses what the tracer lost; null for nothing
/// @param unavailable reports that cannot answer, by the events that they lack
/// @param lackingCalls events without which it is not known when threads are in system calls, where
///   switches of threads were recorded
/// @param hasStateDump whether the tracer told what was there before the recording
/// @param isKernelTrace whether there is anything in it that is taken for an event of a kernel
public record Explanation(
    Map<String, String> recording,
    TimeRange range,
    List<@Nullable Object[]> busiest,
    List<Finding> shortages,
    List<Finding> findings,
    List<Unanswered> unanswered,
    @Nullable Losses losses,
    Map<String, List<String>> unavailable,
    List<String> lackingCalls,
    boolean hasStateDump,
    boolean isKernelTrace) {

  /// Resources that a machine can be short of, in the order in which they are told.
  public static final List<String> RESOURCES = List.of("cpu", "disk", "memory", "locks", "network");

  private static final Report.Need STATE_DUMP =
      new Report.Need(List.of("statedump_start", "statedump_process_state"));

  /// How many processes are named.
  private static final String BUSIEST = "5";

  /// A severity from which on a resource is called short.
  public static final long SHORTAGE = 2;

  /// What a rule found.
  ///
  /// @param rule its name
  /// @param title what it looks for
  /// @param resource what the machine may be short of, or `none`
  /// @param severity 0 nothing, 1 worth knowing, 2 a shortage or clearly bad, 3 severe
  /// @param score how much of the time it concerns, out of a hundred
  /// @param summary one sentence with numbers
  /// @param advice what to do
  /// @param command what shows more, with `{trace}` for the trace
  /// @param evidence the numbers by name, as the database has them
  public record Finding(
      String rule,
      String title,
      String resource,
      long severity,
      double score,
      String summary,
      String advice,
      String command,
      Map<String, @Nullable Object> evidence) {

    /// Whether there was enough of the resource, in a word or two.
    public String supply() {
      if (severity >= SHORTAGE) {
        return severity > SHORTAGE ? "very short" : "short";
      }
      return severity > 0 ? "enough, with waits" : "enough";
    }
  }

  /// A question without answer.
  ///
  /// @param rule the rule that could not be asked
  /// @param question what it answers
  /// @param resource what the machine may be short of, or `none`
  /// @param missing events that were not recorded
  public record Unanswered(String rule, String question, String resource, List<String> missing) {}

  /// Asks all rules.
  ///
  /// @param values how numbers are written in sentences
  public static Explanation of(
      ReportRunner runner, ReportCatalog catalog, TimeRange range, ValueText values) {
    Report processes = catalog.named("cpu-process");
    Map<String, String> recording = recording(runner, catalog, range);
    List<Finding> findings = new ArrayList<>();
    List<Unanswered> unanswered = new ArrayList<>();
    for (Report rule : ReportCatalog.rules()) {
      List<String> missing = missing(runner, rule);
      if (missing.isEmpty()) {
        findings.addAll(ask(runner, rule, range, values));
      } else {
        String resource = text(rule).resource();
        unanswered.add(new Unanswered(rule.name(), rule.answers(), resource, missing));
      }
    }
    List<@Nullable Object[]> busiest = List.of();
    if (missing(runner, processes).isEmpty()) {
      try (ReportResult result = runner.run(processes, Map.of("limit", BUSIEST), range)) {
        busiest = result.readAll();
      }
    }
    List<Finding> shortages =
        findings.stream()
            .filter(finding -> !finding.resource.equals("none"))
            .sorted(Explanation::byResource)
            .toList();
    List<Finding> ranked =
        findings.stream()
            .filter(finding -> finding.severity > 0)
            .sorted(Explanation::byWeight)
            .toList();
    return new Explanation(
        recording,
        range,
        busiest,
        shortages,
        ranked,
        List.copyOf(unanswered),
        runner.losses(range),
        unavailable(runner, catalog),
        lackingCalls(runner),
        runner.availability(STATE_DUMP) == Availability.RECORDED,
        runner.isKernelTrace());
  }

  /// All reports that [#of] asks, for [ReportRunner#prepare].
  public static List<Report> reports(ReportCatalog catalog) {
    List<Report> all = new ArrayList<>(ReportCatalog.rules());
    all.add(catalog.named("cpu-process"));
    return all;
  }

  /// What the machine was short of; empty for nothing.
  public List<String> shortOf() {
    return shortages.stream()
        .filter(finding -> finding.severity >= SHORTAGE)
        .map(Finding::resource)
        .toList();
  }

  private static int byResource(Finding left, Finding right) {
    return Integer.compare(RESOURCES.indexOf(left.resource), RESOURCES.indexOf(right.resource));
  }

  /// What weighs most first.
  private static int byWeight(Finding left, Finding right) {
    int bySeverity = Long.compare(right.severity, left.severity);
    int byScore = bySeverity != 0 ? bySeverity : Double.compare(right.score, left.score);
    return byScore != 0 ? byScore : left.rule.compareTo(right.rule);
  }

  private static Map<String, List<String>> unavailable(ReportRunner runner, ReportCatalog catalog) {
    Map<String, List<String>> unavailable = new TreeMap<>();
    for (Report report : catalog.all().reports()) {
      List<Report.Need> lacking = lacking(runner, report);
      for (Report.Need need : lacking) {
        if (lacking.stream().noneMatch(other -> isEnd(need, other))) {
          unavailable
              .computeIfAbsent(runner.names(need), _ -> new ArrayList<>())
              .add(report.name());
        }
      }
    }
    return unavailable;
  }

  private static List<String> lackingCalls(ReportRunner runner) {
    boolean hasSwitches =
        runner.availability(new Report.Need(List.of("sched_switch"))) == Availability.RECORDED;
    return Stream.of("syscall_entry", "syscall_exit")
        .map(event -> new Report.Need(List.of(event)))
        .filter(need -> hasSwitches && runner.availability(need) == Availability.ABSENT)
        .map(runner::names)
        .toList();
  }

  private static Map<String, String> recording(
      ReportRunner runner, ReportCatalog catalog, TimeRange range) {
    Map<String, String> recording = new TreeMap<>();
    try (ReportResult result = runner.run(catalog.named("recording"), Map.of(), range)) {
      while (result.next()) {
        recording.putIfAbsent(String.valueOf(result.value(1)), String.valueOf(result.value(2)));
      }
    }
    return recording;
  }

  private static List<String> missing(ReportRunner runner, Report rule) {
    return lacking(runner, rule).stream().map(runner::names).toList();
  }

  private static List<Report.Need> lacking(ReportRunner runner, Report rule) {
    return rule.needs().stream()
        .filter(need -> runner.availability(need) == Availability.ABSENT)
        .toList();
  }

  /// Whether an event ends what another one begins, so that who lacks both lacks the other one.
  private static boolean isEnd(Report.Need end, Report.Need begin) {
    String last = end.anyOf().getFirst();
    String first = begin.anyOf().getFirst();
    int at = last.lastIndexOf('_') + 1;
    return (last.endsWith("_exit") || last.endsWith("_end"))
        && !first.equals(last)
        && first.lastIndexOf('_') + 1 == at
        && first.regionMatches(0, last, 0, at);
  }

  private static List<Finding> ask(
      ReportRunner runner, Report rule, TimeRange range, ValueText values) {
    List<Finding> findings = new ArrayList<>();
    Report.FindingText text = text(rule);
    try (ReportResult result = runner.run(rule, Map.of(), range)) {
      while (result.next()) {
        Map<String, @Nullable Object> evidence = new LinkedHashMap<>();
        Map<String, String> texts = new LinkedHashMap<>();
        for (int i = 0; i < rule.columns().size(); i++) {
          ReportColumn column = rule.columns().get(i);
          Object value = result.value(i);
          texts.put(column.name(), values.of(column.unit(), value));
          if (!column.name().equals("severity") && !column.name().equals("score")) {
            evidence.put(column.name(), value);
          }
        }
        double score = number(result.value(rule.indexOf("score"))).doubleValue();
        String quiet = text.quiet();
        String summary = quiet != null && score == 0 ? quiet : text.summary();
        findings.add(
            new Finding(
                rule.name(),
                rule.title(),
                text.resource(),
                number(result.value(rule.indexOf("severity"))).longValue(),
                score,
                filled(summary, texts),
                filled(text.advice(), texts),
                filled(text.command(), texts),
                evidence));
      }
    }
    return findings;
  }

  private static Number number(@Nullable Object value) {
    return value instanceof Number number ? number : 0;
  }

  private static Report.FindingText text(Report rule) {
    Report.FindingText text = rule.finding();
    if (text == null) {
      throw new ReportException(rule.origin() + ": is no rule", "add resource and summary");
    }
    return text;
  }

  // {trace} stays: only who shows the sentence knows how the user named it.
  private static String filled(String template, Map<String, String> texts) {
    StringBuilder filled = new StringBuilder();
    int at = 0;
    while (at < template.length()) {
      int open = template.indexOf('{', at);
      int close = open < 0 ? -1 : template.indexOf('}', open);
      if (close < 0) {
        break;
      }
      String name = template.substring(open + 1, close);
      filled.append(template, at, open);
      filled.append(texts.getOrDefault(name, "{" + name + "}"));
      at = close + 1;
    }
    return filled.append(template, at, template.length()).toString();
  }
}
