package dev.rideau.record.internal.tracefs;

/// What the kernel counted for one CPU: lines `name: value` of `per_cpu/cpuN/stats`.
///
/// @param text the file
public record CpuCounts(String text) {

  /// Records that were read.
  public long read() {
    return value("read events:");
  }

  /// Records still in the buffer.
  public long entries() {
    return value("entries:");
  }

  /// Records overwritten before they were read.
  public long overrun() {
    return value("overrun:");
  }

  /// Records refused.
  public long dropped() {
    return value("dropped events:");
  }

  /// The text for those who keep the newest records on purpose: what was overwritten is no loss.
  public String withoutOverrun() {
    return text.replaceFirst("(?m)^overrun:.*$", "overrun: 0");
  }

  /// The text for those who could not write down all that they read.
  ///
  /// @param count records that were read and are gone
  public String withMoreDropped(long count) {
    return text.replaceFirst("(?m)^dropped events:.*$", "dropped events: " + (dropped() + count));
  }

  private long value(String name) {
    for (String line : text.split("\n", -1)) {
      if (line.startsWith(name)) {
        try {
          return Long.parseLong(line.substring(name.length()).strip());
        } catch (NumberFormatException _) {
          return 0;
        }
      }
    }
    return 0;
  }
}
