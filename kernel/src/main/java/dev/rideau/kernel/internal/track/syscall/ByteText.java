package dev.rideau.kernel.internal.track.syscall;

import java.nio.charset.StandardCharsets;

/// A text in the making, as bytes in UTF-8. What goes beyond its limit is cut off and marked by an
/// ellipsis. Owned by one thread, reused for every text.
final class ByteText {
  private static final byte[] ELLIPSIS = "…".getBytes(StandardCharsets.UTF_8);
  private static final byte[] HEX = "0123456789abcdef".getBytes(StandardCharsets.US_ASCII);
  private static final int MOST_DIGITS = 24;

  private final byte[] bytes;
  private final byte[] digits = new byte[MOST_DIGITS];
  private int size;
  private int limit;
  private boolean isCut;

  ByteText(int capacityBytes) {
    bytes = new byte[capacityBytes];
  }

  /// Starts anew.
  ///
  /// @param limitBytes the most that it may hold; at least the ellipsis fits besides
  void begin(int limitBytes) {
    size = 0;
    limit = Math.min(limitBytes, bytes.length - ELLIPSIS.length);
    isCut = false;
  }

  /// Allows so many more bytes than there are.
  void allow(int moreBytes) {
    limit = Math.min(size + moreBytes, bytes.length - ELLIPSIS.length);
    isCut = false;
  }

  byte[] bytes() {
    return bytes;
  }

  int size() {
    return size;
  }

  /// Whether something was cut off.
  boolean isCut() {
    return isCut;
  }

  ByteText put(char ascii) {
    if (size < limit) {
      bytes[size++] = (byte) ascii;
    } else {
      cut();
    }
    return this;
  }

  /// Adds bytes as they are.
  ByteText put(byte[] source, int from, int to) {
    int length = Math.min(to - from, limit - size);
    if (length < to - from) {
      while (length > 0 && (source[from + length] & 0xc0) == 0x80) {
        length--;
      }
    }
    if (length > 0) {
      System.arraycopy(source, from, bytes, size, length);
      size += length;
    }
    if (length < to - from) {
      cut();
    }
    return this;
  }

  ByteText put(byte[] source) {
    return put(source, 0, source.length);
  }

  /// Adds a text between quotation marks, with control characters, quotation marks and backslashes
  /// escaped.
  void quoted(byte[] source, int from, int to) {
    put('"');
    int plain = from;
    for (int i = from; i < to; i++) {
      byte each = source[i];
      if (each >= 0 && each < ' ' || each == '"' || each == '\\' || each == 0x7f) {
        put(source, plain, i);
        plain = i + 1;
        escaped(each);
      }
    }
    put(source, plain, to);
    put('"');
  }

  private void escaped(byte each) {
    put('\\');
    switch (each) {
      case '\n' -> put('n');
      case '\t' -> put('t');
      case '\r' -> put('r');
      case '"' -> put('"');
      case '\\' -> put('\\');
      default -> put('x').put((char) HEX[each >> 4 & 15]).put((char) HEX[each & 15]);
    }
  }

  ByteText decimal(long value) {
    if (value >= 0) {
      return unsigned(value);
    }
    put('-');
    return unsigned(-value);
  }

  /// Adds a number without sign.
  ByteText unsigned(long value) {
    int at = MOST_DIGITS;
    long rest = value;
    if (rest < 0) {
      long quotient = Long.divideUnsigned(rest, 10);
      digits[--at] = (byte) ('0' + (rest - quotient * 10));
      rest = quotient;
    }
    while (rest > Integer.MAX_VALUE) {
      long quotient = rest / 10;
      digits[--at] = (byte) ('0' + (rest - quotient * 10));
      rest = quotient;
    }
    // Most numbers are small, and 32 bits are divided much faster.
    int small = (int) rest;
    do {
      int quotient = small / 10;
      digits[--at] = (byte) ('0' + (small - quotient * 10));
      small = quotient;
    } while (small != 0);
    return put(digits, at, MOST_DIGITS);
  }

  /// Adds digits of a number without sign to the base 2^bits, the last 24 of them.
  ByteText digits(long value, int bits) {
    int at = MOST_DIGITS;
    long rest = value;
    do {
      digits[--at] = HEX[(int) rest & (1 << bits) - 1];
      rest >>>= bits;
    } while (rest != 0 && at > 0);
    return put(digits, at, MOST_DIGITS);
  }

  private void cut() {
    if (!isCut) {
      isCut = true;
      limit = size;
      System.arraycopy(ELLIPSIS, 0, bytes, size, ELLIPSIS.length);
      size += ELLIPSIS.length;
    }
  }
}
