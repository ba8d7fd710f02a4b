package dev.rideau.perf.internal.text;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/// A growable array of bytes to write text into. Used by one thread.
final class AsciiBuffer {
  /// The least unsigned number of 20 digits.
  private static final long TEN_TO_19 = -8_446_744_073_709_551_616L;

  private static final byte[] HEX_DIGITS = "0123456789abcdef".getBytes(StandardCharsets.US_ASCII);

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
    int blanks = width - length;
    if (blanks > 0) {
      room(blanks);
      fill(blanks, ' ');
    }
    return this;
  }

  /// An unsigned number in base 10, filled up on the left.
  AsciiBuffer putDecimal(long value, int width, char fill) {
    room(Math.max(width, 24));
    int digits = 1;
    for (long power = 10; digits < 19 && value >= power; power *= 10) {
      digits++;
    }
    if (value < 0) {
      digits = Long.compareUnsigned(value, TEN_TO_19) >= 0 ? 20 : 19;
    }
    fill(width - digits, fill);
    byte[] into = bytes;
    int at = size + digits;
    long high = value;
    if (high < 0) {
      high = Long.divideUnsigned(value, 10);
      into[--at] = (byte) ('0' + (value - high * 10));
    }
    while (high > Integer.MAX_VALUE) {
      long less = high / 10;
      into[--at] = (byte) ('0' + (high - less * 10));
      high = less;
    }
    int rest = (int) high;
    while (at > size) {
      int less = rest / 10;
      into[--at] = (byte) ('0' + (rest - less * 10));
      rest = less;
    }
    size += digits;
    return this;
  }

  /// A number in base 16, filled up on the left with blanks.
  AsciiBuffer putHex(long value, int width) {
    room(Math.max(width, 16));
    int digits = Math.max(1, (67 - Long.numberOfLeadingZeros(value)) >> 2);
    fill(width - digits, ' ');
    long rest = value;
    for (int at = size + digits - 1; at >= size; at--) {
      bytes[at] = HEX_DIGITS[(int) rest & 15];
      rest >>>= 4;
    }
    size += digits;
    return this;
  }

  private void fill(int length, char fill) {
    if (length > 0) {
      Arrays.fill(bytes, size, size + length, (byte) fill);
      size += length;
    }
  }

  /// A signed number in base 10, filled up with blanks.
  AsciiBuffer putSigned(long value, int width) {
    if (value >= 0) {
      return putDecimal(value, width, ' ');
    }
    String text = Long.toString(value);
    return pad(width, text.length()).put(text);
  }
}
