package dev.rideau.server.internal.view;

import dev.rideau.server.internal.view.Arrow.Kind;
import dev.rideau.tables.Rows;
import dev.rideau.tables.TraceDatabase;
import java.io.IOException;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.LongConsumer;
import org.jspecify.annotations.Nullable;

/// Makes the timeline from the facts: which rows there are, and the states of each, copied from the
/// database into memory that answers at once.
final class TimelineBuilder {
  private static final int NO_ROW = -1;

  private final TraceDatabase database;
  private final LongConsumer progress;
  private final MappedFile file;
  private final StateStore store;

  private final List<TimelineRow> rows = new ArrayList<>();
  private final List<@Nullable Track> tracks = new ArrayList<>();

  /// What is shown in rows of CPUs, by number of the label less one.
  private final List<String> threadNames = new ArrayList<>();

  private final Map<Long, Integer> threadLabels = new HashMap<>();
  private final Map<Long, Integer> threadRows = new HashMap<>();
  private final Map<Long, Integer> cpuRows = new HashMap<>();
  private long done;

  /// @param progress is told how many states were copied so far
  TimelineBuilder(TraceDatabase database, MappedFile file, LongConsumer progress) {
    this.database = database;
    this.file = file;
    this.progress = progress;
    store = new StateStore(file);
  }

  /// States of the key that rows are made of: tracks of one query.
  private record Key(int host, long number, String name) {}

  /// All of it.
  Timeline build() throws IOException {
    readThreadNames();
    cpus();
    processes();
    disks();
    network();
    interrupts();
    Map<Kind, ArrowIndex> arrows = new EnumMap<>(Kind.class);
    arrows.put(Kind.WAKEUP, wakeups());
    arrows.put(Kind.MIGRATION, migrations());
    return new Timeline(
        List.copyOf(rows), tracks.toArray(Track[]::new), arrows, threadRows, cpuRows);
  }

  private void tick() {
    if ((++done & 0xffff) == 0) {
      progress.accept(done);
    }
  }

  private void readThreadNames() {
    String sql =
        "SELECT utid, tid, coalesce(nullif(thread_name, ''), '?'), coalesce(is_kernel, false)"
            + " FROM thread_label";
    try (Rows threads = database.query(sql)) {
      while (threads.next()) {
        threadNames.add(threads.textAt(2) + " (" + threads.longAt(1) + ")");
        threadLabels.put(threads.longAt(0), threadNames.size());
      }
    }
  }

  // ---- rows

  private int group(String name) {
    return row(NO_ROW, RowKind.GROUP, name, "", null, new Ids());
  }

  /// Numbers of a row.
  private record Ids(long tid, long pid, long utid, long upid, int cpu, int host, long number) {
    Ids() {
      this(-1, -1, -1, -1, -1, 0, -1);
    }

    static Ids ofCpu(int host, int cpu) {
      return new Ids(-1, -1, -1, -1, cpu, host, cpu);
    }

    static Ids of(int host, long number) {
      return new Ids(-1, -1, -1, -1, -1, host, number);
    }
  }

  private int row(
      int parent, RowKind kind, String name, String detail, @Nullable Track track, Ids ids) {
    int id = rows.size();
    rows.add(
        new TimelineRow(
            id,
            parent,
            kind,
            name,
            detail,
            track != null,
            ids.tid,
            ids.pid,
            ids.utid,
            ids.upid,
            ids.cpu,
            ids.host,
            ids.number,
            track == null ? 0 : track.beginNs(),
            track == null ? 0 : track.endNs(),
            track == null ? 0 : track.busyNs()));
    tracks.add(track);
    return id;
  }

  // A group without rows is none.
  private void dropIfEmpty(int group) {
    if (group == rows.size() - 1) {
      rows.removeLast();
      tracks.removeLast();
    }
  }

  /// Turns a row of a result into the value of a state.
  @FunctionalInterface
  private interface ValueOf {
    int apply(Rows row);
  }

  /// Copies the states of a query with the columns host, number, name, ts, dur, ..., ordered by the
  /// first three and ts.
  private Map<Key, Track> read(String sql, Meaning meaning, ValueOf value) throws IOException {
    Map<Key, Track> found = new java.util.LinkedHashMap<>();
    TrackWriter writer = new TrackWriter(store, meaning);
    try (Rows states = database.query(sql)) {
      Key key = null;
      while (states.next()) {
        int host = (int) states.longAt(0);
        long number = states.longAt(1);
        String name = String.valueOf(states.textAt(2));
        if (key == null || key.host != host || key.number != number || !key.name.equals(name)) {
          finish(found, key, writer);
          key = new Key(host, number, name);
        }
        writer.add(states.longAt(3), states.longAt(4), value.apply(states));
        tick();
      }
      finish(found, key, writer);
    }
    return found;
  }

  private static void finish(Map<Key, Track> found, @Nullable Key key, TrackWriter writer)
      throws IOException {
    Track track = key == null ? null : writer.finish();
    if (key != null && track != null) {
      found.put(key, track);
    }
  }

  // ---- CPUs

  private void cpus() throws IOException {
    Meaning threads = new Meaning(true, number -> threadNames.get(number - 1));
    Map<Key, Track> running =
        read(
            "SELECT s.host, s.cpu, '', s.ts, s.dur, s.utid, t.is_idle,"
                + " coalesce(t.is_kernel, false) FROM sched_slice s JOIN thread t"
                + " ON t.utid = s.utid ORDER BY 1, 2, 4",
            threads,
            row -> {
              if (Boolean.TRUE.equals(row.valueAt(6))) {
                return Meaning.value(StateStyle.CPU_IDLE, 0);
              }
              StateStyle style =
                  Boolean.TRUE.equals(row.valueAt(7))
                      ? StateStyle.CPU_KERNEL_THREAD
                      : StateStyle.CPU_USER;
              return Meaning.value(style, threadLabels.getOrDefault(row.longAt(5), 0));
            });
    Labels irqs = new Labels();
    Map<Key, Track> irq =
        read(
            "SELECT host, cpu, '', ts, dur, coalesce(name, '') || ' (' || irq || ')' FROM irq"
                + " UNION ALL SELECT host, cpu, '', ts, dur, name FROM ipi ORDER BY 1, 2, 4",
            irqs.meaning(true),
            row -> Meaning.value(StateStyle.IRQ, irqs.of(row.textAt(5))));
    Labels softirqs = new Labels();
    Map<Key, Track> softirq =
        read(
            "SELECT host, cpu, '', ts, dur, name FROM softirq ORDER BY 1, 2, 4",
            softirqs.meaning(true),
            row -> Meaning.value(StateStyle.SOFTIRQ, softirqs.of(row.textAt(5))));
    Labels frequencies = new Labels();
    Map<Key, Track> frequency =
        read(
            "SELECT host, cpu, '', ts, dur, frequency,"
                + " (SELECT max(frequency) FROM cpu_frequency) FROM cpu_frequency ORDER BY 1, 2, 4",
            frequencies.meaning(false),
            row ->
                Meaning.value(
                    StateStyle.ofFrequency(row.longAt(5), row.longAt(6)),
                    frequencies.of(frequencyText(row.longAt(5)))));
    Labels states = new Labels();
    Map<Key, Track> idle =
        read(
            "SELECT host, cpu, '', ts, dur, state FROM cpu_idle ORDER BY 1, 2, 4",
            states.meaning(false),
            row -> Meaning.value(StateStyle.ofIdle(row.longAt(5)), states.of("C" + row.longAt(5))));
    java.util.TreeSet<Key> keys =
        new java.util.TreeSet<>(
            java.util.Comparator.comparingInt(Key::host).thenComparingLong(Key::number));
    for (Map<Key, Track> each : List.of(running, irq, softirq, frequency, idle)) {
      keys.addAll(each.keySet());
    }
    int group = group("CPUs");
    boolean severalHosts = keys.stream().mapToInt(Key::host).distinct().count() > 1;
    for (Key key : keys) {
      int cpu = (int) key.number;
      String name = "CPU " + cpu + (severalHosts ? " of machine " + key.host : "");
      Ids ids = Ids.ofCpu(key.host, cpu);
      int parent = row(group, RowKind.CPU, name, "", running.get(key), ids);
      cpuRows.put((long) key.host << 32 | cpu, parent);
      child(parent, RowKind.CPU_IRQ, "interrupts", irq.get(key), ids);
      child(parent, RowKind.CPU_SOFTIRQ, "softirqs", softirq.get(key), ids);
      child(parent, RowKind.CPU_FREQUENCY, "frequency", frequency.get(key), ids);
      child(parent, RowKind.CPU_IDLE, "idle state", idle.get(key), ids);
    }
    dropIfEmpty(group);
  }

  private void child(int parent, RowKind kind, String name, @Nullable Track track, Ids ids) {
    if (track != null) {
      row(parent, kind, name, "", track, ids);
    }
  }

  private static String frequencyText(long kilohertz) {
    return kilohertz >= 1_000_000
        ? (kilohertz + 5_000) / 10_000 / 100.0 + " GHz"
        : kilohertz / 1000 + " MHz";
  }

  /// Texts with numbers.
  private static final class Labels {
    private final List<String> texts = new ArrayList<>();
    private final Map<String, Integer> numbers = new HashMap<>();

    /// The number of a text, 0 for none.
    int of(@Nullable String text) {
      if (text == null || text.isEmpty()) {
        return 0;
      }
      Integer known = numbers.get(text);
      if (known == null) {
        texts.add(text);
        known = texts.size();
        numbers.put(text, known);
      }
      return known;
    }

    Meaning meaning(boolean labelsMatter) {
      return new Meaning(labelsMatter, number -> texts.get(number - 1));
    }
  }

  // ---- processes and threads

  private void processes() throws IOException {
    Labels syscalls = new Labels();
    Map<Key, Track> states = threadStates(syscalls);
    Map<Key, Track> running =
        read(
            "SELECT s.host, t.upid, '', s.ts, s.dur FROM sched_slice s JOIN thread t"
                + " ON t.utid = s.utid WHERE NOT t.is_idle AND t.is_kernel IS NOT TRUE"
                + " ORDER BY 1, 2, 4",
            new Meaning(false, _ -> null),
            _ -> Meaning.value(StateStyle.RUNNING, 0));
    int group = group("Processes");
    int kernel = NO_ROW;
    long lastProcess = -1;
    int process = NO_ROW;
    String sql =
        "SELECT t.host, t.utid, t.tid, t.upid, t.pid, coalesce(nullif(t.thread_name, ''), '?'),"
            + " coalesce(nullif(t.process_name, ''), '?'), coalesce(t.is_kernel, false) FROM"
            + " thread_label t WHERE NOT t.is_idle"
            + " ORDER BY coalesce(t.is_kernel, false), t.host, t.pid, t.upid, t.tid <> t.pid, t.tid";
    try (Rows threads = database.query(sql)) {
      while (threads.next()) {
        int host = (int) threads.longAt(0);
        long utid = threads.longAt(1);
        long upid = threads.longAt(3);
        Track track = states.get(new Key(host, utid, ""));
        if (track == null) {
          continue;
        }
        boolean isKernel = Boolean.TRUE.equals(threads.valueAt(7));
        Ids ids = new Ids(threads.longAt(2), threads.longAt(4), utid, upid, -1, host, -1);
        if (isKernel) {
          if (kernel < 0) {
            kernel = row(group, RowKind.PROCESS, "kernel", "kernel threads", null, new Ids());
          }
          process = kernel;
        } else if (upid != lastProcess) {
          process =
              row(
                  group,
                  RowKind.PROCESS,
                  String.valueOf(threads.textAt(6)),
                  "pid " + ids.pid,
                  running.get(new Key(host, upid, "")),
                  new Ids(ids.pid, ids.pid, -1, upid, -1, host, -1));
        }
        lastProcess = upid;
        String name = String.valueOf(threads.textAt(5));
        threadRows.put(utid, row(process, RowKind.THREAD, name, "tid " + ids.tid, track, ids));
      }
    }
    dropIfEmpty(group);
  }

  // Three texts a state would have to be read; one number, looked up by the database, is quicker.
  private Map<Key, Track> threadStates(Labels syscalls) throws IOException {
    StringBuilder known = new StringBuilder("(VALUES (NULL, '', '', 0)");
    String combinations =
        "SELECT DISTINCT state, coalesce(detail, ''), coalesce(syscall, '') FROM thread_state";
    try (Rows distinct = database.query(combinations)) {
      while (distinct.next()) {
        String state = String.valueOf(distinct.textAt(0));
        String detail = String.valueOf(distinct.textAt(1));
        String syscall = String.valueOf(distinct.textAt(2));
        int value =
            Meaning.value(
                StateStyle.ofThread(state, detail),
                state.equals("running") && !detail.equals("syscall") ? 0 : syscalls.of(syscall));
        known
            .append(", ('")
            .append(state)
            .append("', '")
            .append(detail)
            .append("', '")
            .append(syscall.replace("'", "''"))
            .append("', ")
            .append(value)
            .append(')');
      }
    }
    known.append(") AS known(state, detail, syscall, value)");
    return read(
        "SELECT s.host, s.utid, '', s.ts, s.dur, known.value FROM thread_state s JOIN "
            + known
            + " ON s.state = known.state AND coalesce(s.detail, '') = known.detail AND"
            + " coalesce(s.syscall, '') = known.syscall"
            + " WHERE s.utid NOT IN (SELECT utid FROM thread WHERE is_idle) ORDER BY 1, 2, 4",
        syscalls.meaning(false),
        row -> (int) row.longAt(5));
  }

  // ---- disks, network, interrupts

  private void disks() throws IOException {
    Map<Key, Track> found =
        read(
            """
            WITH edge AS (
              SELECT host, device, ts, 1 AS step FROM block_request
              UNION ALL SELECT host, device, ts + greatest(dur, 1), -1 FROM block_request
            ), depth AS (
              SELECT host, device, ts, sum(sum(step)) OVER (PARTITION BY host, device ORDER BY ts)
                AS depth FROM edge GROUP BY host, device, ts
            )
            SELECT d.host, d.device, coalesce(b.name, d.device::VARCHAR), d.ts,
              coalesce(lead(d.ts) OVER (PARTITION BY d.host, d.device ORDER BY d.ts) - d.ts, 0),
              d.depth::BIGINT
            FROM depth d LEFT JOIN block_device b ON b.host = d.host AND b.device = d.device
            ORDER BY 1, 2, 3, 4
            """,
            new Meaning(false, _ -> null),
            row -> StateStyle.ofDepth((int) row.longAt(5)).code());
    addGroup("Disks", RowKind.DISK, found);
  }

  private void network() throws IOException {
    Map<Key, Track> found =
        read(
            "SELECT host, 0, device, ts, 1000, operation = 'receive' FROM net_packet"
                + " WHERE operation IN ('xmit', 'receive') ORDER BY 1, 2, 3, 4",
            new Meaning(false, _ -> null),
            row ->
                (Boolean.TRUE.equals(row.valueAt(5)) ? StateStyle.NET_RECEIVE : StateStyle.NET_SEND)
                    .code());
    addGroup("Network", RowKind.NET_DEVICE, found);
  }

  private void interrupts() throws IOException {
    Map<Key, Track> irqs =
        read(
            "SELECT host, irq, coalesce(name, ''), ts, dur FROM irq ORDER BY 1, 2, 3, 4",
            new Meaning(false, _ -> null),
            _ -> StateStyle.IRQ.code());
    Map<Key, Track> softirqs =
        read(
            "SELECT host, vec, name, ts, dur FROM softirq ORDER BY 1, 2, 3, 4",
            new Meaning(false, _ -> null),
            _ -> StateStyle.SOFTIRQ.code());
    int group = group("Interrupts");
    irqs.forEach((key, track) ->
        row(
            group,
            RowKind.IRQ,
            key.name.isEmpty() ? "irq " + key.number : key.name,
            "irq " + key.number,
            track,
            Ids.of(key.host, key.number)));
    softirqs.forEach((key, track) ->
        row(
            group,
            RowKind.SOFTIRQ,
            key.name,
            "softirq " + key.number,
            track,
            Ids.of(key.host, key.number)));
    dropIfEmpty(group);
  }

  private void addGroup(String name, RowKind kind, Map<Key, Track> found) {
    int group = group(name);
    found.forEach(
        (key, track) -> row(group, kind, key.name, "", track, Ids.of(key.host, key.number)));
    dropIfEmpty(group);
  }

  // ---- arrows

  private ArrowIndex wakeups() throws IOException {
    ArrowIndex arrows = new ArrowIndex(Kind.WAKEUP, file);
    String sql =
        "SELECT host, ts, utid, waker_utid, coalesce(latency, 0), cpu, context = 'thread'"
            + " FROM wakeup WHERE waker_utid IS NOT NULL ORDER BY ts";
    try (Rows wakeups = database.query(sql)) {
      while (wakeups.next()) {
        Integer to = threadRows.get(wakeups.longAt(2));
        // What an interrupt does is not the doing of the thread below it.
        Integer from =
            Boolean.TRUE.equals(wakeups.valueAt(6))
                ? threadRows.get(wakeups.longAt(3))
                : cpuRows.get(wakeups.longAt(0) << 32 | wakeups.longAt(5));
        if (to != null && from != null) {
          arrows.add(wakeups.longAt(1), wakeups.longAt(4), from, to);
        }
        tick();
      }
    }
    return arrows;
  }

  private ArrowIndex migrations() throws IOException {
    ArrowIndex arrows = new ArrowIndex(Kind.MIGRATION, file);
    String sql = "SELECT host, ts, from_cpu, to_cpu FROM migration ORDER BY ts";
    try (Rows migrations = database.query(sql)) {
      while (migrations.next()) {
        long host = migrations.longAt(0) << 32;
        Integer from = cpuRows.get(host | migrations.longAt(2));
        Integer to = cpuRows.get(host | migrations.longAt(3));
        if (to != null && from != null) {
          arrows.add(migrations.longAt(1), 0, from, to);
        }
        tick();
      }
    }
    return arrows;
  }
}
