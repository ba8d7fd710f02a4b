package dev.rideau.server.internal.view;

import dev.rideau.server.internal.view.StateQueries.Key;
import dev.rideau.server.internal.view.TimelineRows.Ids;
import java.io.IOException;
import java.util.Map;
import java.util.SortedSet;
import java.util.TreeSet;

/// Rows of disks, network devices and interrupts.
final class DeviceRows {
  private final StateQueries states;
  private final TimelineRows rows;

  DeviceRows(StateQueries states, TimelineRows rows) {
    this.states = states;
    this.rows = rows;
  }

  void add() throws IOException {
    disks();
    network();
    interrupts();
  }

  private void disks() throws IOException {
    Map<Key, Track> found =
        states.read(
            """
            WITH edge AS (
              SELECT host, device, ts, 1 AS step FROM block_request
              UNION ALL SELECT host, device, ts + greatest(dur, 1), -1 FROM block_request
            ), depth AS (
              SELECT host, device, ts, sum(sum(step)) OVER (PARTITION BY host, device ORDER BY ts)
                AS depth FROM edge GROUP BY host, device, ts
            )
            SELECT d.host, d.device, d.ts,
              coalesce(lead(d.ts) OVER (PARTITION BY d.host, d.device ORDER BY d.ts) - d.ts, 0),
              CASE WHEN d.depth <= 0 THEN 0 ELSE %d + least(4, floor(log2(d.depth)))::INTEGER END,
              coalesce(b.name, d.device::VARCHAR)
            FROM depth d LEFT JOIN block_device b ON b.host = d.host AND b.device = d.device
            ORDER BY 1, 2, 6, 3
            """
                .formatted(StateStyle.DISK_1.code()),
            new Meaning(false, _ -> null));
    addGroup("Disks", RowKind.DISK, found);
  }

  private void network() throws IOException {
    Map<Key, Track> found =
        states.read(
            "SELECT host, 0, ts, 1000, CASE operation WHEN 'receive' THEN "
                + StateStyle.NET_RECEIVE.code()
                + " ELSE "
                + StateStyle.NET_SEND.code()
                + " END, device FROM net_packet"
                + " WHERE operation IN ('xmit', 'receive') ORDER BY 1, 2, 6, 3",
            new Meaning(false, _ -> null));
    addGroup("Network", RowKind.NET_DEVICE, found);
  }

  private void interrupts() throws IOException {
    Map<Key, Track> irqs =
        states.read(
            "SELECT host, irq, ts, dur, "
                + StateStyle.IRQ.code()
                + ", coalesce(name, '') FROM irq ORDER BY 1, 2, 6, 3",
            new Meaning(false, _ -> null));
    Map<Key, Track> softirqs =
        states.read(
            "SELECT host, vec, ts, dur, "
                + StateStyle.SOFTIRQ.code()
                + ", name FROM softirq ORDER BY 1, 2, 6, 3",
            new Meaning(false, _ -> null));
    for (int host : hosts(irqs, softirqs)) {
      int group = rows.group("Interrupts", host);
      irqs.forEach((key, track) -> {
        String irq = "irq " + key.number();
        String name = key.name().isEmpty() ? irq : key.name();
        add(group, host, RowKind.IRQ, name, irq, key, track);
      });
      softirqs.forEach((key, track) ->
          add(group, host, RowKind.SOFTIRQ, key.name(), "softirq " + key.number(), key, track));
    }
  }

  @SafeVarargs
  private static SortedSet<Integer> hosts(Map<Key, Track>... found) {
    SortedSet<Integer> hosts = new TreeSet<>();
    for (Map<Key, Track> each : found) {
      each.keySet().forEach(key -> hosts.add(key.host()));
    }
    return hosts;
  }

  private void add(
      int group, int host, RowKind kind, String name, String detail, Key key, Track track) {
    if (key.host() == host) {
      rows.add(group, kind, name, detail, track, Ids.of(host, key.number()));
    }
  }

  private void addGroup(String name, RowKind kind, Map<Key, Track> found) {
    for (int host : hosts(found)) {
      int group = rows.group(name, host);
      found.forEach((key, track) -> add(group, host, kind, key.name(), "", key, track));
    }
  }
}
