package dev.rideau.ctf.internal.decode;

import java.util.List;
import java.util.Random;

/// Random choices that repeat for the same seed.
public final class Dice {
  private final Random random;

  /// @param seed the same seed gives the same choices
  public Dice(long seed) {
    // Neighbouring seeds give much the same first numbers without this.
    random = new Random(seed * 0x9e37_79b9_7f4a_7c15L ^ (seed >>> 17));
  }

  /// A number from 0 to `bound`, exclusive.
  public int below(int bound) {
    return random.nextInt(bound);
  }

  /// A number from `low` to `high`, inclusive.
  public int between(int low, int high) {
    return low + random.nextInt(high - low + 1);
  }

  public boolean percent(int chance) {
    return random.nextInt(100) < chance;
  }

  @SafeVarargs
  public final <T> T oneOf(T... choices) {
    return choices[random.nextInt(choices.length)];
  }

  public <T> T oneOf(List<T> choices) {
    return choices.get(random.nextInt(choices.size()));
  }

  /// Any 64 bits; small, great and patterned ones more often than chance would have it.
  public long bits() {
    return switch (random.nextInt(8)) {
      case 0 -> 0;
      case 1 -> -1;
      case 2 -> random.nextInt(10);
      case 3 -> 1L << random.nextInt(64);
      case 4 -> -random.nextInt(10);
      default -> random.nextLong();
    };
  }

  public void fill(byte[] bytes) {
    random.nextBytes(bytes);
  }
}
