package dev.rideau.trace;

/// A closed range of integers.
///
/// @param lower first value of the range; an unsigned bit pattern when the field is unsigned
/// @param upper last value of the range, not below `lower`
public record IntegerRange(long lower, long upper) {

  /// Whether `value` lies in the range, be the field signed or unsigned.
  ///
  /// Unsigned values above 2^63-1 are negative here, in the bounds as well as in the value. Both
  /// readings then agree, but for ranges from below to above 2^63, which are the only ones whose
  /// lower bound seems to be above the upper.
  public boolean contains(long value) {
    return contains(value, lower <= upper);
  }

  /// Whether `value` lies in the range.
  ///
  /// @param signed how the bits of `value` and of the bounds are to be read
  public boolean contains(long value, boolean signed) {
    return signed
        ? lower <= value && value <= upper
        : Long.compareUnsigned(lower, value) <= 0 && Long.compareUnsigned(value, upper) <= 0;
  }
}
