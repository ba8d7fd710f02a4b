package dev.rideau.reports.internal.critical;

import org.jspecify.annotations.Nullable;

/// A piece of a critical path: what the time between two moments went to.
///
/// @param utid the thread that ran, or waited for what is not a thread
/// @param kind `running`, `runnable`, `disk`, `timer`, `network`, `interrupt`, `blocked`, `stopped`
///   or `unknown`
/// @param detail of waiting what ended it; null where the facts about the thread's state tell
/// @param depth how many threads wait for this one in turn
/// @param wakes the thread that goes on when this piece ends, because it was woken then; -1 when
///   the same thread goes on
record Segment(
    long beginNs,
    long endNs,
    long utid,
    String kind,
    @Nullable String detail,
    int depth,
    long wakes) {
  /// What lies before a time within it; nobody is woken there.
  Segment upTo(long timeNs) {
    return new Segment(beginNs, timeNs, utid, kind, detail, depth, -1);
  }

  /// Whether what follows goes on with the same thread and kind.
  boolean goesOn(Segment next) {
    return next.utid == utid && next.kind.equals(kind) && wakes < 0;
  }
}
