package dev.rideau.cli.internal.text;

/// The time since the line before: `+0.000000021`, or `+000000000021` in cycles.
final class DeltaText {
  private static final long NS_PER_SECOND = 1_000_000_000L;
  private static final long TWELVE_DIGITS = 1_000_000_000_000L;

  private static final Literal UNKNOWN = new Literal("+?.?????????");
  private static final Literal UNKNOWN_CYCLES = new Literal("+????????????");
  private final boolean cycles;

  /// @param cycles whether differences are of clock values and not of nanoseconds
  DeltaText(boolean cycles) {
    this.cycles = cycles;
  }

  /// Appends the difference; a base of -1 on either side and a difference of -1 count as unknown.
  void put(TextBuffer out, long from, long to) {
    long delta = to - from;
    if (from == LineTimes.NO_TIME || delta == -1) {
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
      int high = (int) (delta / NS_PER_SECOND);
      int at = Digits.putThree(bytes, out.size, high);
      out.size = Digits.putNine(bytes, at, (int) (delta - high * NS_PER_SECOND));
    } else {
      out.putUnsigned(delta);
    }
  }
}
