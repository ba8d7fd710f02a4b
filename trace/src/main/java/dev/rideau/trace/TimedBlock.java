package dev.rideau.trace;

/// A run of things with a timestamp each, in the order of one data stream; what a [Merger] orders.
public interface TimedBlock {

  /// Number of things.
  int size();

  /// Timestamp of each, in nanoseconds on the trace timeline. Descends only where the tracer
  /// recorded time going back.
  long[] timestampsNs();
}
