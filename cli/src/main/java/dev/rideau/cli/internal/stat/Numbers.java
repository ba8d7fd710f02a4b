package dev.rideau.cli.internal.stat;

/// Numbers for people: digits in groups of three, few decimals, no locale.
final class Numbers {
  /// Stands where there is nothing to tell.
  static final String NONE = "-";

  private static final double NS_PER_SECOND = 1e9;

  private Numbers() {}

  /// An unsigned number: `1,234,567`.
  static String grouped(long value) {
    String digits = Long.toUnsignedString(value);
    if (digits.length() <= 3) {
      return digits;
    }
    StringBuilder text = new StringBuilder(digits.length() + 6);
    for (int i = 0; i < digits.length(); i++) {
      if (i > 0 && (digits.length() - i) % 3 == 0) {
        text.append(',');
      }
      text.append(digits.charAt(i));
    }
    return text.toString();
  }

  /// A share of a whole: `12.3 %`.
  static String share(long part, long whole) {
    return whole == 0 ? NONE : tenths(100.0 * part / whole) + " %";
  }

  /// How many there are in a second: `1,234.5`.
  static String rate(long count, long durationNs) {
    return durationNs == 0 ? NONE : tenths(ratePerSecond(count, durationNs));
  }

  /// How many there are in a second of a duration (unsigned, not 0).
  static double ratePerSecond(long count, long durationNs) {
    double seconds = (durationNs >>> 1) * 2.0 / NS_PER_SECOND;
    return count / (durationNs > 0 ? durationNs / NS_PER_SECOND : seconds);
  }

  /// Nanoseconds (unsigned) as seconds with nine decimals.
  static String seconds(long ns) {
    long rest = Long.remainderUnsigned(ns, 1_000_000_000L);
    String decimals = Long.toString(1_000_000_000L + rest).substring(1);
    return grouped(Long.divideUnsigned(ns, 1_000_000_000L)) + "." + decimals;
  }

  private static String tenths(double value) {
    long tenths = Math.round(value * 10);
    return grouped(tenths / 10) + "." + tenths % 10;
  }
}
