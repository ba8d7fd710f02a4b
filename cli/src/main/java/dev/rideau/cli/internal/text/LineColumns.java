package dev.rideau.cli.internal.text;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;

/// Writes one value of many lines after the other, each line in a slot of its own that is long
/// enough. Small loops over independent lines are what processors and their compilers do best.
///
/// Before each value stands a text that is the same in all lines, given as words.
final class LineColumns {
  /// Strings that are longer do not fit in a slot.
  static final int STRING_BYTES = 32;

  private static final VarHandle LONG =
      MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);

  private LineColumns() {}

  /// Writes signed decimal numbers.
  ///
  /// @param ends by line from `place` on: where it goes on; moved behind what is written
  static void putSigned(
      byte[] bytes, int[] ends, int place, int count, Literal lead, long[] values, int row) {
    long[] words = lead.words;
    int length = lead.length;
    for (int i = 0; i < count; i++) {
      int at = ends[place + i];
      for (int word = 0; word < words.length; word++) {
        LONG.set(bytes, at + (word << 3), words[word]);
      }
      at += length;
      long value = values[row + i];
      // Overwritten where there is no sign.
      bytes[at] = '-';
      int sign = (int) (value >>> 63);
      ends[place + i] = Digits.putUnsigned(bytes, at + sign, value < 0 ? -value : value);
    }
  }

  /// Writes unsigned decimal numbers; see [#putSigned].
  static void putUnsigned(
      byte[] bytes, int[] ends, int place, int count, Literal lead, long[] values, int row) {
    long[] words = lead.words;
    int length = lead.length;
    for (int i = 0; i < count; i++) {
      int at = ends[place + i];
      for (int word = 0; word < words.length; word++) {
        LONG.set(bytes, at + (word << 3), words[word]);
      }
      ends[place + i] = Digits.putUnsigned(bytes, at + length, values[row + i]);
    }
  }

  /// Writes hexadecimal numbers; see [#putSigned].
  ///
  /// @param mask bits that are shown
  static void putHex(
      byte[] bytes,
      int[] ends,
      int place,
      int count,
      Literal lead,
      long[] values,
      int row,
      long mask) {
    for (int i = 0; i < count; i++) {
      int at = TextBuffer.put(bytes, ends[place + i], lead);
      ends[place + i] = Digits.putHex(bytes, at, values[row + i] & mask);
    }
  }

  /// Writes text that is the same in all lines.
  static void put(byte[] bytes, int[] ends, int place, int count, Literal text) {
    for (int i = 0; i < count; i++) {
      ends[place + i] = TextBuffer.put(bytes, ends[place + i], text);
    }
  }

  /// Writes strings between quotes; see [#putSigned]. Those that are long or have something to
  /// escape are left out, and noted in `left`.
  ///
  /// @return the sum of lengths, with that of an empty string as if it were 2^32
  static long putStrings(
      byte[] bytes,
      int[] ends,
      int place,
      int count,
      Literal lead,
      byte[] from,
      int[] offsets,
      int[] lengths,
      int row,
      boolean[] left) {
    long[] words = lead.words;
    int leadLength = lead.length;
    long sum = 0;
    for (int i = 0; i < count; i++) {
      int at = ends[place + i];
      for (int word = 0; word < words.length; word++) {
        LONG.set(bytes, at + (word << 3), words[word]);
      }
      at += leadLength;
      bytes[at++] = '"';
      int offset = offsets[row + i];
      int length = lengths[row + i];
      sum += length == 0 ? 1L << 32 : length;
      boolean isLeft = length > STRING_BYTES || offset + length + 8 > from.length;
      if (!isLeft) {
        for (int done = 0; done < length; done += 8) {
          long word = (long) LONG.get(from, offset + done);
          int rest = length - done;
          isLeft |= TextBuffer.hasSpecial(rest >= 8 ? word : TextBuffer.keepLow(word, rest));
          LONG.set(bytes, at + done, word);
        }
        bytes[at + length] = '"';
        ends[place + i] = at + length + 1;
      }
      if (isLeft) {
        left[i] = true;
      }
    }
    return sum;
  }
}
