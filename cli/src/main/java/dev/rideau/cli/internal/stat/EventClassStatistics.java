package dev.rideau.cli.internal.stat;

import dev.rideau.trace.DataStreamClass;
import dev.rideau.trace.EventClass;

/// What `stat` tells about an event class.
///
/// @param records event records in the time asked about
/// @param bits their length with headers, contexts and the padding before them
public record EventClassStatistics(
    DataStreamClass streamClass, EventClass eventClass, long records, long bits) {

  /// Their length in bytes, rounded up.
  public long bytes() {
    return (bits + 7) >>> 3;
  }
}
