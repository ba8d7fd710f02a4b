package dev.rideau.perf.internal.text;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/// A growable array of bytes to write text into. Used by one thread.
final class AsciiBuffer {
  private byte[] bytes = new byte[1024];
  private int size;

  byte[] bytes() {
    return bytes;
  }

  int size() {
    return size;
  }

  void clear() {
    size = 0;
  }

  private void room(int length) {
    if (bytes.length - size < length) {
      bytes = Arrays.copyOf(bytes, Math.max(size + length, bytes.length * 2));
    }
  }

  AsciiBuffer put(char ascii) {
    room(1);
    bytes[size++] = (byte) ascii;
    return this;
  }

  AsciiBuffer put(String text) {
    byte[] encoded = text.getBytes(StandardCharsets.UTF_8);
    return put(encoded, 0, encoded.length);
  }

  AsciiBuffer put(byte[] from, int offset, int length) {
    room(length);
    System.arraycopy(from, offset, bytes, size, length);
    size += length;
    return this;
  }

  /// Blanks before something of `length` bytes, so that both have `width`.
  AsciiBuffer pad(int width, int length) {
    for (int i = length; i < width; i++) {
      put(' ');
    }
    return this;
  }

  /// A number in base 10 or 16, filled up on the left.
  AsciiBuffer put(long value, int base, int width, char fill) {
    room(Math.max(width, 24));
    long rest = value;
    int digits = 0;
    do {
      rest = Long.divideUnsigned(rest, base);
      digits++;
    } while (rest != 0);
    for (int i = digits; i < width; i++) {
      bytes[size++] = (byte) fill;
    }
    rest = value;
    for (int at = size + digits - 1; at >= size; at--) {
      bytes[at] = (byte) Character.forDigit((int) Long.remainderUnsigned(rest, base), base);
      rest = Long.divideUnsigned(rest, base);
    }
    size += digits;
    return this;
  }

  /// A signed number in base 10, filled up with blanks.
  AsciiBuffer putSigned(long value, int width) {
    if (value >= 0) {
      return put(value, 10, width, ' ');
    }
    String text = Long.toString(value);
    return pad(width, text.length()).put(text);
  }
}
