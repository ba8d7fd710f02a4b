package dev.rideau.perf.internal.demangle;

/// Characters beyond ASCII in names of Rust: Punycode (RFC 3492) with `_` in place of `-`.
final class Punycode {
  private static final int BASE = 36;
  private static final int LEAST_THRESHOLD = 1;
  private static final int MOST_THRESHOLD = 26;
  private static final int SKEW = 38;
  private static final int DAMP = 700;
  private static final int FIRST_BIAS = 72;
  private static final int FIRST_CHARACTER = 0x80;

  private Punycode() {}

  /// The name that was spelled. Each character stands with its place behind the last `_`.
  static String decode(String spelled) {
    int mark = spelled.lastIndexOf('_');
    StringBuilder name = new StringBuilder(mark < 0 ? "" : spelled.substring(0, mark));
    int at = mark + 1;
    if (at == spelled.length()) {
      throw new NotUnderstood();
    }
    int count = name.length();
    int bias = FIRST_BIAS;
    long character = FIRST_CHARACTER;
    long place = 0;
    while (at < spelled.length()) {
      long before = place;
      long weight = 1;
      for (int k = BASE; ; k += BASE) {
        int digit = at < spelled.length() ? digit(spelled.charAt(at++)) : -1;
        if (digit < 0) {
          throw new NotUnderstood();
        }
        place += digit * weight;
        int threshold = Math.clamp((long) k - bias, LEAST_THRESHOLD, MOST_THRESHOLD);
        if (digit < threshold) {
          break;
        }
        weight *= BASE - threshold;
        if (place > Integer.MAX_VALUE || weight > Integer.MAX_VALUE) {
          throw new NotUnderstood();
        }
      }
      count++;
      bias = adapted(place - before, count, before == 0);
      character += place / count;
      place %= count;
      if (!Character.isValidCodePoint((int) Math.min(character, Integer.MAX_VALUE))) {
        throw new NotUnderstood();
      }
      name.insert(name.offsetByCodePoints(0, (int) place), Character.toString((int) character));
      place++;
    }
    return name.toString();
  }

  private static int digit(char c) {
    return MangledText.isLower(c) ? c - 'a' : MangledText.isDigit(c) ? BASE - 10 + c - '0' : -1;
  }

  private static int adapted(long distance, int count, boolean isFirst) {
    long delta = isFirst ? distance / DAMP : distance / 2;
    delta += delta / count;
    int bias = 0;
    while (delta > (BASE - LEAST_THRESHOLD) * MOST_THRESHOLD / 2) {
      delta /= BASE - LEAST_THRESHOLD;
      bias += BASE;
    }
    return (int) (bias + (BASE - LEAST_THRESHOLD + 1) * delta / (delta + SKEW));
  }
}
