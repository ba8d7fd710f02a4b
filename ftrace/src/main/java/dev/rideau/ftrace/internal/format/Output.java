package dev.rideau.ftrace.internal.format;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/// A growable array of bytes to write text into.
final class Output {
  /// The digits of the numbers below 100, the first in the low byte.
  private static final short[] PAIRS = new short[100];

  static {
    for (int i = 0; i < PAIRS.length; i++) {
      PAIRS[i] = (short) ('0' + i / 10 | '0' + i % 10 << 8);
    }
  }

  private byte[] bytes = new byte[512];
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

  void truncate(int newSize) {
    size = newSize;
  }

  private void room(int more) {
    if (bytes.length - size < more) {
      bytes = Arrays.copyOf(bytes, Math.max(bytes.length * 2, size + more));
    }
  }

  void put(char ascii) {
    room(1);
    bytes[size++] = (byte) ascii;
  }

  void put(byte[] from, int offset, int length) {
    room(length);
    System.arraycopy(from, offset, bytes, size, length);
    size += length;
  }

  void put(String text) {
    int length = text.length();
    room(length);
    for (int i = 0; i < length; i++) {
      char c = text.charAt(i);
      if (c >= 0x80) {
        byte[] encoded = text.substring(i).getBytes(StandardCharsets.UTF_8);
        put(encoded, 0, encoded.length);
        return;
      }
      bytes[size++] = (byte) c;
    }
  }

  void putDecimal(long value, boolean signed) {
    room(24);
    long rest = value;
    if (signed && value < 0) {
      bytes[size++] = '-';
      rest = -value;
    }
    if (rest < 0) {
      // The last digit of an unsigned number; the rest fits.
      long most = Long.divideUnsigned(rest, 10);
      putPositive(most);
      room(1);
      bytes[size++] = (byte) ('0' + (rest - most * 10));
      return;
    }
    putPositive(rest);
  }

  private void putPositive(long value) {
    room(24);
    byte[] into = bytes;
    int end = size + digits(value);
    int at = end;
    long high = value;
    while (high > Integer.MAX_VALUE) {
      long less = high / 100;
      int pair = PAIRS[(int) (high - less * 100)];
      into[--at] = (byte) (pair >>> 8);
      into[--at] = (byte) pair;
      high = less;
    }
    int rest = (int) high;
    while (rest >= 100) {
      int less = rest / 100;
      int pair = PAIRS[rest - less * 100];
      into[--at] = (byte) (pair >>> 8);
      into[--at] = (byte) pair;
      rest = less;
    }
    if (rest >= 10) {
      int pair = PAIRS[rest];
      into[--at] = (byte) (pair >>> 8);
      into[--at] = (byte) pair;
    } else {
      into[--at] = (byte) ('0' + rest);
    }
    size = end;
  }

  private static int digits(long value) {
    long power = 10;
    int digits = 1;
    while (digits < 19 && value >= power) {
      power *= 10;
      digits++;
    }
    return digits;
  }

  /// Digits of a power of two as base, without leading zeros.
  void putDigits(long value, int bitsPerDigit, boolean upper) {
    room(66);
    int start = size;
    long mask = (1L << bitsPerDigit) - 1;
    long rest = value;
    do {
      int digit = (int) (rest & mask);
      bytes[size++] = (byte) (digit < 10 ? '0' + digit : (upper ? 'A' : 'a') - 10 + digit);
      rest >>>= bitsPerDigit;
    } while (rest != 0);
    reverse(start);
  }

  private void reverse(int start) {
    for (int i = start, j = size - 1; i < j; i++, j--) {
      byte b = bytes[i];
      bytes[i] = bytes[j];
      bytes[j] = b;
    }
  }

  /// Makes what was written from `start` on at least `width` long, with `fill` in front of
  /// `before`.
  void padLeft(int start, int before, int width, char fill) {
    int missing = width - (size - start);
    if (missing > 0) {
      room(missing);
      System.arraycopy(bytes, before, bytes, before + missing, size - before);
      Arrays.fill(bytes, before, before + missing, (byte) fill);
      size += missing;
    }
  }

  void padRight(int start, int width) {
    int missing = width - (size - start);
    if (missing > 0) {
      room(missing);
      Arrays.fill(bytes, size, size + missing, (byte) ' ');
      size += missing;
    }
  }
}
