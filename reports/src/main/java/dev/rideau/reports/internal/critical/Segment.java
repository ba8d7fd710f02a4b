package dev.rideau.reports.internal.critical;

import org.jspecify.annotations.Nullable;

/// A piece of a critical path: what the time between two moments went to.
///
/// @param utid the thread that ran, or waited for what is not a thread
/// @param kind `running`, `runnable`, `disk`, `timer`, `network`, `interrupt`, `blocked`, `stopped`
///   or `unknown`
/// @param detail of running where, of runnable why, of waiting the cause or the interrupt
/// @param cpu where it ran, -1 when it did not
/// @param depth how many threads wait for this one in turn
/// @param wakes the thread that goes on when this piece ends, because it was woken then; -1 when
///   the same thread goes on
record Segment(
    long beginNs,
    long endNs,
    long utid,
    String kind,
    @Nullable String detail,
    @Nullable String syscall,
    int cpu,
    int depth,
    long wakes) {
  /// What lies before a time within it; nobody is woken there.
  Segment upTo(long timeNs) {
    return new Segment(beginNs, timeNs, utid, kind, detail, syscall, cpu, depth, -1);
  }
}
