package dev.rideau.cli.internal.top;

/// What one process used in one interval.
final class Usage {
  final int pid;
  String name;
  long cpuNs;

  /// Runnable until running, and the longest of these waits.
  long waitNs;

  long longestWaitNs;
  long switches;
  long syscalls;
  long diskBytes;
  long diskRequests;
  long fileBytes;
  long netBytes;

  Usage(int pid, String name) {
    this.pid = pid;
    this.name = name;
  }

  boolean isIdle() {
    return cpuNs == 0 && waitNs == 0 && syscalls == 0 && diskRequests == 0 && netBytes == 0;
  }
}
