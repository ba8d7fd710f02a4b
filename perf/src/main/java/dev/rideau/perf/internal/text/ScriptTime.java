package dev.rideau.perf.internal.text;

import dev.rideau.ftrace.TextBytes;
import dev.rideau.trace.ClockClass;
import java.nio.charset.StandardCharsets;

/// Prints times as seconds and microseconds; those of most records are in the same second as the
/// time before.
final class ScriptTime {
  private static final int SECONDS_WIDTH = 5;

  /// `seconds.` and the first nanosecond of that second; none at first.
  private byte[] seconds = new byte[0];

  private long beginNs;
  private long endNs;

  /// Appends a time, unsigned, and a colon.
  void put(long time, TextBytes out) {
    // Unsigned times behind the range of signed ones are of clocks that are broken.
    if (time < beginNs || time >= endNs) {
      enter(time);
    }
    int length = seconds.length;
    byte[] into = out.room(length + 8);
    int at = out.size();
    System.arraycopy(seconds, 0, into, at, length);
    int micros = (int) (time - beginNs) / 1000;
    at = TextBytes.putSix(into, at + length, micros);
    into[at] = ':';
    into[at + 1] = ' ';
    out.resize(at + 2);
  }

  private void enter(long time) {
    long count = Long.divideUnsigned(time, ClockClass.NS_PER_SECOND);
    beginNs = count * ClockClass.NS_PER_SECOND;
    endNs = beginNs + ClockClass.NS_PER_SECOND;
    String digits = Long.toUnsignedString(count);
    seconds =
        (" ".repeat(Math.max(0, SECONDS_WIDTH - digits.length())) + digits + ".")
            .getBytes(StandardCharsets.US_ASCII);
  }
}
