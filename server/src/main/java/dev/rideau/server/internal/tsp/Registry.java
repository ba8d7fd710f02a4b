package dev.rideau.server.internal.tsp;

import dev.rideau.reports.ReportCatalog;
import dev.rideau.server.internal.http.HttpFailure;
import dev.rideau.server.internal.view.OpenTrace;
import dev.rideau.server.internal.view.OpenTraces;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/// The traces and experiments that clients know. What the server itself has opened is there from
/// the begin, each trace with an experiment of its own. Thread-safe.
final class Registry {
  private static final int MOST = 1000;

  private final OpenTraces opened;
  private final ReportCatalog catalog;
  private final Configurations configurations;
  private final Map<UUID, TspTrace> traces = new LinkedHashMap<>();
  private final Map<UUID, Experiment> experiments = new LinkedHashMap<>();
  private final Set<String> seen = new HashSet<>();

  Registry(OpenTraces opened, ReportCatalog catalog, Configurations configurations) {
    this.configurations = configurations;
    this.opened = opened;
    this.catalog = catalog;
  }

  synchronized List<TspTrace> traces() {
    addNew();
    return List.copyOf(traces.values());
  }

  synchronized TspTrace trace(String id) {
    addNew();
    TspTrace trace = traces.get(uuid("trace", id));
    if (trace == null) {
      throw TspFailure.unknown("trace", id);
    }
    return trace;
  }

  synchronized List<Experiment> experiments() {
    addNew();
    return List.copyOf(experiments.values());
  }

  synchronized Experiment experiment(String id) {
    addNew();
    Experiment experiment = experiments.get(uuid("experiment", id));
    if (experiment == null) {
      throw TspFailure.unknown("experiment", id);
    }
    return experiment;
  }

  private void addNew() {
    for (OpenTrace source : opened.all()) {
      if (seen.add(source.id())) {
        TspTrace trace = TspTrace.of(free(source.name()), source, false);
        traces.put(trace.uuid(), trace);
        Experiment experiment =
            new Experiment(trace.name(), List.of(trace), source, catalog, configurations);
        experiments.put(experiment.uuid(), experiment);
      }
    }
  }

  private String free(String name) {
    String free = name;
    for (int number = 2; traceNamed(free) != null || experimentNamed(free) != null; number++) {
      free = name + " (" + number + ")";
    }
    return free;
  }

  private @Nullable TspTrace traceNamed(String name) {
    return traces.values().stream()
        .filter(each -> each.name().equals(name))
        .findFirst()
        .orElse(null);
  }

  private @Nullable Experiment experimentNamed(String name) {
    return experiments.values().stream()
        .filter(each -> each.name().equals(name))
        .findFirst()
        .orElse(null);
  }

  /// Opens a trace, or finds it open.
  ///
  /// @param name what clients call it; null for the name of its folder
  TspTrace open(String uri, @Nullable String name) {
    Path path = path(uri);
    // Takes a while: others need not wait.
    OpenTrace source = opened.openLater(List.of(path));
    try {
      return add(path, name, source);
    } catch (RuntimeException refused) {
      release(source);
      throw refused;
    }
  }

  private synchronized TspTrace add(Path path, @Nullable String name, OpenTrace source) {
    addNew();
    seen.add(source.id());
    Path last = path.getFileName();
    String wanted = name != null ? name : last == null ? source.name() : last.toString();
    TspTrace known = traceNamed(wanted);
    if (known != null) {
      if (known.source() == source) {
        return known;
      }
      throw new TspFailure.Conflict(
          "another trace is called " + TspText.shortened(wanted),
          "give another name",
          Map.of("trace", known.model()));
    }
    limit(traces.size(), "traces");
    TspTrace trace = TspTrace.of(wanted, source, true);
    traces.put(trace.uuid(), trace);
    return trace;
  }

  private static Path path(String uri) {
    try {
      Path path = Path.of(uri.startsWith("file://") ? uri.substring("file://".length()) : uri);
      if (!path.isAbsolute()) {
        throw new HttpFailure(404, "no such trace", "give a path that begins with /");
      }
      return path;
    } catch (InvalidPathException failure) {
      throw new HttpFailure(404, "no such trace", "the uri is no path");
    }
  }

  private static void limit(int size, String what) {
    if (size >= MOST) {
      throw new HttpFailure(400, "there are too many " + what, "delete some");
    }
  }

  /// Forgets a trace that no experiment uses.
  synchronized TspTrace close(String id) {
    TspTrace trace = trace(id);
    for (Experiment each : experiments.values()) {
      if (each.traces().contains(trace)) {
        throw new TspFailure.Conflict(
            "the experiment " + TspText.shortened(each.name()) + " uses the trace",
            "delete the experiment first",
            Map.of("trace", trace.model()));
      }
    }
    traces.remove(trace.uuid());
    release(trace.source());
    return trace;
  }

  // Only what came through the protocol: the page still shows the others.
  private synchronized void release(OpenTrace source) {
    boolean isUsed =
        traces.values().stream().anyMatch(each -> each.source() == source)
            || experiments.values().stream().anyMatch(each -> each.source() == source);
    if (!isUsed && !opened.all().contains(source)) {
      seen.remove(source.id());
      opened.closeLater(source);
    }
  }

  /// Makes an experiment, or finds it made.
  Experiment create(String name, List<String> ids) {
    List<TspTrace> members = members(ids);
    Experiment known = existing(name, members);
    if (known != null) {
      return known;
    }
    List<Path> paths =
        members.stream().flatMap(each -> each.source().paths().stream()).distinct().toList();
    OpenTrace first = members.getFirst().source();
    boolean isOne = members.stream().allMatch(each -> each.source() == first);
    OpenTrace source = isOne ? first : opened.openLater(paths);
    try {
      return add(name, members, source);
    } catch (RuntimeException refused) {
      release(source);
      throw refused;
    }
  }

  private synchronized Experiment add(String name, List<TspTrace> members, OpenTrace source) {
    Experiment meanwhile = existing(name, members);
    if (meanwhile != null) {
      return meanwhile;
    }
    limit(experiments.size(), "experiments");
    seen.add(source.id());
    Experiment experiment = new Experiment(name, members, source, catalog, configurations);
    experiments.put(experiment.uuid(), experiment);
    return experiment;
  }

  private List<TspTrace> members(List<String> ids) {
    if (ids.isEmpty()) {
      throw TspFailure.malformed("an experiment needs a trace", "name one in 'traces'");
    }
    List<TspTrace> members = new ArrayList<>();
    for (String id : new LinkedHashSet<>(ids)) {
      members.add(trace(id));
    }
    return members;
  }

  private synchronized @Nullable Experiment existing(String name, List<TspTrace> members) {
    Experiment known = experimentNamed(name);
    if (known == null || Set.copyOf(known.traces()).equals(Set.copyOf(members))) {
      return known;
    }
    throw new TspFailure.Conflict(
        "another experiment is called " + TspText.shortened(name),
        "give another name",
        Map.of("experiment", known.model()));
  }

  /// Forgets an experiment; its traces stay.
  synchronized Experiment delete(String id) {
    Experiment experiment = experiment(id);
    experiments.remove(experiment.uuid());
    release(experiment.source());
    return experiment;
  }

  static UUID uuid(String what, String id) {
    try {
      return UUID.fromString(id);
    } catch (IllegalArgumentException failure) {
      throw TspFailure.unknown(what, id);
    }
  }
}
