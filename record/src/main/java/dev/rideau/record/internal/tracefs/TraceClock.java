package dev.rideau.record.internal.tracefs;

import java.time.Instant;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// The trace clock of an instance, read from here.
///
/// `mono` is what [System#nanoTime] reads; of the others the kernel tells the time in a file, and
/// the difference is taken once.
public final class TraceClock {
  private static final Pattern NOW = Pattern.compile("now ts:\\s*(\\d+)\\.(\\d{6})");

  private final long differenceNs;
  private final boolean countsNs;

  private TraceClock(long differenceNs, boolean countsNs) {
    this.differenceNs = differenceNs;
    this.countsNs = countsNs;
  }

  /// The clock that the instance uses.
  public static TraceClock of(Instance instance, String name) {
    if (name.equals("mono")) {
      return new TraceClock(0, true);
    }
    long before = System.nanoTime();
    Matcher matcher = NOW.matcher(instance.text("per_cpu/cpu0/stats"));
    if (!matcher.find()) {
      return new TraceClock(0, false);
    }
    long now =
        TimeUnit.SECONDS.toNanos(Long.parseLong(matcher.group(1)))
            + TimeUnit.MICROSECONDS.toNanos(Long.parseLong(matcher.group(2)));
    return new TraceClock(now - before, true);
  }

  /// Whether it counts nanoseconds, as `counter`, `uptime` and `x86-tsc` do not.
  public boolean countsNs() {
    return countsNs;
  }

  /// The clock's value now.
  public long now() {
    return System.nanoTime() + differenceNs;
  }

  /// Nanoseconds from the Unix epoch to the clock's zero, or 0 when it counts something else.
  public long wallOffsetNs() {
    if (!countsNs) {
      return 0;
    }
    long best = 0;
    long narrowest = Long.MAX_VALUE;
    // The reading between the two that are closest is least disturbed.
    for (int i = 0; i < 20; i++) {
      long before = System.nanoTime();
      Instant wall = Instant.now();
      long after = System.nanoTime();
      if (after - before < narrowest) {
        narrowest = after - before;
        long middle = before + (after - before) / 2 + differenceNs;
        best = TimeUnit.SECONDS.toNanos(wall.getEpochSecond()) + wall.getNano() - middle;
      }
    }
    return best;
  }
}
