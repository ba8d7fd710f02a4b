package dev.rideau.cli.internal.text;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/// Text that is the same for many records, ready to be copied eight bytes at a time.
final class Literal {
  static final Literal EMPTY = new Literal("");

  /// The text, then zeros up to a multiple of eight bytes.
  final byte[] padded;

  /// Length of the text.
  final int length;

  Literal(String text) {
    this(text.getBytes(StandardCharsets.UTF_8));
  }

  Literal(byte[] text) {
    length = text.length;
    padded = Arrays.copyOf(text, (length + 7) & -8);
  }

  /// This text and then `next`.
  Literal then(Literal next) {
    byte[] text = Arrays.copyOf(padded, length + next.length);
    System.arraycopy(next.padded, 0, text, length, next.length);
    return new Literal(text);
  }

  @Override
  public String toString() {
    return new String(padded, 0, length, StandardCharsets.UTF_8);
  }
}
