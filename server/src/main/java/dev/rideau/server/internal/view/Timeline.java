package dev.rideau.server.internal.view;

import dev.rideau.server.internal.http.Cancel;
import dev.rideau.server.internal.http.HttpFailure;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// Rows over time. Answers come from memory, at once; any thread may ask.
public final class Timeline {
  private final List<TimelineRow> rows;
  private final @Nullable Track[] tracks;

  private final Map<Arrow.Kind, ArrowIndex> arrows;
  private final Map<Long, Integer> threadRows;
  private final Map<Long, Integer> cpuRows;

  Timeline(
      List<TimelineRow> rows,
      @Nullable Track[] tracks,
      Map<Arrow.Kind, ArrowIndex> arrows,
      Map<Long, Integer> threadRows,
      Map<Long, Integer> cpuRows) {
    this.rows = rows;
    this.tracks = tracks;
    this.arrows = arrows;
    this.threadRows = threadRows;
    this.cpuRows = cpuRows;
  }

  /// One without rows.
  static Timeline empty() {
    return new Timeline(List.of(), new Track[0], Map.of(), Map.of(), Map.of());
  }

  /// All rows, in the order in which they are shown; a row's id is its position.
  public List<TimelineRow> rows() {
    return rows;
  }

  /// A row.
  ///
  /// @throws HttpFailure 404 when there is none with that id
  public TimelineRow row(int id) {
    if (id < 0 || id >= rows.size()) {
      throw HttpFailure.unknown("there is no row " + id);
    }
    return rows.get(id);
  }

  /// What a window shows of a row.
  public RowStates states(int row, Window window) {
    Track track = track(row);
    return track == null
        ? new RowStates(row, window, new Meaning(false, _ -> null))
        : track.states(row, window);
  }

  /// The same of several rows.
  public List<RowStates> states(int[] wanted, Window window, Cancel cancel) {
    List<RowStates> all = new ArrayList<>(wanted.length);
    for (int row : wanted) {
      cancel.check();
      all.add(states(row, window));
    }
    return all;
  }

  /// The state of a row at a time; null for nothing.
  public @Nullable StateAt stateAt(int row, long ns) {
    Track track = track(row);
    return track == null ? null : track.at(row, ns);
  }

  /// The next state behind that at a time, or the one before it; null for none.
  public @Nullable StateAt step(int row, long ns, boolean forward) {
    Track track = track(row);
    return track == null ? null : track.step(row, ns, forward);
  }

  /// Nanoseconds of work of a row in each pixel of a window; of a process those of all its threads
  /// together, which are more than the pixel has where several run at once.
  public double[] busy(int row, Window window) {
    double[] sums = new double[window.pixels()];
    if (row(row).kind() != RowKind.PROCESS) {
      addBusy(row, window, sums);
      return sums;
    }
    // Threads come right behind their process.
    for (int i = row + 1; i < rows.size() && rows.get(i).parent() == row; i++) {
      addBusy(i, window, sums);
    }
    return sums;
  }

  private void addBusy(int row, Window window, double[] sums) {
    Track track = tracks[row];
    if (track != null) {
      track.addBusy(window, sums);
    }
  }

  /// Arrows of a kind that begin in a window, with both ends in some of the rows.
  ///
  /// @param most how many at most; of more the longest, spread over the window
  public Arrows arrows(Arrow.Kind kind, Window window, int[] visible, int most) {
    BitSet wanted = new BitSet();
    for (int row : visible) {
      row(row);
      wanted.set(row);
    }
    ArrowIndex index = arrows.get(kind);
    return index == null ? new Arrows(0, List.of()) : index.in(window, wanted, most, rows);
  }

  /// Id of the row of a thread, -1 for none.
  public int rowOfThread(long utid) {
    return threadRows.getOrDefault(utid, -1);
  }

  /// Id of the first row of a thread of a machine with that id of the kernel, -1 for none.
  int rowOfTid(int host, long tid) {
    for (TimelineRow row : rows) {
      boolean isThread = row.kind() == RowKind.THREAD && row.host() == host;
      if (tid >= 0 && isThread && row.tid() == tid) {
        return row.id();
      }
    }
    return -1;
  }

  /// Id of the row of a CPU, -1 for none.
  public int rowOfCpu(int host, int cpu) {
    return cpuRows.getOrDefault((long) host << 32 | cpu, -1);
  }

  private @Nullable Track track(int row) {
    row(row);
    return tracks[row];
  }
}
