package dev.rideau.ctf.internal.decode;

import dev.rideau.trace.IntegerRange;
import java.util.List;

/// The values of a selector that choose something, flattened for a quick look. Immutable.
final class SelectorRanges {
  private final long[] lowers;
  private final long[] uppers;

  SelectorRanges(List<IntegerRange> ranges) {
    lowers = new long[ranges.size()];
    uppers = new long[ranges.size()];
    for (int i = 0; i < lowers.length; i++) {
      lowers[i] = ranges.get(i).lower();
      uppers[i] = ranges.get(i).upper();
    }
  }

  /// See [IntegerRange#contains(long)] for why the sign does not matter.
  boolean contains(long value) {
    for (int i = 0; i < lowers.length; i++) {
      long lower = lowers[i];
      long upper = uppers[i];
      boolean inside =
          lower <= upper
              ? lower <= value && value <= upper
              : Long.compareUnsigned(lower, value) <= 0 && Long.compareUnsigned(value, upper) <= 0;
      if (inside) {
        return true;
      }
    }
    return false;
  }
}
