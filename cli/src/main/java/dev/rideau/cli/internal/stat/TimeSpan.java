package dev.rideau.cli.internal.stat;

/// From the earliest to the latest of some event records.
///
/// @param firstNs `Long.MAX_VALUE` when there is no record
/// @param lastNs `Long.MIN_VALUE` when there is no record
public record TimeSpan(long firstNs, long lastNs) {
  /// No record, or none that has a time.
  public static final TimeSpan NONE = new TimeSpan(Long.MAX_VALUE, Long.MIN_VALUE);

  /// Whether there is a time at all.
  public boolean isKnown() {
    return firstNs <= lastNs;
  }

  /// From the first to the last, in nanoseconds; unsigned.
  public long durationNs() {
    return isKnown() ? lastNs - firstNs : 0;
  }

  /// The least span that holds both.
  public TimeSpan with(TimeSpan other) {
    return new TimeSpan(Math.min(firstNs, other.firstNs), Math.max(lastNs, other.lastNs));
  }
}
