package dev.rideau.ftrace;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/// A growable array of bytes to write text into. Used by one thread.
public final class TextBytes {
  /// Most bytes of an integer in base 10, with its sign.
  public static final int MOST_DECIMAL_BYTES = 20;

  /// The digits of the numbers below 100, the first in the low byte.
  private static final short[] PAIRS = new short[100];

  private static final int GROUP = 100_000_000;

  static {
    for (int i = 0; i < PAIRS.length; i++) {
      PAIRS[i] = (short) ('0' + i / 10 | '0' + i % 10 << 8);
    }
  }

  private byte[] bytes = new byte[512];
  private int size;

  /// The array that holds the text; replaced when it grows.
  public byte[] bytes() {
    return bytes;
  }

  /// Length of the text.
  public int size() {
    return size;
  }

  /// Forgets the text, keeps the memory.
  public void clear() {
    size = 0;
  }

  /// Says where the text ends.
  public void resize(int newSize) {
    size = newSize;
  }

  /// Goes on behind the text of somebody else, in their array.
  public void continueIn(byte[] theirs, int theirSize) {
    bytes = theirs;
    size = theirSize;
  }

  /// Makes room for that many bytes more and returns the array they go to, at [#size()].
  public byte[] room(int more) {
    if (bytes.length - size < more) {
      bytes = Arrays.copyOf(bytes, Math.max(bytes.length * 2, size + more));
    }
    return bytes;
  }

  /// Appends a character.
  public void put(char ascii) {
    room(1)[size++] = (byte) ascii;
  }

  /// Appends bytes.
  public void put(byte[] from) {
    put(from, 0, from.length);
  }

  /// Appends bytes.
  public void put(byte[] from, int offset, int length) {
    System.arraycopy(from, offset, room(length), size, length);
    size += length;
  }

  /// Appends a text.
  public void put(String text) {
    int length = text.length();
    byte[] into = room(length);
    for (int i = 0; i < length; i++) {
      char c = text.charAt(i);
      if (c >= 0x80) {
        put(text.substring(i).getBytes(StandardCharsets.UTF_8));
        return;
      }
      into[size++] = (byte) c;
    }
  }

  /// Appends so many times the same character.
  public void fill(int count, char ascii) {
    if (count > 0) {
      Arrays.fill(room(count), size, size + count, (byte) ascii);
      size += count;
    }
  }

  /// Appends a number in base 10.
  public void putDecimal(long value, boolean signed) {
    byte[] into = room(MOST_DECIMAL_BYTES);
    size = signed ? putSigned(into, size, value) : putUnsigned(into, size, value);
  }

  /// Writes a number in base 10 to an array with [#MOST_DECIMAL_BYTES] of room.
  ///
  /// @return the position behind it
  public static int putSigned(byte[] into, int at, long value) {
    if (value >= 0) {
      return putUnsigned(into, at, value);
    }
    into[at] = '-';
    return putUnsigned(into, at + 1, -value);
  }

  /// Writes an unsigned number in base 10 to an array with [#MOST_DECIMAL_BYTES] of room.
  ///
  /// @return the position behind it
  public static int putUnsigned(byte[] into, int at, long value) {
    if (value >= 0 && value < GROUP) {
      int low = (int) value;
      if (low < 10) {
        into[at] = (byte) ('0' + low);
        return at + 1;
      }
      if (low < 100) {
        putPair(into, at, low);
        return at + 2;
      }
      return putDigits(into, at, low, low < 10_000 ? low < 1000 ? 3 : 4 : digits(low));
    }
    // The division of positive numbers by a constant is a multiplication.
    long high = value >= 0 ? value / GROUP : Long.divideUnsigned(value, GROUP);
    return putDigits(into, putUnsigned(into, at, high), (int) (value - high * GROUP), 8);
  }

  private static int digits(int value) {
    return value < 1_000_000 ? value < 100_000 ? 5 : 6 : value < 10_000_000 ? 7 : 8;
  }

  /// Writes exactly so many digits of a number, two or more, that has no more.
  ///
  /// @return the position behind them
  public static int putDigits(byte[] into, int at, int value, int digits) {
    short[] pairs = PAIRS;
    int rest = value;
    int end = at + digits;
    int next = end;
    while (next - at > 1) {
      int less = rest / 100;
      int pair = pairs[rest - less * 100];
      into[next - 1] = (byte) (pair >>> 8);
      next -= 2;
      into[next] = (byte) pair;
      rest = less;
    }
    if (next > at) {
      into[at] = (byte) ('0' + rest);
    }
    return end;
  }

  /// Writes all six digits of a number below a million.
  ///
  /// @return the position behind them
  public static int putSix(byte[] into, int at, int value) {
    int high = value / 10_000;
    int low = value - high * 10_000;
    int middle = low / 100;
    putPair(into, at, high);
    putPair(into, at + 2, middle);
    putPair(into, at + 4, low - middle * 100);
    return at + 6;
  }

  private static void putPair(byte[] into, int at, int value) {
    int pair = PAIRS[value];
    into[at] = (byte) pair;
    into[at + 1] = (byte) (pair >>> 8);
  }

  /// Appends digits of a power of two as base, without leading zeros.
  public void putDigits(long value, int bitsPerDigit, boolean upper) {
    int bits = 64 - Long.numberOfLeadingZeros(value);
    int digits = Math.max(1, (bits + bitsPerDigit - 1) / bitsPerDigit);
    byte[] into = room(digits);
    long mask = (1L << bitsPerDigit) - 1;
    long rest = value;
    int ten = upper ? 'A' - 10 : 'a' - 10;
    for (int at = size + digits - 1; at >= size; at--) {
      int digit = (int) (rest & mask);
      into[at] = (byte) (digit < 10 ? '0' + digit : ten + digit);
      rest >>>= bitsPerDigit;
    }
    size += digits;
  }

  /// Makes what was written from `start` on at least `width` long, with `fill` in front of
  /// `before`.
  public void padLeft(int start, int before, int width, char fill) {
    int missing = width - (size - start);
    if (missing > 0) {
      byte[] into = room(missing);
      System.arraycopy(into, before, into, before + missing, size - before);
      Arrays.fill(into, before, before + missing, (byte) fill);
      size += missing;
    }
  }

  /// Makes what was written from `start` on at least `width` long.
  public void padRight(int start, int width) {
    fill(width - (size - start), ' ');
  }

  @Override
  public String toString() {
    return new String(bytes, 0, size, StandardCharsets.UTF_8);
  }
}
