package dev.rideau.reports.internal.period;

import dev.rideau.reports.FactSource;
import dev.rideau.reports.Period;
import dev.rideau.reports.ReportException;
import dev.rideau.reports.internal.ParameterText;
import dev.rideau.reports.internal.period.Expression.Value;
import dev.rideau.reports.internal.period.PeriodEngine.Definition;
import dev.rideau.tables.ResultColumn;
import dev.rideau.tables.Rows;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/// Finds the periods of a recording. Only records that can begin or end one are read, and of those
/// only the fields that conditions and captures speak of.
public final class PeriodSearch {
  private final FactSource facts;
  private final List<Definition> roots = new ArrayList<>();
  private final List<Definition> all = new ArrayList<>();

  /// @param periods as users write them, parents before those within
  /// @param captures as users write them
  /// @throws ReportException when one makes no sense
  public PeriodSearch(FactSource facts, List<String> periods, List<String> captures) {
    this.facts = facts;
    Map<String, PeriodParser.Captures> kept = new HashMap<>();
    for (String text : captures) {
      PeriodParser.Captures each = PeriodParser.captures(text);
      if (kept.put(each.name(), each) != null) {
        throw new ReportException("--period-captures: '" + each.name() + "' is there twice", null);
      }
    }
    Map<String, Definition> named = new HashMap<>();
    for (String text : periods) {
      add(PeriodParser.period(text), kept, named);
    }
    if (!kept.isEmpty()) {
      throw new ReportException(
          "--period-captures: no period is called '" + kept.keySet().iterator().next() + "'", null);
    }
  }

  private void add(
      PeriodParser.Period parsed,
      Map<String, PeriodParser.Captures> kept,
      Map<String, Definition> named) {
    String name = parsed.name();
    PeriodParser.Captures captures = name == null ? null : kept.remove(name);
    Definition definition =
        new Definition(
            name == null ? "" : name,
            parsed.begin(),
            parsed.end(),
            captures == null ? Map.of() : captures.begin(),
            captures == null ? Map.of() : captures.end(),
            new ArrayList<>());
    if (name != null && named.put(name, definition) != null) {
      throw new ReportException("--period: '" + name + "' is there twice", null);
    }
    all.add(definition);
    String parent = parsed.parent();
    if (parent == null) {
      roots.add(definition);
      return;
    }
    Definition around = named.get(parent);
    if (around == null || parent.equals(name)) {
      throw new ReportException(
          "--period: there is no period '" + parent + "'",
          "name the period around another one first");
    }
    around.children().add(definition);
  }

  /// The periods that begin in a range of time, in order.
  public List<Period> find(long beginNs, long endNs) {
    PeriodEngine engine = new PeriodEngine(roots);
    List<EventRead> reads = reads();
    if (!reads.isEmpty()) {
      Set<String> fields = fields();
      StringBuilder sql = new StringBuilder("SELECT * FROM (");
      for (int i = 0; i < reads.size(); i++) {
        sql.append(i == 0 ? "" : " UNION ALL ").append(reads.get(i).sql(i, fields, beginNs, endNs));
      }
      sql.append(") ORDER BY ts, stream");
      read(sql.toString(), reads, List.copyOf(fields), engine);
    }
    return engine.finish(endNs);
  }

  private void read(String sql, List<EventRead> reads, List<String> fields, PeriodEngine engine) {
    int firstField = 3;
    try (Rows rows = facts.query(sql)) {
      while (rows.next()) {
        EventRead read = reads.get((int) rows.longAt(2));
        Map<String, Value> values = new LinkedHashMap<>();
        for (int i = 0; i < fields.size(); i++) {
          String text = rows.textAt(firstField + i);
          if (text != null) {
            boolean isNumber = read.isNumber.getOrDefault(fields.get(i), false);
            values.put(
                fields.get(i),
                isNumber ? new Value.Number(new BigDecimal(text)) : new Value.Text(text));
          }
        }
        engine.accept(new EventRecord(rows.longAt(0), read.event, values));
      }
    }
  }

  /// How to read the records of an event class.
  private record EventRead(
      String event, Map<String, String> columns, Map<String, Boolean> isNumber) {
    String sql(int number, Set<String> fields, long beginNs, long endNs) {
      StringBuilder sql = new StringBuilder("SELECT ts, stream, ").append(number).append(" AS n");
      for (String field : fields) {
        String column = columns.get(field);
        sql.append(", ");
        sql.append(column == null ? "NULL" : '"' + column.replace("\"", "\"\"") + '"');
        sql.append("::VARCHAR AS \"f_").append(field).append('"');
      }
      sql.append(" FROM events(").append(ParameterText.quoted(event)).append(") WHERE ts >= ");
      return sql.append(beginNs).append(" AND ts < ").append(endNs).toString();
    }
  }

  private List<EventRead> reads() {
    List<String> names = new ArrayList<>();
    try (Rows rows =
        facts.query("SELECT DISTINCT name FROM event_class WHERE events > 0 ORDER BY name")) {
      while (rows.next()) {
        String name = String.valueOf(rows.textAt(0));
        if (all.stream()
            .anyMatch(each ->
                Conditions.canHold(each.begin(), name) || Conditions.canHold(each.end(), name))) {
          names.add(name);
        }
      }
    }
    List<EventRead> reads = new ArrayList<>();
    Set<String> fields = fields();
    for (String name : names) {
      Map<String, String> columns = new HashMap<>();
      Map<String, Boolean> isNumber = new HashMap<>();
      try (Rows rows =
          facts.query("SELECT * FROM events(" + ParameterText.quoted(name) + ") LIMIT 0")) {
        for (ResultColumn column : rows.columns()) {
          // The number of the CPU is a field of packets in LTTng's traces and a column in ours.
          String field = column.name().equals("cpu") ? "cpu_id" : column.name();
          if (fields.contains(field)) {
            columns.putIfAbsent(field, column.name());
            isNumber.putIfAbsent(field, column.isNumber());
          }
        }
      }
      reads.add(new EventRead(name, columns, isNumber));
    }
    return reads;
  }

  private Set<String> fields() {
    Set<String> fields = new TreeSet<>();
    for (Definition each : all) {
      Conditions.fields(each.begin(), fields);
      Conditions.fields(each.end(), fields);
      each.beginCaptures().values().forEach(reference -> Conditions.field(reference, fields));
      each.endCaptures().values().forEach(reference -> Conditions.field(reference, fields));
    }
    return fields;
  }
}
