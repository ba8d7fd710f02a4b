package dev.rideau.kernel.internal.track;

/// Values that are ids (of names, from 0), none, or stand for what was there when the slice began.
///
/// ```
/// 0 and above   an id
/// -1            none
/// -2 - n        what the thing with number n had when the slice began
/// ```
public final class Symbols {
  public static final long NONE = -1;

  private Symbols() {}

  /// The symbol for what `number` had when the slice began.
  public static long inherited(int number) {
    return -2L - number;
  }

  public static boolean isInherited(long value) {
    return value <= -2;
  }

  /// The number that a symbol is about.
  public static int number(long symbol) {
    return (int) (-2L - symbol);
  }
}
