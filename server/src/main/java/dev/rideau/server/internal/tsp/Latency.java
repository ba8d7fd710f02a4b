package dev.rideau.server.internal.tsp;

import dev.rideau.reports.Report.Need;
import dev.rideau.server.internal.view.OpenTrace;
import java.util.List;

/// Something that takes time again and again.
///
/// @param id in front of the ids of its outputs
/// @param title for people
/// @param sql statement with columns `host`, `ts`, `dur`, `name`, each row once it happened
/// @param needs events without which there is nothing of it
record Latency(String id, String title, String sql, List<Need> needs) {

  /// All kinds.
  static final List<Latency> ALL =
      List.of(
          new Latency(
              "syscall",
              "System call latency",
              "SELECT host, ts, dur, name FROM syscall WHERE clipped = 0",
              List.of(need("syscall_entry"), need("syscall_exit"))),
          new Latency(
              "wakeup",
              "Scheduling latency",
              "SELECT w.host, w.ts, w.latency AS dur, t.name FROM wakeup w JOIN thread t USING (utid)"
                  + " WHERE w.latency IS NOT NULL",
              List.of(need("sched_switch"), need("sched_waking", "sched_wakeup"))),
          new Latency(
              "disk",
              "Disk request latency",
              "SELECT r.host, r.ts, r.dur, coalesce(d.name, r.device::VARCHAR) || ' ' || r.direction AS name"
                  + " FROM block_request r LEFT JOIN block_device d"
                  + " ON d.host = r.host AND d.device = r.device WHERE r.clipped = 0",
              List.of(need("block_rq_issue"), need("block_rq_complete"))),
          new Latency(
              "irq",
              "Interrupt duration",
              "SELECT host, ts, dur, coalesce(name, 'irq') || ' (' || irq || ')' AS name FROM irq"
                  + " WHERE clipped = 0",
              List.of(need("irq_handler_entry"), need("irq_handler_exit"))),
          new Latency(
              "softirq",
              "Softirq duration",
              "SELECT host, ts, dur, name FROM softirq WHERE clipped = 0",
              List.of(need("softirq_entry"), need("softirq_exit"))));

  /// The statement with names of machines in front of `name` where there are several.
  String sql(OpenTrace source) {
    return Facts.ofHosts(source, sql, "name");
  }

  private static Need need(String... anyOf) {
    return new Need(List.of(anyOf));
  }
}
