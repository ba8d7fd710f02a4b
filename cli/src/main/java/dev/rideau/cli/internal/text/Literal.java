package dev.rideau.cli.internal.text;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/// Text that is the same for many records, ready to be copied eight bytes at a time.
final class Literal {
  static final Literal EMPTY = new Literal("");

  /// The text, eight bytes a word, first byte lowest; then zeros.
  final long[] words;

  /// Length of the text.
  final int length;

  Literal(String text) {
    this(text.getBytes(StandardCharsets.UTF_8));
  }

  Literal(byte[] text) {
    length = text.length;
    words = new long[(length + 7) >> 3];
    for (int i = 0; i < length; i++) {
      words[i >> 3] |= (text[i] & 0xFFL) << (i << 3);
    }
  }

  /// This text and then `next`.
  Literal then(Literal next) {
    byte[] text = Arrays.copyOf(bytes(), length + next.length);
    System.arraycopy(next.bytes(), 0, text, length, next.length);
    return new Literal(text);
  }

  /// A copy of the text.
  byte[] bytes() {
    byte[] text = new byte[length];
    for (int i = 0; i < length; i++) {
      text[i] = (byte) (words[i >> 3] >>> (i << 3));
    }
    return text;
  }

  @Override
  public String toString() {
    return new String(bytes(), StandardCharsets.UTF_8);
  }
}
