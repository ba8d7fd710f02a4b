package dev.rideau.kernel.internal.track;

import java.util.Arrays;
import java.util.List;

/// The recordings of a machine, one after the other: between two of them nothing is known. What was
/// open in one did not go on in the next for sure, and what is older than the next one is known
/// since that began. Immutable, shared by all threads.
public final class Recordings {
  /// A time in which something was recorded.
  public record Part(long beginNs, long endNs) {}

  private final long[] begins;
  private final long[] ends;

  /// Times from which on system calls are known again that were lost before.
  private final long[] callsSince;

  /// @param parts in the order of time, at least one, none touches another one
  /// @param callsSince when losses of system calls ended, in any order
  public Recordings(List<Part> parts, List<Long> callsSince) {
    begins = parts.stream().mapToLong(Part::beginNs).toArray();
    ends = parts.stream().mapToLong(Part::endNs).toArray();
    this.callsSince = callsSince.stream().mapToLong(Long::longValue).sorted().toArray();
  }

  /// One recording.
  public static Recordings since(long beginNs) {
    return new Recordings(List.of(new Part(beginNs, Long.MAX_VALUE)), List.of());
  }

  /// When the recording began in which a time lies.
  public long begin(long ts) {
    return begins[at(ts)];
  }

  /// When the recording ends in which a time lies; of the last one not before everything ends.
  public long end(long ts) {
    int at = at(ts);
    return at == ends.length - 1 ? Long.MAX_VALUE : ends[at];
  }

  /// When the recording begins that follows the one in which a time lies.
  public long nextBegin(long ts) {
    int next = at(ts) + 1;
    return next == begins.length ? Long.MAX_VALUE : begins[next];
  }

  /// Since when, as seen from `ts`, no entry or exit of a system call can be missing.
  public long callsKnownSince(long ts) {
    int found = Arrays.binarySearch(callsSince, ts);
    int at = found >= 0 ? found : -2 - found;
    return at < 0 ? begin(ts) : Math.max(begin(ts), callsSince[at]);
  }

  private int at(long ts) {
    int found = Arrays.binarySearch(begins, ts);
    return found >= 0 ? found : Math.max(0, -2 - found);
  }
}
