package dev.rideau.server.internal.tsp;

import dev.rideau.reports.PlotHint;
import dev.rideau.reports.Report;
import dev.rideau.reports.ReportCatalog;
import dev.rideau.reports.ReportException;
import dev.rideau.reports.ReportRunner;
import dev.rideau.server.internal.http.Cancel;
import dev.rideau.server.internal.http.HttpFailure;
import dev.rideau.server.internal.tsp.Output.Descriptor;
import dev.rideau.server.internal.tsp.Output.Type;
import dev.rideau.server.internal.view.Arrow;
import dev.rideau.server.internal.view.OpenTrace;
import dev.rideau.server.internal.view.RowKind;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/// What can be asked of an experiment: what comes along, all reports, and what users have made.
/// Thread-safe.
final class Outputs {
  private static final String REPORTS = "reports";
  private static final int MOST_DERIVED = 1000;

  private static final String RECORDS = "records";

  private final OpenTrace source;
  private final ReportCatalog catalog;
  private final Configurations configurations;
  private final Map<String, Output> bundled = new LinkedHashMap<>();

  /// Made for this experiment only, by id.
  private final Map<String, Output> derived = new LinkedHashMap<>();

  /// Made of configurations of all experiments; made anew when one changes.
  private final Map<Configuration, Output> configured = new ConcurrentHashMap<>();

  /// Events that an output lacks, by the output's needs; known once the trace is.
  private final Map<List<Report.Need>, List<String>> missing = new ConcurrentHashMap<>();

  Outputs(OpenTrace source, ReportCatalog catalog, Configurations configurations) {
    this.source = source;
    this.catalog = catalog;
    this.configurations = configurations;
    addTimelines();
    addCharts();
    add(new EventTableOutput(source));
    add(new EventStatisticsOutput(source));
    for (Latency latency : Latency.ALL) {
      LatencyNames names = new LatencyNames(source, latency);
      add(new LatencyStatisticsOutput(source, latency, names));
      add(new LatencyChartOutput(source, latency, names, true));
      add(new LatencyChartOutput(source, latency, names, false));
    }
    addReports();
  }

  private void add(Output output) {
    bundled.put(output.descriptor().id(), output);
  }

  private void addTimelines() {
    add(
        new TimelineOutput(
            source,
            new Descriptor(
                "thread-states",
                "Thread States",
                "What each thread was doing, with wakeups.",
                Type.TIME_GRAPH),
            EnumSet.of(RowKind.PROCESS, RowKind.THREAD),
            EnumSet.of(Arrow.Kind.WAKEUP)));
    add(
        new TimelineOutput(
            source,
            new Descriptor(
                "resources",
                "Resources",
                "What ran on each CPU, with migrations, interrupts, softirqs, frequencies and idle"
                    + " states.",
                Type.TIME_GRAPH),
            EnumSet.of(
                RowKind.CPU,
                RowKind.CPU_IRQ,
                RowKind.CPU_SOFTIRQ,
                RowKind.CPU_FREQUENCY,
                RowKind.CPU_IDLE,
                RowKind.IRQ,
                RowKind.SOFTIRQ),
            EnumSet.of(Arrow.Kind.MIGRATION)));
    add(
        new TimelineOutput(
            source,
            new Descriptor(
                "devices",
                "Disks and Network",
                "Requests in flight at disks, packets at network interfaces.",
                Type.TIME_GRAPH),
            EnumSet.of(RowKind.DISK, RowKind.NET_DEVICE),
            EnumSet.noneOf(Arrow.Kind.class)));
    add(
        new TimelineOutput(
            source,
            new Descriptor(
                RECORDS,
                "Records",
                "When each thread, or CPU, recorded what, in traces without context switches.",
                Type.TIME_GRAPH),
            EnumSet.of(RowKind.EVENTS),
            EnumSet.noneOf(Arrow.Kind.class)));
    add(
        new CriticalPathOutput(
            source,
            catalog,
            new Descriptor(
                    "critical-path",
                    "Critical Path",
                    "What explains the time of the thread that ran most; others can be added.",
                    Type.TIME_GRAPH)
                .withChildren(),
            Map.of()));
  }

  private void addCharts() {
    add(new EventDensityOutput(source));
    add(new UsageOutput(source));
    addChart("disk-throughput", "Disk Throughput", "disk-over-time");
    addChart("memory-balance", "Memory", "memory-over-time");
    addChart("network-throughput", "Network Throughput", "net-over-time");
    add(new CounterOutput(source));
  }

  private void addChart(String id, String name, String report) {
    Report asked = ReportCatalog.bundled().named(report);
    Descriptor descriptor = new Descriptor(id, name, asked.answers(), Type.TREE_TIME_XY);
    add(new ChartOutput(source, asked, descriptor, Map.of()));
  }

  private record Heading(Descriptor descriptor) implements Output.Group {}

  private void addReports() {
    add(
        new Heading(
            new Descriptor(
                    REPORTS, "Reports", "All reports; SQL of your own can be added.", Type.NONE)
                .withChildren()));
    Map<String, List<Report>> groups = new TreeMap<>();
    for (Report report : catalog.all().reports()) {
      groups.computeIfAbsent(report.group(), _ -> new ArrayList<>()).add(report);
    }
    groups.forEach((group, reports) -> {
      String id =
          REPORTS + "." + group.toLowerCase(java.util.Locale.ROOT).replaceAll("[^a-z0-9]+", "-");
      add(new Heading(new Descriptor(id, group, "Reports: " + group, Type.NONE).under(REPORTS)));
      for (Report report : reports) {
        String name = "report." + report.name();
        add(report(report, name, report.title(), id, null, Map.of()));
      }
    });
  }

  private Output report(
      Report report,
      String id,
      String name,
      String parent,
      @Nullable Configuration configuration,
      Map<String, String> arguments) {
    PlotHint plot = report.plot();
    boolean isChart =
        plot != null && (plot.kind() == PlotHint.Kind.LINE || plot.kind() == PlotHint.Kind.AREA);
    Descriptor descriptor =
        new Descriptor(
            id,
            name,
            report.answers(),
            isChart ? Type.TREE_TIME_XY : Type.TABLE,
            parent,
            configuration,
            configuration == null && !report.parameters().isEmpty());
    return isChart
        ? new ChartOutput(source, report, descriptor, arguments)
        : new ReportTableOutput(source, report, descriptor, arguments);
  }

  /// Everything that has something to say about this trace; as long as the trace is being read,
  /// everything.
  synchronized List<Output> list() {
    List<Output> all = new ArrayList<>(bundled.values());
    all.addAll(derived.values());
    configured.keySet().retainAll(configurations.all());
    for (Configuration each : configurations.all()) {
      all.add(configured(each));
    }
    all.removeIf(output -> !missing(output).isEmpty());
    if (source.timelineSoFar().rows().stream().noneMatch(row -> row.kind() == RowKind.EVENTS)) {
      all.removeIf(output -> output.descriptor().id().equals(RECORDS));
    }
    Set<String> parents = new java.util.HashSet<>();
    all.forEach(output -> parents.add(String.valueOf(output.descriptor().parent())));
    all.removeIf(output ->
        output instanceof Output.Group
            && !output.descriptor().id().equals(REPORTS)
            && !parents.contains(output.descriptor().id()));
    return all;
  }

  private List<String> missing(Output output) {
    if (!source.status().isReady() || output.needs().isEmpty()) {
      return List.of();
    }
    return missing.computeIfAbsent(
        output.needs(), needs -> Facts.missing(source, needs, Cancel.never()));
  }

  /// Sees to it that an output can answer.
  ///
  /// @throws HttpFailure 405 when the events that it needs were not recorded
  void demand(Output output) {
    List<String> lacks = missing(output);
    if (!lacks.isEmpty()) {
      throw new HttpFailure(
          405,
          output.descriptor().name() + " cannot be told of this trace",
          "record " + String.join(" and ", lacks));
    }
  }

  /// The output with that id; null when there is none.
  synchronized @Nullable Output find(String id) {
    Output found = bundled.get(id);
    if (found == null) {
      found = derived.get(id);
    }
    if (found == null) {
      for (Configuration each : configurations.all()) {
        if (idOf(each).equals(id)) {
          return configured(each);
        }
      }
    }
    return found;
  }

  private static String idOf(Configuration configuration) {
    return configuration.type() + "." + configuration.id();
  }

  private Output configured(Configuration configuration) {
    return configured.computeIfAbsent(configuration, each -> statement(each, idOf(each)));
  }

  private Output statement(Configuration configuration, String id) {
    Map<String, String> values = new LinkedHashMap<>();
    configuration.parameters().forEach((name, value) -> values.put(name, value.toString()));
    boolean isChart = values.containsKey("time");
    String description = configuration.description();
    Descriptor descriptor =
        new Descriptor(
                id,
                configuration.name(),
                description == null ? "SQL statement" : description,
                isChart ? Type.TREE_TIME_XY : Type.TABLE)
            .under(REPORTS)
            .of(configuration);
    return isChart
        ? new SqlChartOutput(source, descriptor, values)
        : new SqlOutput(source, descriptor, values.getOrDefault("sql", ""));
  }

  /// What users can make under an output.
  List<ConfigurationType> configurationTypes(Output parent) {
    if (!parent.descriptor().canCreate()) {
      return List.of();
    }
    String id = parent.descriptor().id();
    if (id.equals(REPORTS)) {
      return List.of(ConfigurationType.SQL);
    }
    return List.of(
        parent instanceof CriticalPathOutput ? CriticalPathOutput.TYPE : parameters(named(id)));
  }

  private Report named(String output) {
    return catalog.named(output.substring("report.".length()));
  }

  private static ConfigurationType parameters(Report report) {
    List<ConfigurationType.Parameter> parameters =
        report.parameters().stream()
            .map(each ->
                new ConfigurationType.Parameter(each.name(), each.sentence(), "STRING", false))
            .toList();
    return new ConfigurationType(
        "parameters",
        "Parameters of the report",
        "The report " + report.name() + " with other parameters.",
        parameters);
  }

  /// Makes an output under another.
  Output create(
      Output parent,
      String type,
      String name,
      @Nullable String description,
      Fields given,
      Cancel cancel) {
    ConfigurationType kind =
        configurationTypes(parent).stream()
            .filter(each -> each.id().equals(type))
            .findFirst()
            .orElseThrow(() -> TspFailure.unknown("configuration type", type));
    String parentId = parent.descriptor().id();
    Configuration configuration =
        kind.equals(ConfigurationType.SQL)
            ? Configurations.statement(name, description, given)
            : Configurations.of(kind, name, description, kind.values(given));
    if (kind.equals(ConfigurationType.SQL)) {
      StatementCheck.check(configuration, List.of(source), cancel);
    }
    String id = parentId + "." + configuration.id();
    Output made = make(parent, id, configuration, kind.values(given));
    synchronized (this) {
      if (derived.size() >= MOST_DERIVED) {
        throw TspFailure.malformed("there are too many outputs", "delete some");
      }
      if (derived.putIfAbsent(id, made) != null) {
        throw TspFailure.malformed("there is an output with that name", "give another name");
      }
    }
    return made;
  }

  private Output make(
      Output parent, String id, Configuration configuration, Map<String, String> values) {
    String parentId = parent.descriptor().id();
    if (parentId.equals(REPORTS)) {
      return statement(configuration, id);
    }
    if (parent instanceof CriticalPathOutput) {
      check(catalog.named("critical-path"), values);
      Descriptor descriptor =
          new Descriptor(
                  id,
                  parent.descriptor().name() + " (" + configuration.name() + ")",
                  parent.descriptor().description(),
                  Type.TIME_GRAPH)
              .under(parentId)
              .of(configuration);
      return new CriticalPathOutput(source, catalog, descriptor, values);
    }
    Report report = named(parentId);
    check(report, values);
    return report(report, id, configuration.name(), parentId, configuration, values);
  }

  private void check(Report report, Map<String, String> values) {
    try {
      new ReportRunner(Unasked.INSTANCE).check(report, values);
    } catch (ReportException failure) {
      throw new HttpFailure(400, String.valueOf(failure.getMessage()), null);
    }
  }

  /// Removes an output that was made so.
  synchronized Output delete(String parent, String id) {
    Output found = derived.get(id);
    if (found == null || !parent.equals(found.descriptor().parent())) {
      throw TspFailure.unknown("output that was made by a user", id);
    }
    derived.remove(id);
    return found;
  }
}
