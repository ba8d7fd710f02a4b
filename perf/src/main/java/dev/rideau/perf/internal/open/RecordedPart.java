package dev.rideau.perf.internal.open;

import dev.rideau.ftrace.EventFormat;
import dev.rideau.perf.internal.decode.PerfSchema;
import dev.rideau.perf.internal.file.Counters;
import dev.rideau.perf.internal.file.PerfAttr;
import dev.rideau.perf.internal.file.PerfMetadata;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/// What of the machine a recording tells, in words of the environment that all tracers share.
final class RecordedPart {
  private final PerfMetadata metadata;
  private final PerfSchema schema;
  private final Counters counters;

  RecordedPart(PerfMetadata metadata, PerfSchema schema, Counters counters) {
    this.metadata = metadata;
    this.schema = schema;
    this.counters = counters;
  }

  void into(Map<String, Object> environment) {
    boolean tellsSwitches = metadata.attrs().stream().anyMatch(PerfAttr::tellsSwitches);
    if (tellsSwitches) {
      environment.put("recorded_switches", "all");
    } else if (metadata.attrs().stream().anyMatch(PerfAttr::hasSwitches)) {
      environment.put("missing_option", "--sample-cpu");
    }
    Set<Integer> tids = counters.tids();
    if (!tids.isEmpty()) {
      environment.put("recorded_tids", joined(tids));
      if (metadata.attrs().stream().noneMatch(PerfAttr::isInherited)) {
        environment.put("recorded_children", "none");
      }
      // A switch is an event of the task that leaves: that it came is not known.
      environment.putIfAbsent("recorded_switches", "leaving");
    } else if (isPart(counters.cpus())) {
      environment.put("recorded_cpus", joined(counters.cpus()));
    }
    String thinned = thinned();
    if (!thinned.isEmpty()) {
      environment.put("partial_events", thinned);
    }
  }

  private boolean isPart(Set<Integer> cpus) {
    return !cpus.isEmpty()
        && metadata.environment().get("cpus_online") instanceof Long online
        && cpus.size() < online;
  }

  /// Names of the tracepoints of which only some occurrences were recorded.
  private String thinned() {
    List<String> names = new ArrayList<>();
    for (int i = 0; i < metadata.attrs().size(); i++) {
      PerfAttr attr = metadata.attrs().get(i);
      EventFormat format = attr.isTracepoint() && attr.isThinned() ? schema.tracepoint(i) : null;
      if (format != null) {
        names.add(format.name());
      }
    }
    return String.join(",", names);
  }

  private static String joined(Set<Integer> numbers) {
    return numbers.stream().map(String::valueOf).collect(Collectors.joining(","));
  }
}
