package dev.rideau.record;

import java.nio.file.Path;

/// What a recording holds, by the kernel's own statistics.
///
/// @param events records in the file
/// @param overrun records that the kernel overwrote before they were read
/// @param dropped records that the kernel refused
/// @param fileBytes length of the file
/// @param durationNs from the first to the last moment of recording
/// @param cpuNs processor time that the recorder used, its start included
public record RecordingSummary(
    Path output,
    long events,
    long overrun,
    long dropped,
    long fileBytes,
    long durationNs,
    long cpuNs) {

  /// Records that are missing.
  public long lost() {
    return overrun + dropped;
  }
}
