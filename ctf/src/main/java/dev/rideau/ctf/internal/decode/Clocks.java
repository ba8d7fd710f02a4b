package dev.rideau.ctf.internal.decode;

/// How timestamp fields move the default clock.
public final class Clocks {
  private Clocks() {}

  /// The clock after a field of `lengthBits` bits said `value`: the least value not below the old
  /// one whose last bits are those. So a field of 27 bits may wrap once between two records.
  ///
  /// ```
  /// old    0x1_07ff_fff0   field 27 bits: 0x000_0004
  /// new    0x1_0800_0004
  /// ```
  public static long updated(long clockValue, long value, int lengthBits) {
    if (lengthBits >= 64) {
      return value;
    }
    long mask = (1L << lengthBits) - 1;
    long low = value & mask;
    long updated = (clockValue & ~mask) | low;
    return low < (clockValue & mask) ? updated + mask + 1 : updated;
  }
}
