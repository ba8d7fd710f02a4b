package dev.rideau.ftrace.internal.format;

import org.jspecify.annotations.Nullable;

/// Texts of the values seen last. Used by one thread.
///
/// Flags, names and symbols are looked up again and again for the same few values.
final class TextMemo {
  private static final int SLOT_BITS = 6;
  private static final int MOST_TEXT_BYTES = 256;

  private final long[] values = new long[1 << SLOT_BITS];
  private final byte[] @Nullable [] texts = new byte[1 << SLOT_BITS][];

  /// The text of a value, or null when it is not known any more.
  byte @Nullable [] find(long value) {
    int slot = slot(value);
    return values[slot] == value ? texts[slot] : null;
  }

  /// Keeps the text of a value in place of another one's.
  void keep(long value, byte[] text) {
    if (text.length <= MOST_TEXT_BYTES) {
      int slot = slot(value);
      values[slot] = value;
      texts[slot] = text;
    }
  }

  private static int slot(long value) {
    return (int) ((value * 0x9E3779B97F4A7C15L) >>> 64 - SLOT_BITS);
  }
}
