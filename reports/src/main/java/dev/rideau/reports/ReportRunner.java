package dev.rideau.reports;

import dev.rideau.kernel.EventNames;
import dev.rideau.reports.internal.ParameterText;
import dev.rideau.reports.internal.SqlTemplate;
import dev.rideau.reports.internal.critical.CriticalPathTable;
import dev.rideau.reports.internal.period.PeriodTable;
import dev.rideau.tables.DatabaseException;
import dev.rideau.tables.Rows;
import dev.rideau.trace.Diagnostic;
import dev.rideau.trace.Origin;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/// Asks reports of one database. Used by one thread.
public final class ReportRunner {
  /// What happens all the time on every machine: where there is no record of it, it was filtered
  /// out, even when the recording knows the event class; unless it is one of chosen threads, or
  /// known to have the classes of what was asked for alone.
  private static final Set<String> ALWAYS =
      Set.of(
          "sched_switch",
          "sched_waking",
          "sched_wakeup",
          "syscall_entry",
          "syscall_exit",
          "softirq_entry",
          "softirq_exit");

  /// Every report takes it, also those that show all rows without it.
  private static final ReportParameter LIMIT =
      Objects.requireNonNull(ReportParameter.common("limit"));

  private final FactSource database;
  private @Nullable Recording recording;
  private @Nullable Map<String, Long> modelEvents;
  private @Nullable String tracer;
  private List<String> periods = List.of();
  private List<String> periodCaptures = List.of();

  public ReportRunner(FactSource database) {
    this.database = database;
  }

  /// A range of time in nanoseconds, without its end.
  public record TimeRange(long beginNs, long endNs) {
    /// The part that lies within another range; empty at one of its bounds when there is none.
    public TimeRange within(TimeRange other) {
      long begin = Math.clamp(beginNs, other.beginNs, other.endNs);
      return new TimeRange(begin, Math.clamp(endNs, begin, other.endNs));
    }

    /// The shortest range that holds this one and another.
    public TimeRange with(TimeRange other) {
      return new TimeRange(Math.min(beginNs, other.beginNs), Math.max(endNs, other.endNs));
    }

    public long durationNs() {
      return endNs - beginNs;
    }
  }

  /// Names of the machines that the traces tell of, by number.
  public List<String> hosts() {
    return database.hosts();
  }

  /// Asks about one machine from now on: its facts, events and times.
  ///
  /// @param host its number; null for all machines
  public void limitTo(@Nullable Integer host) {
    database.limitTo(host);
    recording = null;
    modelEvents = null;
    tracer = null;
  }

  /// Tells which reports will be asked, so that the traces are read once for all of them.
  public void prepare(Collection<Report> reports) {
    StringBuilder words = new StringBuilder("recording event_class loss diagnostic");
    for (Report report : reports) {
      words.append('\n').append(report.sql());
      if (CriticalPathTable.NAME.equals(report.prepare())
          || CriticalPathTable.PIECES.equals(report.prepare())) {
        words.append('\n').append(CriticalPathTable.USES);
      }
    }
    database.prepareFor(words.toString());
  }

  /// From the first to behind the last moment that was recorded.
  public TimeRange recording() {
    return aboutRecording().range;
  }

  /// The table `recording`, which is small.
  ///
  /// @param values of several machines those of the first that says something
  private record Recording(TimeRange range, Map<String, @Nullable String> values) {}

  private Recording aboutRecording() {
    Recording known = recording;
    if (known == null) {
      known = readRecording();
      recording = known;
    }
    return known;
  }

  private Recording readRecording() {
    Map<String, @Nullable String> values = new HashMap<>();
    long begin = Long.MAX_VALUE;
    long end = Long.MIN_VALUE;
    String sql = "SELECT name, value, TRY_CAST(value AS BIGINT) FROM recording";
    try (Rows rows = database.query(sql)) {
      while (rows.next()) {
        String name = String.valueOf(rows.textAt(0));
        values.putIfAbsent(name, rows.textAt(1));
        if (name.equals("begin_ts") && !rows.isNull(2)) {
          begin = Math.min(begin, rows.longAt(2));
        } else if (name.equals("end_ts") && !rows.isNull(2)) {
          end = Math.max(end, rows.longAt(2));
        }
      }
    }
    boolean isKnown = begin < Long.MAX_VALUE && end > Long.MIN_VALUE;
    return new Recording(isKnown ? new TimeRange(begin, end) : new TimeRange(0, 0), values);
  }

  /// Whether events of the model are in the recording.
  public enum Availability {
    /// There are records.
    RECORDED,
    /// The tracer knew the event class but wrote no record: it did not happen, or was switched off.
    NONE_SEEN,
    /// The recording knows no such event class, or lacks what must have happened.
    ABSENT
  }

  /// Whether events that a report needs are in the recording: the best of those that will do.
  public Availability availability(Report.Need need) {
    Availability best = Availability.ABSENT;
    for (String event : need.anyOf()) {
      Long count = modelEvents().get(event);
      if (count != null && count > 0) {
        return Availability.RECORDED;
      } else if (count != null) {
        best = Availability.NONE_SEEN;
      }
    }
    return ALWAYS.containsAll(need.anyOf()) && !knowsWhatWasAskedFor() ? Availability.ABSENT : best;
  }

  private boolean knowsWhatWasAskedFor() {
    String recorder = entry("recorder");
    return entry("recorded_tids") != null || (recorder != null && recorder.startsWith("rideau "));
  }

  /// What is so of events that cannot be used: that they were not recorded, or only some of them.
  ///
  /// @param names one or several with words between
  /// @param partialEvents what the recording says under `partial_events`
  public static String absence(String names, @Nullable String partialEvents) {
    Set<String> words = Set.copyOf(List.of(names.split("[ ,]+", -1)));
    boolean isPartial =
        partialEvents != null
            && Arrays.stream(partialEvents.split(",", -1)).anyMatch(words::contains);
    return isPartial ? "was recorded only in part, by a filter or by sampling" : "was not recorded";
  }

  /// What is needed, by the names that the tracer of the recording has for it.
  public String names(Report.Need need) {
    String known = tracer;
    if (known == null) {
      String said = entry("tracer");
      known = said == null ? "" : said;
      tracer = known;
    }
    String ofRecording = known;
    return need.anyOf().stream()
        .map(event -> EventNames.of(ofRecording, event))
        .distinct()
        .collect(Collectors.joining(" or "));
  }

  /// What the recording says of itself under a name of the table `recording`, or null.
  public @Nullable String entry(String name) {
    return aboutRecording().values.get(name);
  }

  /// When the clock of the recording began to count, in its own time; 0 when that is not known.
  public long clockNs() {
    String boot = entry("boot_ts");
    return boot == null || !boot.matches("\\d{1,18}|[1-8]\\d{18}") ? 0 : Long.parseLong(boot);
  }

  /// Whether any record is taken for an event of a kernel.
  public boolean isKernelTrace() {
    return modelEvents().values().stream().anyMatch(count -> count > 0);
  }

  private Map<String, Long> modelEvents() {
    Map<String, Long> known = modelEvents;
    if (known == null) {
      known = new HashMap<>();
      String sql =
          "SELECT used_as, sum(events)::BIGINT FROM event_class"
              + " WHERE used_as IS NOT NULL GROUP BY used_as";
      try (Rows rows = database.query(sql)) {
        while (rows.next()) {
          known.put(String.valueOf(rows.textAt(0)), rows.longAt(1));
        }
      }
      modelEvents = known;
    }
    return known;
  }

  /// Asks a report.
  ///
  /// @param arguments values of parameters by name, as users write them; `begin` and `end` are in
  ///   `range`
  /// @throws ReportException when a value is wrong or the query fails
  public ReportResult run(Report report, Map<String, String> arguments, TimeRange range) {
    String sql = sql(report, arguments, range);
    try {
      return new ReportResult(report, database.query(sql));
    } catch (DatabaseException failure) {
      if (failure.kind() == DatabaseException.Kind.STATEMENT) {
        throw new ReportException(
            report.origin()
                + ": the query (from line "
                + report.firstLine()
                + " on) is wrong: "
                + failure.getMessage(),
            null,
            failure);
      }
      throw failure;
    }
  }

  /// Asks a report about many ranges of time: like [#run] for each of them, but quicker.
  public ReportAnswers runEach(
      Report report, Map<String, String> arguments, List<TimeRange> ranges) {
    return new ReportAnswers(this, report, arguments, ranges);
  }

  Rows query(String sql) {
    return database.query(sql);
  }

  /// Says which periods reports about periods tell of.
  ///
  /// @param definitions as in [Periods#find]
  /// @param captures as in [Periods#find]
  public void definePeriods(List<String> definitions, List<String> captures) {
    periods = List.copyOf(definitions);
    periodCaptures = List.copyOf(captures);
  }

  /// Checks values of parameters, before anything is read.
  ///
  /// @throws ReportException when one is unknown or wrong
  public void check(Report report, Map<String, String> arguments) {
    literals(report, arguments, new TimeRange(0, 0));
  }

  /// Writes the answer into a Parquet file.
  public void writeParquet(
      Report report, Map<String, String> arguments, TimeRange range, Path file) {
    copy(sql(report, arguments, range), file);
  }

  /// Writes the answers about several machines into one Parquet file, with the name of the machine
  /// in front. Tells of all machines afterwards.
  ///
  /// @param hosts their numbers
  public void writeParquet(
      Report report,
      Map<String, String> arguments,
      TimeRange range,
      List<Integer> hosts,
      Path file) {
    StringBuilder all = new StringBuilder();
    for (int host : hosts) {
      limitTo(host);
      String table = "answer_of_host_" + host;
      database.execute(
          "CREATE OR REPLACE TEMP TABLE "
              + table
              + " AS "
              + sql(report, arguments, range.within(recording())));
      all.append(all.isEmpty() ? "SELECT " : " UNION ALL SELECT ")
          .append(ParameterText.quoted(hosts().get(host)))
          .append(
              report.indexOf("host") < 0 ? " AS host, * FROM " : " AS host, * EXCLUDE (host) FROM ")
          .append(table);
    }
    limitTo(null);
    copy(all.toString(), file);
  }

  private void copy(String sql, Path file) {
    database.execute(
        "COPY ("
            + sql
            + ") TO "
            + ParameterText.quoted(file.toString())
            + " (FORMAT parquet, COMPRESSION zstd)");
  }

  /// The statement that answers a report, with all values in it; what it needs is prepared.
  public String sql(Report report, Map<String, String> arguments, TimeRange range) {
    Map<String, String> literals = literals(report, arguments, range);
    switch (report.prepare()) {
      case null -> {}
      case CriticalPathTable.NAME ->
          CriticalPathTable.create(database, CriticalPathTable.NAME, literals);
      case CriticalPathTable.PIECES ->
          CriticalPathTable.create(database, CriticalPathTable.PIECES, literals);
      case PeriodTable.NAME ->
          PeriodTable.create(database, Periods.find(database, periods, periodCaptures, range));
      case String other ->
          throw new ReportException(
              report.origin() + ": nothing is called '" + other + "' that could be prepared",
              "there are "
                  + String.join(
                      ", ", CriticalPathTable.NAME, CriticalPathTable.PIECES, PeriodTable.NAME));
    }
    return filled(report, literals);
  }

  /// The query of a report for which nothing is prepared, with other SQL for begin and end.
  String sql(Report report, Map<String, String> arguments, String begin, String end) {
    Map<String, String> literals = literals(report, arguments, new TimeRange(0, 0));
    literals.put("begin", begin);
    literals.put("end", end);
    return filled(report, literals);
  }

  private static String filled(Report report, Map<String, String> literals) {
    String sql = new SqlTemplate(report.sql()).fill(name -> literals.getOrDefault(name, "NULL"));
    // Reports that show all rows have no parameter for it, and end with their order.
    String limit = report.parameter(LIMIT.name()) == null ? literals.get(LIMIT.name()) : null;
    return limit == null ? sql : sql + "\nLIMIT " + limit;
  }

  private static Map<String, String> literals(
      Report report, Map<String, String> arguments, TimeRange range) {
    for (String name : arguments.keySet()) {
      if (report.parameter(name) == null && !name.equals(LIMIT.name())) {
        List<String> known = new ArrayList<>(List.of("begin", "end"));
        report.parameters().forEach(each -> known.add(each.name()));
        throw new ReportException(
            "report " + report.name() + " has no parameter '" + name + "'",
            "it has " + String.join(", ", known));
      }
    }
    Map<String, String> literals = new HashMap<>();
    literals.put("begin", range.beginNs() + "::BIGINT");
    literals.put("end", range.endNs() + "::BIGINT");
    for (ReportParameter each : report.parameters()) {
      literals.put(
          each.name(), literal(each, arguments.getOrDefault(each.name(), each.otherwise())));
    }
    String limit = arguments.get(LIMIT.name());
    if (limit != null) {
      literals.put(LIMIT.name(), literal(LIMIT, limit));
    }
    return literals;
  }

  private static String literal(ReportParameter parameter, @Nullable String given) {
    try {
      return given == null
          ? ParameterText.none(parameter.type())
          : ParameterText.literal(parameter.type(), given);
    } catch (IllegalArgumentException failure) {
      throw new ReportException(
          "--" + parameter.name() + ": " + failure.getMessage(), null, failure);
    }
  }

  /// What was lost in a range of time; null when nothing was.
  public @Nullable Losses losses(TimeRange range) {
    String sql =
        "SELECT coalesce(sum(count) FILTER (kind = 'discarded events'), 0)::BIGINT,"
            + " coalesce(sum(count) FILTER (kind = 'discarded packets'), 0)::BIGINT,"
            + " count(DISTINCT (host, cpu)) FILTER (kind NOT LIKE 'discarded%'),"
            + " min(ts), max(ts + dur), count(*),"
            + " count(*) FILTER (kind LIKE 'discarded%' AND count IS NULL)"
            + " FROM loss WHERE ts <= $1 AND ts + dur >= $2";
    try (Rows rows = database.query(sql, range.endNs(), range.beginNs())) {
      if (!rows.next() || rows.longAt(5) == 0) {
        return null;
      }
      return new Losses(
          rows.longAt(0),
          rows.longAt(6) > 0,
          rows.longAt(1),
          rows.longAt(2),
          rows.longAt(3),
          rows.longAt(4));
    }
  }

  /// What of the traces could not be read: numbers lack it.
  public List<Diagnostic> faults() {
    List<Diagnostic> faults = new ArrayList<>();
    String sql =
        "SELECT rule, coalesce(origin || ': ', '') || message, advice FROM diagnostic"
            + " WHERE severity = 'error' ORDER BY ALL";
    try (Rows rows = database.query(sql)) {
      while (rows.next()) {
        faults.add(
            Diagnostic.error(
                String.valueOf(rows.textAt(0)),
                String.valueOf(rows.textAt(1)),
                Origin.NONE,
                rows.textAt(2)));
      }
    }
    return faults;
  }
}
