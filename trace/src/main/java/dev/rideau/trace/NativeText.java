package dev.rideau.trace;

/// Writes event records as the tool prints them that made the format: `perf script` for perf.data.
/// Used by one thread at a time.
@FunctionalInterface
public interface NativeText {

  /// Appends the lines of a record, without the last line feed. Appends nothing for records that
  /// the tool leaves out.
  void put(RecordBlock block, int record, StringBuilder lines);
}
