package dev.rideau.kernel;

/// What the values of a column of a [FactTable] are. All but [#TEXT], [#NAME] and [#DOUBLE] are
/// kept as `long`s while facts are extracted.
public enum FactType {
  /// Nanoseconds on the timeline of the trace (Unix epoch where the trace tells it).
  TIMESTAMP,
  /// A length of time in nanoseconds.
  DURATION,
  /// Our id of a thread, unique among all threads of all traces of a database though tids are
  /// reused.
  UTID,
  /// Our id of a process, unique among all processes of all traces of a database.
  UPID,
  /// A signed 64-bit number; the declaration tells its unit.
  LONG,
  /// A signed 32-bit number; the declaration tells its unit.
  INT,
  BOOLEAN,
  DOUBLE,
  /// A text out of few: names of threads, system calls, devices, states. Kept as number of a
  /// dictionary.
  NAME,
  /// A text that is mostly different in each row: paths, arguments.
  TEXT
}
