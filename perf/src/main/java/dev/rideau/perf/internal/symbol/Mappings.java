package dev.rideau.perf.internal.symbol;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// Which file was mapped where, in which process, since when. Immutable after it was filled.
final class Mappings {
  /// The process of mappings of the kernel.
  static final int KERNEL = -1;

  /// A mapping.
  ///
  /// @param offset first byte of the file that is mapped
  record Mapping(long time, long start, long end, long offset, String file) {
    boolean contains(long address) {
      return Long.compareUnsigned(start, address) <= 0 && Long.compareUnsigned(address, end) < 0;
    }
  }

  private static final class Process {
    final List<Mapping> mappings = new ArrayList<>();
    @Nullable Process parent;
    long bornTime = Long.MIN_VALUE;

    /// Times of [#mappings], for the search.
    long[] times = new long[0];
  }

  /// By pid, the youngest last: pids are used again.
  private final Map<Integer, List<Process>> processes = new HashMap<>();

  private long kernelText;

  /// Where the kernel's first function was when the recording was made, 0 when not known.
  long kernelText() {
    return kernelText;
  }

  /// Notes where the kernel's first function was.
  void kernelText(long address) {
    if (kernelText == 0) {
      kernelText = address;
    }
  }

  /// Adds a mapping; in the order of time.
  void map(int pid, Mapping mapping) {
    youngest(pid).mappings.add(mapping);
  }

  /// A process starts with the mappings of another one; in the order of time.
  void fork(long time, int pid, int parent) {
    if (pid != parent) {
      Process made = new Process();
      made.parent = youngest(parent);
      made.bornTime = time;
      processes.computeIfAbsent(pid, _ -> new ArrayList<>()).add(made);
    }
  }

  private Process youngest(int pid) {
    List<Process> all = processes.computeIfAbsent(pid, _ -> new ArrayList<>());
    if (all.isEmpty()) {
      all.add(new Process());
    }
    return all.getLast();
  }

  /// Ends filling.
  void freeze() {
    for (List<Process> all : processes.values()) {
      for (Process process : all) {
        process.times = process.mappings.stream().mapToLong(Mapping::time).toArray();
      }
    }
  }

  /// The youngest mapping of an address at a time, or null.
  @Nullable Mapping find(int pid, long time, long address) {
    List<Process> all = processes.get(pid);
    if (all == null) {
      return null;
    }
    Process process = all.getFirst();
    for (Process each : all) {
      if (each.bornTime <= time) {
        process = each;
      }
    }
    long until = time;
    for (int generation = 0; process != null && generation < 64; generation++) {
      for (int i = count(process, until) - 1; i >= 0; i--) {
        if (process.mappings.get(i).contains(address)) {
          return process.mappings.get(i);
        }
      }
      until = process.bornTime;
      process = process.parent;
    }
    return null;
  }

  /// How many mappings there were: a number that changes when an answer may change.
  int version(int pid, long time) {
    List<Process> all = processes.get(pid);
    int version = 0;
    if (all != null) {
      for (Process each : all) {
        version += each.bornTime <= time ? 1 + count(each, time) : 0;
      }
    }
    return version;
  }

  private static int count(Process process, long time) {
    int at = Arrays.binarySearch(process.times, time);
    if (at < 0) {
      return -at - 1;
    }
    while (at < process.times.length && process.times[at] == time) {
      at++;
    }
    return at;
  }
}
