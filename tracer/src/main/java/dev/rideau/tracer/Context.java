package dev.rideau.tracer;

/// What each record of a channel can say about its surroundings.
public enum Context {
  /// Process id: `vpid`.
  PROCESS_ID,
  /// The kernel's id of the thread, that of the carrier for a virtual thread: `vtid`. 0 where it
  /// cannot be known.
  THREAD_ID,
  /// Name of the thread, cut off at 31 bytes: `procname`.
  THREAD_NAME,
  /// Java's id of the thread: `java_thread_id`. Tells virtual threads apart.
  JAVA_THREAD_ID,
  /// Whether the thread is virtual: `is_virtual`.
  IS_VIRTUAL,
  /// The processor, -1 where it cannot be known: `cpu`. Calls native code.
  CPU,
  /// Number of the stack trace, to be found in `rideau:stack` events: `stack`. Costs microseconds.
  STACK
}
