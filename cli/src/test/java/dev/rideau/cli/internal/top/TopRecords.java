package dev.rideau.cli.internal.top;

import dev.rideau.trace.DataStreamClass;
import dev.rideau.trace.EventClass;
import dev.rideau.trace.testing.Fields;
import dev.rideau.trace.testing.MemoryStream;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// Records that a test tells a tracker, in the order of time, as ftrace makes them.
final class TopRecords {
  private static final Map<String, List<String>> CLASSES =
      Map.ofEntries(
          Map.entry("sched_switch", List.of("prev_pid", "prev_state", "next_pid")),
          Map.entry("sched_wakeup", List.of("pid")),
          Map.entry("sched_waking", List.of("pid")),
          Map.entry("sys_enter_read", List.of("fd")),
          Map.entry("irq_handler_entry", List.of("irq")),
          Map.entry("irq_handler_exit", List.of("irq")),
          Map.entry("block_rq_issue", List.of("dev", "sector", "nr_sector", "bytes", "rwbs")),
          Map.entry("block_rq_insert", List.of("dev", "sector")),
          Map.entry("block_rq_requeue", List.of("dev", "sector", "nr_sector")),
          Map.entry("block_rq_complete", List.of("dev", "sector", "nr_sector")),
          Map.entry("PERF_RECORD_COMM", List.of("tid")));

  private final List<String> names = CLASSES.keySet().stream().sorted().toList();
  private final MemoryStream stream;
  private @Nullable String recordedTids;

  TopRecords() {
    List<EventClass> classes = new ArrayList<>();
    for (String name : names) {
      List<Object> members = new ArrayList<>();
      for (String field : CLASSES.getOrDefault(name, List.of())) {
        members.add(field);
        members.add(Fields.signed(64));
      }
      classes.add(Fields.event(classes.size(), name, null, Fields.structure(members.toArray())));
    }
    DataStreamClass streamClass =
        Fields.stream(
            Fields.structure("cpu_id", Fields.unsigned(32)),
            Fields.structure("common_pid", Fields.signed(32)),
            classes.toArray(EventClass[]::new));
    stream = MemoryStream.of(streamClass);
  }

  /// Adds a record of CPU 0.
  ///
  /// @param tid the thread that makes it
  /// @param values of its first fields; the others are 0
  TopRecords add(long ts, String name, long tid, long... values) {
    return add(ts, 0, name, tid, values);
  }

  /// Adds a record that does not tell its CPU.
  TopRecords addSomewhere(long ts, String name, long tid, long... values) {
    return add(ts, -1, name, tid, values);
  }

  /// From now on records are of these threads only, with commas between.
  TopRecords restrict(String tids) {
    recordedTids = tids;
    return this;
  }

  /// Adds a record.
  TopRecords add(long ts, int cpu, String name, long tid, long... values) {
    Map<String, Object> payload = new LinkedHashMap<>();
    List<String> fields = CLASSES.getOrDefault(name, List.of());
    for (int i = 0; i < fields.size(); i++) {
      payload.put(fields.get(i), i < values.length ? values[i] : 0L);
    }
    stream.packet(
        cpu < 0 ? Map.of() : Map.of("cpu_id", cpu),
        new MemoryStream.Event(names.indexOf(name), ts, Map.of("common_pid", tid), null, payload));
    return this;
  }

  /// What a tracker makes of all of them.
  TopTracker.Interval until(long endNs) {
    TopTracker tracker =
        new TopTracker(
            new TopTracker.Processes() {
              @Override
              public int of(long tid) {
                return -1;
              }

              @Override
              public @Nullable String name(int pid) {
                return "p" + pid;
              }
            });
    tracker.restrict(recordedTids);
    TopFeed.run(List.of(stream), tracker, 0, _ -> true, _ -> {});
    return tracker.finish(endNs);
  }

  /// What one process used; nothing if it is not there.
  static Usage of(TopTracker.Interval interval, int pid) {
    return interval.usages().stream()
        .filter(usage -> usage.pid == pid)
        .findFirst()
        .orElseGet(() -> new Usage(pid, ""));
  }
}
