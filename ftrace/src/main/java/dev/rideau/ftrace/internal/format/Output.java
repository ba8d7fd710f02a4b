package dev.rideau.ftrace.internal.format;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/// A growable array of bytes to write text into.
final class Output {
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
    if (signed && value < 0) {
      bytes[size++] = '-';
      value = -value;
    }
    int start = size;
    if (value < 0) {
      // The last digit of an unsigned number; the rest fits.
      long rest = Long.divideUnsigned(value, 10);
      putDecimal(rest, false);
      put((char) ('0' + (value - rest * 10)));
      return;
    }
    do {
      long rest = value / 10;
      bytes[size++] = (byte) ('0' + (value - rest * 10));
      value = rest;
    } while (value != 0);
    reverse(start);
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
