package dev.rideau.server.internal.view;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// Rows of a timeline while it is made: in the order in which they will be shown, groups before
/// what is in them.
final class TimelineRows {
  static final int NO_ROW = -1;

  private final List<TimelineRow> rows = new ArrayList<>();
  private final List<@Nullable Track> tracks = new ArrayList<>();
  private final Map<Long, Integer> threads = new HashMap<>();
  private final Map<Long, Integer> cpus = new HashMap<>();
  private final List<String> hosts;

  /// @param hosts names of the machines, by number
  TimelineRows(List<String> hosts) {
    this.hosts = hosts;
  }

  /// Numbers of a row.
  record Ids(long tid, long pid, long utid, long upid, int cpu, int host, long number) {
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

  /// Number of rows so far.
  int size() {
    return rows.size();
  }

  /// Begins a group of rows of a machine; returns the id of its row.
  int group(String name, int host) {
    String whole = hosts.size() > 1 ? name + " of " + hosts.get(host) : name;
    return add(NO_ROW, RowKind.GROUP, whole, "", null, Ids.of(host, -1));
  }

  /// Begins a group of rows of a trace; returns the id of its row.
  int ofTrace(String name, String trace) {
    String whole = trace.isEmpty() ? name : name + " of " + trace;
    return add(NO_ROW, RowKind.GROUP, whole, "", null, new Ids());
  }

  /// Name of a machine where there are several, else empty.
  String nameOf(int host) {
    return hosts.size() > 1 ? hosts.get(host) : "";
  }

  /// Adds a row and returns its id.
  int add(int parent, RowKind kind, String name, String detail, @Nullable Track track, Ids ids) {
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

  /// Says which row is that of a thread.
  void thread(long utid, int row) {
    threads.put(utid, row);
  }

  /// Says which row is that of a CPU.
  void cpu(int host, int cpu, int row) {
    cpus.put((long) host << 32 | cpu, row);
  }

  @Nullable Integer ofThread(long utid) {
    return threads.get(utid);
  }

  @Nullable Integer ofCpu(long host, long cpu) {
    return cpus.get(host << 32 | cpu);
  }

  // What is drawn for a process is when any of its threads ran; its CPU time is that of all of
  // them.
  private void addThreadsUp() {
    for (int i = rows.size() - 1; i >= 0; i--) {
      if (rows.get(i).kind() == RowKind.PROCESS) {
        long sum = 0;
        for (int child = i + 1; child < rows.size() && rows.get(child).parent() == i; child++) {
          sum += rows.get(child).busyNs();
        }
        rows.set(i, rows.get(i).withBusyNs(sum));
      }
    }
  }

  Timeline timeline(Map<Arrow.Kind, ArrowIndex> arrows) {
    addThreadsUp();
    return new Timeline(List.copyOf(rows), tracks.toArray(Track[]::new), arrows, threads, cpus);
  }
}
