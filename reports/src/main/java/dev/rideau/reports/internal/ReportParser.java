package dev.rideau.reports.internal;

import dev.rideau.reports.ColumnUnit;
import dev.rideau.reports.ParameterType;
import dev.rideau.reports.PlotHint;
import dev.rideau.reports.Report;
import dev.rideau.reports.ReportColumn;
import dev.rideau.reports.ReportException;
import dev.rideau.reports.ReportParameter;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// Reads the file of a report: comments with `key: value` first, then the query.
///
/// ```
/// -- title: CPU time of each thread
/// -- param: limit count = 20 | Show at most so many rows.
/// -- column: cpu_time ns | How long it ran.
/// SELECT ...
/// ```
///
/// A line that is indented by three blanks or more goes on with the value before it.
public final class ReportParser {
  private static final Pattern ENTRY = Pattern.compile("-- ?([a-z]+): *(.*)");
  private static final Pattern FURTHER = Pattern.compile("-- {3,}(\\S.*)");
  private static final Pattern EVENT = Pattern.compile("[A-Za-z_][\\w:]*");
  private static final Pattern PARAMETER =
      Pattern.compile("([a-z_][a-z0-9_]*)(?: +([a-z]+)(?: *= *(.*?))?)? *(?:\\| *(.*))?");
  private static final Pattern COLUMN =
      Pattern.compile("([A-Za-z_][A-Za-z0-9_]*) +(\\S+) *\\| *(.+)");
  private static final Pattern HOLE = Pattern.compile("\\{([A-Za-z_][A-Za-z0-9_]*)}");
  private static final Set<String> KEYS =
      Set.of(
          "title",
          "group",
          "answers",
          "needs",
          "uses",
          "param",
          "column",
          "plot",
          "prepare",
          "see",
          "resource",
          "summary",
          "quiet",
          "advice",
          "command");
  private static final Set<String> REPEATED = Set.of("param", "column");
  private static final List<String> OF_RULES = List.of("resource", "summary", "advice", "command");
  private static final Set<String> RESOURCES =
      Set.of("cpu", "disk", "memory", "locks", "network", "none");

  private final String name;
  private final String origin;
  private final Map<String, List<Entry>> entries = new TreeMap<>();
  private String sql = "";
  private int firstLine;

  private record Entry(String value, int line) {}

  private ReportParser(String name, String origin) {
    this.name = name;
    this.origin = origin;
  }

  /// Reads a report.
  ///
  /// @param name the name of the file without `.sql`
  /// @param origin the file, for messages
  /// @param text what is in the file
  /// @throws ReportException when something is wrong with the header
  public static Report parse(String name, String origin, String text) {
    ReportParser parser = new ReportParser(name, origin);
    parser.split(text);
    return parser.report();
  }

  private void split(String text) {
    String[] lines = text.split("\n", -1);
    int index = 0;
    String key = null;
    for (; index < lines.length; index++) {
      String line = lines[index].stripTrailing();
      Matcher entry = ENTRY.matcher(line);
      Matcher further = FURTHER.matcher(line);
      if (further.matches() && key != null) {
        List<Entry> all = entries.getOrDefault(key, List.of());
        Entry last = all.getLast();
        all.set(all.size() - 1, new Entry(last.value + " " + further.group(1), last.line));
      } else if (entry.matches()) {
        key = entry.group(1);
        add(key, new Entry(entry.group(2), index + 1));
      } else if (!line.isEmpty() && !line.equals("--")) {
        if (line.startsWith("--")) {
          throw wrong(
              index + 1,
              "a comment before the query must be '-- key: value'",
              "move other comments behind the first line of the query");
        }
        break;
      }
    }
    firstLine = index + 1;
    sql =
        String.join("\n", Arrays.asList(lines).subList(Math.min(index, lines.length), lines.length))
            .strip();
    if (sql.endsWith(";")) {
      sql = sql.substring(0, sql.length() - 1);
    }
    if (sql.isEmpty()) {
      throw wrong(lines.length, "there is no query behind the header", "add a SELECT");
    }
  }

  private void add(String key, Entry entry) {
    if (!KEYS.contains(key)) {
      throw wrong(
          entry.line, "unknown key '" + key + "'", "known are " + String.join(", ", sorted(KEYS)));
    }
    if (entry.value.isEmpty()) {
      throw wrong(entry.line, "'" + key + "' has no value", null);
    }
    List<Entry> all = entries.computeIfAbsent(key, _ -> new ArrayList<>());
    if (!all.isEmpty() && !REPEATED.contains(key)) {
      throw wrong(
          entry.line, "'" + key + "' stands on line " + all.getFirst().line + " already", null);
    }
    all.add(entry);
  }

  private Report report() {
    List<ReportParameter> parameters = parameters();
    List<ReportColumn> columns = columns();
    checkPlaces(parameters);
    Entry prepare = one("prepare");
    return new Report(
        name,
        required("group").value,
        required("title").value,
        required("answers").value,
        needs("needs"),
        needs("uses"),
        parameters,
        columns,
        plot(columns),
        prepare == null ? null : prepare.value,
        see(),
        finding(columns),
        sql,
        origin,
        firstLine);
  }

  private List<ReportParameter> parameters() {
    List<ReportParameter> parameters = new ArrayList<>();
    Set<String> names = new HashSet<>(Set.of("begin", "end"));
    for (Entry entry : entries.getOrDefault("param", List.of())) {
      Matcher matcher = PARAMETER.matcher(entry.value);
      if (!matcher.matches()) {
        throw wrong(
            entry.line,
            "a parameter is written 'name type = default | what it does'",
            "types are " + types());
      }
      if (!names.add(matcher.group(1))) {
        throw wrong(entry.line, "parameter '" + matcher.group(1) + "' exists already", null);
      }
      parameters.add(parameter(entry, matcher));
    }
    return parameters;
  }

  private ReportParameter parameter(Entry entry, Matcher matcher) {
    String called = matcher.group(1);
    ReportParameter common = ReportParameter.common(called);
    String type = matcher.group(2);
    String otherwise = matcher.group(3);
    String sentence = matcher.group(4);
    if (common != null && (type == null || type.equals(common.type().text()))) {
      return new ReportParameter(
          called,
          common.type(),
          otherwise == null ? common.otherwise() : nullable(otherwise),
          sentence == null ? common.sentence() : sentence);
    }
    ParameterType known = type == null ? null : ParameterType.of(type);
    if (known == null) {
      throw wrong(
          entry.line,
          "parameter '" + called + "' has " + (type == null ? "no type" : "unknown type " + type),
          "types are " + types());
    }
    if (sentence == null) {
      throw wrong(entry.line, "parameter '" + called + "' has no description", "add '| text'");
    }
    String value = otherwise == null ? null : nullable(otherwise);
    if (value != null) {
      try {
        ParameterText.literal(known, value);
      } catch (IllegalArgumentException failure) {
        throw wrong(entry.line, "default of '" + called + "': " + failure.getMessage(), null);
      }
    }
    return new ReportParameter(called, known, value, sentence);
  }

  private static @Nullable String nullable(String otherwise) {
    return otherwise.isEmpty() || otherwise.equals("none") ? null : otherwise;
  }

  private List<ReportColumn> columns() {
    List<ReportColumn> columns = new ArrayList<>();
    Set<String> names = new HashSet<>();
    for (Entry entry : entries.getOrDefault("column", List.of())) {
      Matcher matcher = COLUMN.matcher(entry.value);
      if (!matcher.matches()) {
        throw wrong(
            entry.line, "a column is written 'name unit | what it tells'", "units are " + units());
      }
      ColumnUnit unit = ColumnUnit.of(matcher.group(2));
      if (unit == null) {
        throw wrong(
            entry.line,
            "column '" + matcher.group(1) + "' has unknown unit '" + matcher.group(2) + "'",
            "units are " + units());
      }
      if (!names.add(matcher.group(1))) {
        throw wrong(entry.line, "column '" + matcher.group(1) + "' exists already", null);
      }
      columns.add(new ReportColumn(matcher.group(1), unit, matcher.group(3)));
    }
    if (columns.isEmpty()) {
      throw wrong(1, "the header names no column", "add '-- column: name unit | what it tells'");
    }
    return columns;
  }

  // Every $name is a parameter and every parameter is used: both are signs of a slip.
  private void checkPlaces(List<ReportParameter> parameters) {
    SqlTemplate template = new SqlTemplate(sql);
    Set<String> used = new HashSet<>();
    for (SqlTemplate.Place place : template.places()) {
      String wanted = place.name();
      used.add(wanted);
      boolean known =
          wanted.equals("begin")
              || wanted.equals("end")
              || parameters.stream().anyMatch(each -> each.name().equals(wanted));
      if (!known) {
        throw wrong(
            firstLine + template.line(place),
            "the query uses $" + wanted + ", which is no parameter",
            "add '-- param: " + wanted + " type = default | what it does'");
      }
    }
    // What the program prepares may use parameters that the query does not.
    if (!entries.containsKey("prepare")) {
      for (ReportParameter each : parameters) {
        if (!used.contains(each.name())) {
          throw wrong(1, "the query never uses parameter $" + each.name(), "remove it");
        }
      }
    }
  }

  private List<Report.Need> needs(String key) {
    Entry entry = one(key);
    List<Report.Need> needs = new ArrayList<>();
    if (entry != null) {
      for (String part : entry.value.split(",")) {
        List<String> anyOf = Arrays.stream(part.split("\\|")).map(String::strip).toList();
        for (String event : anyOf) {
          if (!EVENT.matcher(event).matches()) {
            throw wrong(
                entry.line,
                "'" + event + "' is no event name",
                "write 'a, b | c': a and one of b and c");
          }
        }
        needs.add(new Report.Need(anyOf));
      }
    }
    return needs;
  }

  private @Nullable PlotHint plot(List<ReportColumn> columns) {
    Entry entry = one("plot");
    if (entry == null) {
      return null;
    }
    String[] words = entry.value.split(" +");
    PlotHint.Kind kind = PlotHint.Kind.of(words[0]);
    if (kind == null) {
      String kinds =
          String.join(
              ", ", Arrays.stream(PlotHint.Kind.values()).map(each -> each.text()).toList());
      throw wrong(entry.line, "unknown plot '" + words[0] + "'", "plots are " + kinds);
    }
    Map<String, String> roles = new LinkedHashMap<>();
    for (String word : Arrays.asList(words).subList(1, words.length)) {
      int equals = word.indexOf('=');
      String role = equals < 0 ? word : word.substring(0, equals);
      String column = equals < 0 ? "" : word.substring(equals + 1);
      List<String> known = kind.roles();
      if (!known.contains(role) && !known.contains(role + "?")) {
        throw wrong(
            entry.line,
            "plot '" + kind.text() + "' has no role '" + role + "'",
            "roles are " + String.join(", ", known));
      }
      if (columns.stream().noneMatch(each -> each.name().equals(column))) {
        throw wrong(entry.line, "plot: there is no column '" + column + "'", null);
      }
      roles.put(role, column);
    }
    for (String role : kind.roles()) {
      if (!role.endsWith("?") && !roles.containsKey(role)) {
        throw wrong(
            entry.line, "plot '" + kind.text() + "' needs '" + role + "='", "name its column");
      }
    }
    return new PlotHint(kind, roles);
  }

  private List<String> see() {
    Entry entry = one("see");
    return entry == null
        ? List.of()
        : Arrays.stream(entry.value.split(",")).map(String::strip).toList();
  }

  private Report.@Nullable FindingText finding(List<ReportColumn> columns) {
    if (OF_RULES.stream().noneMatch(entries::containsKey)) {
      return null;
    }
    Entry resource = required("resource");
    if (!RESOURCES.contains(resource.value)) {
      throw wrong(
          resource.line,
          "unknown resource '" + resource.value + "'",
          "resources are " + String.join(", ", sorted(RESOURCES)));
    }
    for (String wanted : List.of("severity", "score")) {
      if (columns.stream().noneMatch(each -> each.name().equals(wanted))) {
        throw wrong(1, "a rule needs a column '" + wanted + "'", null);
      }
    }
    for (String key : List.of("summary", "advice", "command")) {
      Entry entry = required(key);
      Matcher hole = HOLE.matcher(entry.value);
      while (hole.find()) {
        String wanted = hole.group(1);
        boolean known =
            wanted.equals("trace") || columns.stream().anyMatch(each -> each.name().equals(wanted));
        if (!known) {
          throw wrong(entry.line, key + ": there is no column '" + wanted + "'", null);
        }
      }
    }
    return new Report.FindingText(
        resource.value,
        required("summary").value,
        one("quiet") instanceof Entry(String quiet, int _) ? quiet : null,
        required("advice").value,
        required("command").value);
  }

  private @Nullable Entry one(String key) {
    List<Entry> all = entries.get(key);
    return all == null ? null : all.getFirst();
  }

  private Entry required(String key) {
    Entry entry = one(key);
    if (entry == null) {
      throw wrong(1, "the header has no '" + key + "'", "add '-- " + key + ": ...'");
    }
    return entry;
  }

  private ReportException wrong(int line, String message, @Nullable String advice) {
    return new ReportException(origin + ":" + line + ": " + message, advice);
  }

  private static List<String> sorted(Set<String> words) {
    return words.stream().sorted().toList();
  }

  private static String types() {
    return String.join(
        ", ", Arrays.stream(ParameterType.values()).map(ParameterType::text).toList());
  }

  private static String units() {
    return String.join(", ", Arrays.stream(ColumnUnit.values()).map(ColumnUnit::text).toList());
  }
}
