package dev.rideau.cli.internal.text;

import java.nio.charset.StandardCharsets;

/// The time since the line before: `+0.000000021`, or `+000000000021` in cycles.
public final class DeltaText {
  private static final long NS_PER_SECOND = 1_000_000_000L;
  private static final long TWELVE_DIGITS = 1_000_000_000_000L;
  private static final Literal UNKNOWN = new Literal("+?.?????????");
  private static final Literal UNKNOWN_CYCLES = new Literal("+????????????");
  private static final byte[] BEFORE = ", delta = ".getBytes(StandardCharsets.US_ASCII);

  private final boolean cycles;
  private final boolean named;

  /// @param cycles whether differences are of clock values and not of nanoseconds
  /// @param named whether lines say `delta = ` and not `(...)`
  DeltaText(boolean cycles, boolean named) {
    this.cycles = cycles;
    this.named = named;
  }

  /// Appends the difference; a base of -1 on either side and a difference of -1 count as unknown.
  public void put(TextBuffer out, long from, long to) {
    long delta = to - from;
    if (from == RecordText.NO_DELTA || delta == -1) {
      out.put(cycles ? UNKNOWN_CYCLES : UNKNOWN);
      return;
    }
    out.put('+');
    if (!cycles) {
      long seconds =
          delta >= 0 && delta < NS_PER_SECOND ? 0 : Long.divideUnsigned(delta, NS_PER_SECOND);
      out.putUnsigned(seconds);
      out.put('.');
      byte[] bytes = out.room(16);
      out.size = Digits.putNine(bytes, out.size, (int) (delta - seconds * NS_PER_SECOND));
    } else if (delta >= 0 && delta < TWELVE_DIGITS) {
      byte[] bytes = out.room(24);
      int high = (int) (delta / Digits.HUNDRED_MILLION);
      // Eight digits for the upper four, of which the first four are zeros to be overwritten.
      int at = out.size;
      Digits.putEight(bytes, at, high * 10_000);
      out.size =
          Digits.putEight(bytes, at + 4, (int) (delta - (long) high * Digits.HUNDRED_MILLION));
    } else {
      out.putUnsigned(delta);
    }
  }

  /// Where the difference of the line that starts at `lineStart` begins.
  public int find(byte[] bytes, int lineStart) {
    int at = lineStart;
    if (named) {
      while (!startsWith(bytes, at)) {
        at++;
      }
      return at + BEFORE.length;
    }
    while (bytes[at] != '(') {
      at++;
    }
    return at + 1;
  }

  /// Where the difference that begins at `begin` ends.
  public int end(byte[] bytes, int begin) {
    int at = begin;
    while (bytes[at] != ')' && bytes[at] != ',') {
      at++;
    }
    return at;
  }

  private static boolean startsWith(byte[] bytes, int at) {
    for (int i = 0; i < BEFORE.length; i++) {
      if (bytes[at + i] != BEFORE[i]) {
        return false;
      }
    }
    return true;
  }
}
