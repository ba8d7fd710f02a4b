package dev.rideau.cli.internal.convert;

import dev.rideau.kernel.FactBatch;
import dev.rideau.kernel.FactTable;
import dev.rideau.kernel.KernelExtraction;
import dev.rideau.kernel.schema.ThreadTables;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// Which process a thread belongs to: the kernel's events of forks do not say it, LTTng's do.
/// Immutable, shared by threads.
final class Processes {
  /// Nothing is known of any thread.
  static final Processes NONE = new Processes(List.of());

  private static final int CLIPPED_BEGIN = 1;

  /// By tid, each in the order of their begins.
  private final Map<Integer, List<Person>> byTid = new HashMap<>();

  /// A thread.
  ///
  /// @param beginNs when it was forked; the least time when it is older than the recording
  /// @param pid its process
  /// @param parentPid the process that forked that, 0 when the trace does not tell
  /// @param name what it was called when the recording began, empty when the trace does not tell
  record Person(int tid, long beginNs, int pid, int parentPid, String name, boolean isKernel) {
    boolean isOlder() {
      return beginNs == Long.MIN_VALUE;
    }
  }

  private Processes(Iterable<Person> people) {
    for (Person each : people) {
      byTid.computeIfAbsent(each.tid(), _ -> new ArrayList<>()).add(each);
    }
    byTid.values().forEach(same -> same.sort(Comparator.comparingLong(Person::beginNs)));
  }

  /// Reads what a machine's traces tell of processes.
  static Processes of(KernelExtraction machine) throws IOException {
    Collector found = new Collector();
    try {
      machine.run(
          Set.of(ThreadTables.THREAD, ThreadTables.PROCESS, ThreadTables.THREAD_NAME),
          Runtime.getRuntime().availableProcessors(),
          found::accept,
          _ -> {});
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
      throw new IOException("interrupted", interrupted);
    }
    return new Processes(found.people());
  }

  /// The process of a thread at a time; the thread itself when nothing is known of it.
  int of(int tid, long timeNs) {
    List<Person> people = byTid.get(tid);
    if (people == null) {
      return tid;
    }
    Person last = people.getFirst();
    for (Person each : people) {
      if (each.beginNs() <= timeNs) {
        last = each;
      }
    }
    return last.pid();
  }

  /// The threads that were there before the recording began, by tid.
  List<Person> older() {
    return byTid.values().stream()
        .flatMap(List::stream)
        .filter(person -> person.isOlder() && person.tid() != 0)
        .sorted(Comparator.comparingInt(Person::tid))
        .toList();
  }

  /// Keeps rows until all are there: those of one table refer to those of others.
  private static final class Collector {
    private final List<long[]> threads = new ArrayList<>();
    private final Map<Long, long[]> processes = new HashMap<>();
    private final Map<Long, String> names = new HashMap<>();

    synchronized void accept(FactBatch batch) {
      FactTable table = batch.table();
      for (int row = 0; row < batch.size(); row++) {
        if (table.equals(ThreadTables.THREAD)) {
          threads.add(
              new long[] {
                number(batch, "utid", row, -1),
                number(batch, "tid", row, -1),
                number(batch, "upid", row, -1),
                number(batch, "start_ts", row, Long.MIN_VALUE),
                number(batch, "is_kernel", row, 0)
              });
        } else if (table.equals(ThreadTables.PROCESS)) {
          processes.put(
              number(batch, "upid", row, -1),
              new long[] {number(batch, "pid", row, -1), number(batch, "parent_upid", row, -1)});
        } else if ((number(batch, "clipped", row, 0) & CLIPPED_BEGIN) != 0) {
          names.put(
              number(batch, "utid", row, -1),
              batch.names().text((int) number(batch, "name", row, 0)));
        }
      }
    }

    private static long number(FactBatch batch, String column, int row, long absent) {
      FactTable table = batch.table();
      for (int i = 0; i < table.columns().size(); i++) {
        if (table.columns().get(i).name().equals(column)) {
          return batch.isNull(i, row) ? absent : batch.longs(i)[row];
        }
      }
      throw new IllegalArgumentException(table.name() + " has no column " + column);
    }

    List<Person> people() {
      List<Person> people = new ArrayList<>();
      for (long[] thread : threads) {
        long @Nullable [] process = processes.get(thread[2]);
        long @Nullable [] parent = process == null ? null : processes.get(process[1]);
        people.add(
            new Person(
                (int) thread[1],
                thread[3],
                process == null ? (int) thread[1] : (int) process[0],
                parent == null ? 0 : (int) parent[0],
                names.getOrDefault(thread[0], ""),
                thread[4] != 0));
      }
      return people;
    }
  }
}
