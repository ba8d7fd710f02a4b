package dev.rideau.server.internal.view;

import dev.rideau.server.internal.view.TimelineRows.Ids;
import dev.rideau.trace.Batch;
import dev.rideau.trace.BytesColumn;
import dev.rideau.trace.Column;
import dev.rideau.trace.DataStream;
import dev.rideau.trace.EventClass;
import dev.rideau.trace.LongColumn;
import dev.rideau.trace.MemberSelection;
import dev.rideau.trace.OpenedTraces;
import dev.rideau.trace.RecordBlock;
import dev.rideau.trace.Scope;
import dev.rideau.trace.StructColumn;
import dev.rideau.trace.Trace;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/// Rows made straight from records: which thread ran on each CPU where switches were recorded; else
/// when each thread, or CPU where records do not tell the thread, recorded what. Used by one
/// thread.
final class RecordLanes {
  /// How long a record is shown, unless the next one comes sooner: it takes no time itself.
  private static final long SHOWN_NS = 1000;

  /// States in the heap; of more, near ones become one.
  private static final int MOST = 4 << 20;

  private static final int MOST_LANES = 1000;
  private static final long NEAREST_NS = 16_000;
  private static final String SWITCH = "sched_switch";
  private static final MemberSelection SWITCH_FIELDS =
      MemberSelection.of(java.util.Set.of("next_tid", "next_pid", "next_comm"));
  private static final String[] TIDS = {"vtid", "tid", "common_pid"};
  private static final String[] NAMES = {"procname", "comm"};
  private static final MemberSelection CONTEXTS =
      MemberSelection.of(java.util.Set.of("vtid", "tid", "common_pid", "procname", "comm"));

  /// Where something happened: a thread, or else a CPU.
  ///
  /// @param origin number of the trace, or of the machine
  private record Place(int origin, long tid, int cpu) {}

  private static final Comparator<Place> ORDER =
      Comparator.comparingInt(Place::origin)
          .thenComparingInt(Place::cpu)
          .thenComparingLong(Place::tid);

  /// What ran on CPUs, by machine.
  private final Map<Place, Lane> cpus = new TreeMap<>(ORDER);

  private final Map<Place, Lane> places = new LinkedHashMap<>();
  private final StateLabels threads = new StateLabels();
  private final StateLabels names = new StateLabels();

  /// Number of the label of a thread, by its id and the hash of its name.
  private final Map<Long, Integer> threadLabels = new HashMap<>();

  private final List<String> hosts = new ArrayList<>();
  private List<Trace> traces = List.of();
  private int[] hostOfTrace = new int[0];
  private int[] traceOfStream = new int[0];
  private boolean[] hasSwitches = new boolean[0];

  /// By stream and class: what the records are called, 0 as long as it is not known.
  private int[][] classes = new int[0][];

  private long states;
  private long restNs;
  private long lastNs;

  /// What is wanted of records.
  static MemberSelection members(EventClass eventClass, Scope scope) {
    boolean isSwitch = eventClass.displayName().equals(SWITCH);
    return switch (scope) {
      case PAYLOAD -> isSwitch ? SWITCH_FIELDS : MemberSelection.NONE;
      case COMMON_CONTEXT, SPECIFIC_CONTEXT -> isSwitch ? MemberSelection.NONE : CONTEXTS;
      case PACKET_HEADER, PACKET_CONTEXT, EVENT_HEADER -> MemberSelection.NONE;
    };
  }

  void start(OpenedTraces opened) {
    List<DataStream> streams = opened.dataStreams();
    List<Trace> all = opened.traces();
    traces = all;
    hostOfTrace = new int[all.size()];
    for (int trace = 0; trace < all.size(); trace++) {
      String name = all.get(trace).traceClass().environment().text("hostname");
      String host = name == null ? "" : name;
      if (!hosts.contains(host)) {
        hosts.add(host);
      }
      hostOfTrace[trace] = hosts.indexOf(host);
    }
    traceOfStream = new int[streams.size()];
    classes = new int[streams.size()][];
    hasSwitches = new boolean[all.size()];
    for (int stream = 0; stream < streams.size(); stream++) {
      for (int trace = 0; trace < all.size(); trace++) {
        if (all.get(trace).dataStreams().contains(streams.get(stream))) {
          traceOfStream[stream] = trace;
        }
      }
    }
  }

  /// Names of the machines, by number.
  List<String> hosts() {
    return hosts;
  }

  /// Takes records in the order of time of all streams.
  void take(int stream, RecordBlock block, int from, int to) {
    int[] known = classes[stream];
    if (known == null) {
      known = new int[block.batchCount()];
      classes[stream] = known;
    }
    int trace = traceOfStream[stream];
    int cpu = cpu(block);
    for (int i = from; i < to; i++) {
      int ordinal = block.eventClasses()[i];
      Batch batch = block.batch(ordinal);
      if (batch == null) {
        continue;
      }
      int name = known[ordinal];
      if (name == 0) {
        String text = batch.eventClass().displayName();
        name = text.equals(SWITCH) ? -1 : names.of(text);
        known[ordinal] = name;
      }
      lastNs = block.timestampsNs()[i];
      if (name < 0) {
        switched(trace, cpu, lastNs, batch, block.rows()[i]);
      } else if (!hasSwitches[trace]) {
        happened(trace, cpu, lastNs, name, batch, block.rows()[i]);
      }
    }
  }

  private static int cpu(RecordBlock block) {
    StructColumn context = block.packetContext();
    return context != null && context.member("cpu_id") instanceof LongColumn cpu
        ? (int) cpu.value(0)
        : -1;
  }

  private void switched(int trace, int cpu, long ns, Batch batch, int row) {
    if (!hasSwitches[trace]) {
      hasSwitches[trace] = true;
      places.keySet().removeIf(place -> place.origin == trace);
    }
    LongColumn next = number(batch.payload(), "next_tid", "next_pid");
    if (cpu < 0 || next == null) {
      return;
    }
    long tid = next.value(row);
    int value =
        tid == 0
            ? StateStyle.CPU_IDLE.code()
            : Meaning.value(StateStyle.CPU_USER, label(tid, batch.payload(), row));
    Place place = new Place(hostOfTrace[trace], -1, cpu);
    Lane lane = cpus.computeIfAbsent(place, where -> new Lane("CPU " + where.cpu));
    added(lane.add(ns, Long.MAX_VALUE, value, restNs));
  }

  private int label(long tid, @Nullable StructColumn payload, int row) {
    BytesColumn comm = text(payload, "next_comm");
    long key = tid;
    if (comm != null) {
      int at = comm.offsetsBytes()[row];
      int end = at + comm.lengthsBytes()[row];
      int hash = 0;
      for (; at < end; at++) {
        hash = 31 * hash + comm.bytes()[at];
      }
      key = tid << 32 | hash & 0xffff_ffffL;
    }
    Integer known = threadLabels.get(key);
    if (known == null) {
      known = threads.of((comm == null ? "?" : read(comm, row)) + " (" + tid + ")");
      threadLabels.put(key, known);
    }
    return known;
  }

  private void happened(int trace, int cpu, long ns, int name, Batch batch, int row) {
    StructColumn common = batch.commonContext();
    StructColumn specific = batch.specificContext();
    LongColumn tid = number(common, TIDS);
    tid = tid == null ? number(specific, TIDS) : tid;
    Place place = tid == null ? new Place(trace, -1, cpu) : new Place(trace, tid.value(row), -1);
    Lane lane = places.get(place);
    if (lane == null) {
      if (places.size() == MOST_LANES) {
        return;
      }
      BytesColumn person = text(common, NAMES);
      person = person == null ? text(specific, NAMES) : person;
      lane = new Lane(person == null ? "" : read(person, row));
      places.put(place, lane);
    }
    added(lane.add(ns, ns + SHOWN_NS, Meaning.value(StateStyle.EVENT, name), restNs));
  }

  private void added(int more) {
    states += more;
    while (states > MOST) {
      restNs = Math.max(NEAREST_NS, 4 * restNs);
      states = 0;
      for (Lane lane : cpus.values()) {
        states += lane.thin(restNs);
      }
      for (Lane lane : places.values()) {
        states += lane.thin(restNs);
      }
    }
  }

  private static @Nullable LongColumn number(@Nullable StructColumn columns, String... wanted) {
    for (String name : wanted) {
      Column column = columns == null ? null : columns.member(name);
      if (column instanceof LongColumn number) {
        return number;
      }
    }
    return null;
  }

  private static @Nullable BytesColumn text(@Nullable StructColumn columns, String... wanted) {
    for (String name : wanted) {
      Column column = columns == null ? null : columns.member(name);
      if (column instanceof BytesColumn text) {
        return text;
      }
    }
    return null;
  }

  private static String read(BytesColumn text, int row) {
    String whole =
        new String(
            text.bytes(),
            text.offsetsBytes()[row],
            text.lengthsBytes()[row],
            StandardCharsets.UTF_8);
    int end = whole.indexOf(0);
    return end < 0 ? whole : whole.substring(0, end);
  }

  /// Adds the CPUs with what ran on them so far.
  void addCpus(TimelineRows rows, StateStore store) throws IOException {
    Meaning meaning = threads.snapshot(true);
    int group = TimelineRows.NO_ROW;
    int host = -1;
    for (Map.Entry<Place, Lane> each : cpus.entrySet()) {
      Place place = each.getKey();
      if (place.origin != host) {
        host = place.origin;
        group = rows.group("CPUs", host);
      }
      Lane lane = each.getValue();
      Track track = lane.track(store, meaning, lastNs);
      Ids ids = Ids.ofCpu(host, place.cpu);
      int row = rows.add(group, RowKind.CPU, lane.name(), rows.nameOf(host), track, ids);
      rows.cpu(host, place.cpu, row);
    }
  }

  /// Adds the threads, or CPUs, of traces without switches with the records so far.
  void addEvents(TimelineRows rows, StateStore store) throws IOException {
    Meaning meaning = names.snapshot(true);
    int group = TimelineRows.NO_ROW;
    int trace = -1;
    List<Map.Entry<Place, Lane>> sorted = new ArrayList<>(places.entrySet());
    sorted.sort(Map.Entry.comparingByKey(ORDER));
    for (Map.Entry<Place, Lane> each : sorted) {
      Place place = each.getKey();
      if (place.origin != trace) {
        trace = place.origin;
        group = rows.ofTrace("Events", traces.size() > 1 ? traces.get(trace).name() : "");
      }
      Lane lane = each.getValue();
      boolean isThread = place.tid >= 0;
      String where = place.cpu < 0 ? "records" : "CPU " + place.cpu;
      String name = isThread ? lane.name().isEmpty() ? "thread" : lane.name() : where;
      rows.add(
          group,
          RowKind.EVENTS,
          name,
          isThread ? "tid " + place.tid : "",
          lane.track(store, meaning, Long.MAX_VALUE),
          isThread ? new Ids(place.tid, -1, -1, -1, -1, 0, -1) : Ids.ofCpu(0, place.cpu));
    }
  }

  /// Frees the memory.
  void clear() {
    cpus.clear();
    places.clear();
  }
}
