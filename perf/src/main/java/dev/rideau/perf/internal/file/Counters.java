package dev.rideau.perf.internal.file;

import java.util.Collections;
import java.util.HashSet;
import java.util.Set;
import java.util.TreeSet;

/// Where the counters of a recording count: on CPUs, whatever runs there, or in tasks, wherever
/// they run. Records of the ids tell it; older perfs wrote none, there the command line does, and
/// the tasks are those that have samples.
///
/// ```
/// byte   0 header   8 number   16 id, index, CPU, tid: 8 bytes each; -1 stands for all
/// ```
public final class Counters {
  private static final int ENTRIES_AT = 16;
  private static final int ENTRY_BYTES = 32;

  private final Set<Integer> cpus = new TreeSet<>();
  private final Set<Integer> tids = new TreeSet<>();
  private final Set<Long> dummies = new HashSet<>();
  private final boolean asksForTasks;
  private boolean countsAllTasks;
  private int lastTid = -1;

  /// Of nothing yet.
  public Counters(PerfMetadata metadata) {
    asksForTasks =
        metadata.environment().get("command_line") instanceof String line
            && RecordArguments.isOfTasks(line);
    for (PerfAttr attr : metadata.attrs()) {
      if (attr.isDummy() && metadata.attrs().size() > 1) {
        for (long id : attr.ids()) {
          dummies.add(id);
        }
      }
    }
  }

  /// Takes what a record tells.
  public void add(Words words, byte[] bytes, int at, int size) {
    int end = at + size;
    long left = size < ENTRIES_AT ? 0 : words.i64(bytes, at + 8);
    for (int entry = at + ENTRIES_AT; left > 0 && entry + ENTRY_BYTES <= end; left--) {
      if (!dummies.contains(words.i64(bytes, entry))) {
        int cpu = (int) words.i64(bytes, entry + 16);
        int tid = (int) words.i64(bytes, entry + 24);
        if (cpu >= 0) {
          cpus.add(cpu);
        }
        if (tid >= 0) {
          tids.add(tid);
        } else {
          countsAllTasks = true;
        }
      }
      entry += ENTRY_BYTES;
    }
  }

  /// Whether [#addSample] should be told of samples.
  public boolean wantsSamples() {
    return asksForTasks && cpus.isEmpty() && !countsAllTasks;
  }

  /// A task has a sample.
  public void addSample(int tid) {
    if (tid != lastTid && tid >= 0) {
      lastTid = tid;
      tids.add(tid);
    }
  }

  /// Tasks that were recorded; empty when all were, or when that is not told.
  public Set<Integer> tids() {
    return countsAllTasks || tids.contains(0) ? Set.of() : Collections.unmodifiableSet(tids);
  }

  /// CPUs that were recorded; empty when that is not told.
  public Set<Integer> cpus() {
    return Collections.unmodifiableSet(cpus);
  }
}
