package dev.rideau.server.internal.view;

import dev.rideau.server.internal.view.StateQueries.Key;
import dev.rideau.server.internal.view.TimelineRows.Ids;
import dev.rideau.tables.Rows;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/// Rows of CPUs: what ran, and below it interrupts, softirqs, frequency and idle states.
final class CpuRows {
  /// What a label adds to the code in a value.
  private static final int LABEL = 1 << Meaning.CODE_BITS;

  private final StateQueries states;
  private final TimelineRows rows;

  /// What is shown in rows of CPUs, by number of the label less one: in the order of `utid`.
  private final List<String> threadNames = new ArrayList<>();

  CpuRows(StateQueries states, TimelineRows rows) {
    this.states = states;
    this.rows = rows;
  }

  void add() throws IOException {
    readThreadNames();
    Map<Key, Track> running =
        states.read(
            "SELECT s.host, s.cpu, s.ts, s.dur, CASE WHEN t.is_idle THEN "
                + StateStyle.CPU_IDLE.code()
                + " WHEN t.is_kernel THEN "
                + StateStyle.CPU_KERNEL_THREAD.code()
                + " + t.label ELSE "
                + StateStyle.CPU_USER.code()
                + " + t.label END FROM sched_slice s JOIN (SELECT utid, is_idle, is_kernel, "
                + LABEL
                + " * row_number() OVER (ORDER BY utid) AS label FROM thread) t"
                + " ON t.utid = s.utid ORDER BY 1, 2, 3",
            new Meaning(true, number -> threadNames.get(number - 1)));
    Map<Key, Track> irq =
        states.labelled(
            "(SELECT host, cpu, ts, dur, coalesce(name, '') || ' (' || irq || ')' AS label FROM irq"
                + " UNION ALL SELECT host, cpu, ts, dur, name FROM ipi)",
            _ -> StateStyle.IRQ,
            true);
    Map<Key, Track> softirq =
        states.labelled(
            "(SELECT host, cpu, ts, dur, name AS label FROM softirq)",
            _ -> StateStyle.SOFTIRQ,
            true);
    long highest = states.number("SELECT coalesce(max(frequency), 0)::BIGINT FROM cpu_frequency");
    Map<Key, Track> frequency =
        states.labelled(
            "(SELECT host, cpu, ts, dur, CASE WHEN frequency >= 1000000"
                + " THEN round(frequency / 1e6, 2) || ' GHz' ELSE frequency // 1000 || ' MHz' END"
                + " AS label, frequency AS rank FROM cpu_frequency)",
            rank -> StateStyle.ofFrequency(rank, highest),
            false);
    Map<Key, Track> idle =
        states.labelled(
            "(SELECT host, cpu, ts, dur, 'C' || state AS label, state AS rank FROM cpu_idle)",
            StateStyle::ofIdle,
            false);
    TreeSet<Key> keys =
        new TreeSet<>(Comparator.comparingInt(Key::host).thenComparingLong(Key::number));
    for (Map<Key, Track> each : List.of(running, irq, softirq, frequency, idle)) {
      keys.addAll(each.keySet());
    }
    int group = TimelineRows.NO_ROW;
    int host = -1;
    for (Key key : keys) {
      if (key.host() != host) {
        host = key.host();
        group = rows.group("CPUs", host);
      }
      int cpu = (int) key.number();
      Ids ids = Ids.ofCpu(host, cpu);
      int parent =
          rows.add(group, RowKind.CPU, "CPU " + cpu, rows.nameOf(host), running.get(key), ids);
      rows.cpu(host, cpu, parent);
      child(parent, RowKind.CPU_IRQ, "interrupts", irq.get(key), ids);
      child(parent, RowKind.CPU_SOFTIRQ, "softirqs", softirq.get(key), ids);
      child(parent, RowKind.CPU_FREQUENCY, "frequency", frequency.get(key), ids);
      child(parent, RowKind.CPU_IDLE, "idle state", idle.get(key), ids);
    }
  }

  private void child(int parent, RowKind kind, String name, @Nullable Track track, Ids ids) {
    if (track != null) {
      rows.add(parent, kind, name, "", track, ids);
    }
  }

  private void readThreadNames() {
    String sql = "SELECT tid, coalesce(nullif(name, ''), '?') FROM thread ORDER BY utid";
    try (Rows threads = states.database().query(sql)) {
      while (threads.next()) {
        threadNames.add(threads.textAt(1) + " (" + threads.longAt(0) + ")");
      }
    }
  }
}
