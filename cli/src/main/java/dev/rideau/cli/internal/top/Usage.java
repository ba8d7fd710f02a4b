package dev.rideau.cli.internal.top;

import java.util.HashMap;
import java.util.Map;

/// What one process used in one interval.
final class Usage {
  /// What one of its threads used.
  static final class OfThread {
    final long tid;
    String name = "";
    long cpuNs;
    long waitNs;
    long longestWaitNs;
    long switches;

    OfThread(long tid) {
      this.tid = tid;
    }
  }

  /// What one kind of its system calls took, as far as both ends were seen.
  static final class OfCall {
    long count;
    long ns;
    long longestNs;
  }

  final int pid;
  String name;
  long cpuNs;

  /// Runnable until running, and the longest of these waits.
  long waitNs;

  long longestWaitNs;

  /// Time that interrupts took while it was on a processor.
  long irqNs;

  long syscalls;
  long diskBytes;
  long diskRequests;
  long fileBytes;
  long netBytes;
  final Map<Long, OfThread> threads = new HashMap<>();

  /// By name.
  final Map<String, OfCall> calls = new HashMap<>();

  /// By descriptor, bytes read and written.
  final Map<Integer, Long> files = new HashMap<>();

  Usage(int pid, String name) {
    this.pid = pid;
    this.name = name;
  }

  OfThread thread(long tid) {
    return threads.computeIfAbsent(tid, OfThread::new);
  }

  OfCall call(String callName) {
    return calls.computeIfAbsent(callName, _ -> new OfCall());
  }

  boolean isIdle() {
    return cpuNs == 0 && waitNs == 0 && syscalls == 0 && diskRequests == 0 && netBytes == 0;
  }
}
