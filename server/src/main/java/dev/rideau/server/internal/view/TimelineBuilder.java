package dev.rideau.server.internal.view;

import dev.rideau.server.internal.view.Arrow.Kind;
import dev.rideau.tables.Rows;
import dev.rideau.tables.TraceDatabase;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import java.util.function.LongConsumer;
import java.util.function.LongFunction;
import org.jspecify.annotations.Nullable;

/// Makes the timeline from the facts: which rows there are, and the states of each, copied from the
/// database into memory that answers at once.
final class TimelineBuilder {
  private static final int NO_ROW = -1;

  // Columns of the queries for states.
  private static final int HOST = 0;
  private static final int NUMBER = 1;
  private static final int TS = 2;
  private static final int DUR = 3;
  private static final int VALUE = 4;
  private static final int NAME = 5;

  /// What a label adds to the code in a value.
  private static final int LABEL = 1 << Meaning.CODE_BITS;

  private final TraceDatabase database;
  private final LongConsumer progress;
  private final MappedFile file;
  private final StateStore store;

  private final List<TimelineRow> rows = new ArrayList<>();
  private final List<@Nullable Track> tracks = new ArrayList<>();

  /// What is shown in rows of CPUs, by number of the label less one: in the order of `utid`.
  private final List<String> threadNames = new ArrayList<>();

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
    String sql = "SELECT tid, coalesce(nullif(name, ''), '?') FROM thread ORDER BY utid";
    try (Rows threads = database.query(sql)) {
      while (threads.next()) {
        threadNames.add(threads.textAt(1) + " (" + threads.longAt(0) + ")");
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

  /// Copies the states of a query with the columns host, number, ts, dur, value, and name where
  /// rows have one; ordered by all that names a row, then ts. Values are made by the database: a
  /// text for each of millions of states would take most of the time.
  private Map<Key, Track> read(String sql, Meaning meaning) throws IOException {
    Map<Key, Track> found = new LinkedHashMap<>();
    TrackWriter writer = new TrackWriter(store, meaning);
    try (Rows states = database.query(sql)) {
      boolean isNamed = states.columns().size() > NAME;
      Key key = null;
      while (states.next()) {
        int host = (int) states.longAt(HOST);
        long number = states.longAt(NUMBER);
        String name = isNamed ? String.valueOf(states.textAt(NAME)) : "";
        if (key == null || key.host != host || key.number != number || !key.name.equals(name)) {
          finish(found, key, writer);
          key = new Key(host, number, name);
        }
        writer.add(states.longAt(TS), states.longAt(DUR), (int) states.longAt(VALUE));
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
    Map<Key, Track> running =
        read(
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
        labelled(
            "(SELECT host, cpu, ts, dur, coalesce(name, '') || ' (' || irq || ')' AS label FROM irq"
                + " UNION ALL SELECT host, cpu, ts, dur, name FROM ipi)",
            _ -> StateStyle.IRQ,
            true);
    Map<Key, Track> softirq =
        labelled(
            "(SELECT host, cpu, ts, dur, name AS label FROM softirq)",
            _ -> StateStyle.SOFTIRQ,
            true);
    long highest = number("SELECT coalesce(max(frequency), 0)::BIGINT FROM cpu_frequency");
    Map<Key, Track> frequency =
        labelled(
            "(SELECT host, cpu, ts, dur, CASE WHEN frequency >= 1000000"
                + " THEN round(frequency / 1e6, 2) || ' GHz' ELSE frequency // 1000 || ' MHz' END"
                + " AS label, frequency AS rank FROM cpu_frequency)",
            rank -> StateStyle.ofFrequency(rank, highest),
            false);
    Map<Key, Track> idle =
        labelled(
            "(SELECT host, cpu, ts, dur, 'C' || state AS label, state AS rank FROM cpu_idle)",
            StateStyle::ofIdle,
            false);
    TreeSet<Key> keys =
        new TreeSet<>(Comparator.comparingInt(Key::host).thenComparingLong(Key::number));
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

  private long number(String sql) {
    try (Rows rows = database.query(sql)) {
      return rows.next() ? rows.longAt(0) : 0;
    }
  }

  /// States of CPUs from a table with host, cpu, ts, dur, label, and rank where the style depends
  /// on it.
  private Map<Key, Track> labelled(
      String table, LongFunction<StateStyle> style, boolean labelsMatter) throws IOException {
    boolean isRanked = table.contains(" AS rank ");
    Labels labels = new Labels();
    KnownValues known = new KnownValues(isRanked ? 2 : 1);
    String distinct =
        "SELECT DISTINCT label" + (isRanked ? ", rank::BIGINT" : "") + " FROM " + table + " f";
    try (Rows rows = database.query(distinct)) {
      while (rows.next()) {
        String label = String.valueOf(rows.textAt(0));
        long rank = isRanked ? rows.longAt(1) : 0;
        known.add(
            Meaning.value(style.apply(rank), labels.of(label)),
            isRanked ? new String[] {label, Long.toString(rank)} : new String[] {label});
      }
    }
    return read(
        "SELECT f.host, f.cpu, f.ts, f.dur, k.value FROM "
            + table
            + " f JOIN "
            + known.sql()
            + " k ON k.c0 = f.label"
            + (isRanked ? " AND k.c1 = f.rank::VARCHAR" : "")
            + " ORDER BY 1, 2, 3",
        labels.meaning(labelsMatter));
  }

  /// Values by texts as a table of a statement.
  private static final class KnownValues {
    private final StringBuilder rows = new StringBuilder();
    private final int columns;

    KnownValues(int columns) {
      this.columns = columns;
      // There is always a row, which nothing equals.
      add(0, new String[columns]);
    }

    void add(int value, @Nullable String... texts) {
      rows.append(rows.isEmpty() ? "" : ", ").append('(').append(value);
      for (String text : texts) {
        rows.append(", ").append(text == null ? "NULL" : "'" + text.replace("'", "''") + "'");
      }
      rows.append(')');
    }

    String sql() {
      StringBuilder names = new StringBuilder("value");
      for (int i = 0; i < columns; i++) {
        names.append(", c").append(i);
      }
      return "(SELECT * FROM (VALUES " + rows + ") AS known(" + names + "))";
    }
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
            "SELECT s.host, t.upid, s.ts, s.dur, "
                + StateStyle.RUNNING.code()
                + " FROM sched_slice s JOIN thread t"
                + " ON t.utid = s.utid WHERE NOT t.is_idle AND t.is_kernel IS NOT TRUE"
                + " ORDER BY 1, 2, 3",
            new Meaning(false, _ -> null));
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

  private Map<Key, Track> threadStates(Labels syscalls) throws IOException {
    KnownValues known = new KnownValues(3);
    String combinations =
        "SELECT DISTINCT state, coalesce(detail, ''), coalesce(syscall, '') FROM thread_state";
    try (Rows distinct = database.query(combinations)) {
      while (distinct.next()) {
        String state = String.valueOf(distinct.textAt(0));
        String detail = String.valueOf(distinct.textAt(1));
        String syscall = String.valueOf(distinct.textAt(2));
        boolean isCall = !state.equals("running") || detail.equals("syscall");
        known.add(
            Meaning.value(StateStyle.ofThread(state, detail), isCall ? syscalls.of(syscall) : 0),
            state,
            detail,
            syscall);
      }
    }
    return read(
        "SELECT s.host, s.utid, s.ts, s.dur, k.value FROM thread_state s JOIN "
            + known.sql()
            + " k ON k.c0 = s.state AND k.c1 = coalesce(s.detail, '') AND"
            + " k.c2 = coalesce(s.syscall, '')"
            + " WHERE s.utid NOT IN (SELECT utid FROM thread WHERE is_idle) ORDER BY 1, 2, 3",
        syscalls.meaning(false));
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
        read(
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
        read(
            "SELECT host, irq, ts, dur, "
                + StateStyle.IRQ.code()
                + ", coalesce(name, '') FROM irq ORDER BY 1, 2, 6, 3",
            new Meaning(false, _ -> null));
    Map<Key, Track> softirqs =
        read(
            "SELECT host, vec, ts, dur, "
                + StateStyle.SOFTIRQ.code()
                + ", name FROM softirq ORDER BY 1, 2, 6, 3",
            new Meaning(false, _ -> null));
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
        "SELECT host, ts, utid, waker_utid, coalesce(latency, 0), cpu,"
            + " (context = 'thread')::INTEGER"
            + " FROM wakeup WHERE waker_utid IS NOT NULL ORDER BY ts";
    try (Rows wakeups = database.query(sql)) {
      while (wakeups.next()) {
        Integer to = threadRows.get(wakeups.longAt(2));
        // What an interrupt does is not the doing of the thread below it.
        Integer from =
            wakeups.longAt(6) == 1
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
