package dev.rideau.cli.internal.text;

import dev.rideau.ftrace.TextBytes;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/// A growable array of bytes to write text into. Used by one thread at a time.
///
/// Behind the text there are always [#SLACK] bytes more, so that short pieces can be written as
/// whole words and the rest of the last word is simply overwritten by what comes next.
public final class TextBuffer {
  public static final int SLACK = 72;
  private static final VarHandle LONG =
      MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);
  private static final long ONES = 0x0101010101010101L;
  private static final long TOPS = 0x8080808080808080L;

  /// The bytes; those at [#size] and behind mean nothing.
  byte[] bytes;

  /// Length of the text.
  int size;

  /// Takes note of strings; null when nobody asks for them.
  @Nullable StringSpans strings;

  /// Whether a string with a number of its own was empty since [#clear()].
  boolean hasEmptyString;

  /// Where the line starts that is being written; strings are noted from there.
  int lineStart;

  /// An empty buffer with room for `capacity` bytes.
  public TextBuffer(int capacity) {
    bytes = new byte[capacity + SLACK];
  }

  /// The array that holds the text; replaced when the buffer grows.
  public byte[] bytes() {
    return bytes;
  }

  /// Length of the text in bytes.
  public int size() {
    return size;
  }

  /// Most bytes that fit without growing.
  public int capacity() {
    return bytes.length - SLACK;
  }

  /// Says where the text ends.
  public void resize(int newSize) {
    size = newSize;
  }

  /// Forgets the text, keeps the memory.
  public void clear() {
    size = 0;
    hasEmptyString = false;
  }

  /// Whether both hold the same text.
  boolean equalsText(TextBuffer other) {
    return Arrays.equals(bytes, 0, size, other.bytes, 0, other.size);
  }

  /// A copy of the text.
  Literal toLiteral() {
    return new Literal(Arrays.copyOf(bytes, size));
  }

  @Override
  public String toString() {
    return new String(bytes, 0, size, StandardCharsets.UTF_8);
  }

  /// Makes room for `length` bytes and returns the array they go to, at [#size()].
  public byte[] room(int length) {
    byte[] array = bytes;
    if (array.length - size < length + SLACK) {
      array = grow(length);
    }
    return array;
  }

  /// Lets `writer` go on behind the text, until [#takeBack].
  void lendTo(TextBytes writer) {
    writer.continueIn(bytes, size);
  }

  /// What `writer` appended is part of this text.
  void takeBack(TextBytes writer) {
    bytes = writer.bytes();
    size = writer.size();
    room(0);
  }

  private byte[] grow(int length) {
    int needed = Math.addExact(size, Math.addExact(length, SLACK));
    int grown = (int) Math.min(Integer.MAX_VALUE - 16, bytes.length + (long) bytes.length / 2);
    bytes = Arrays.copyOf(bytes, Math.max(needed, grown));
    return bytes;
  }

  void put(char ascii) {
    byte[] array = room(1);
    array[size++] = (byte) ascii;
  }

  void put(Literal literal) {
    byte[] array = room(literal.length);
    size = put(array, size, literal);
  }

  /// Writes a literal to an array with enough room and returns the position behind it.
  static int put(byte[] array, int at, Literal literal) {
    long[] words = literal.words;
    for (int i = 0; i < words.length; i++) {
      LONG.set(array, at + (i << 3), words[i]);
    }
    return at + literal.length;
  }

  void put(TextBuffer other) {
    put(other.bytes, 0, other.size);
  }

  /// Appends bytes as they are.
  public void put(byte[] from, int offset, int length) {
    byte[] array = room(length);
    System.arraycopy(from, offset, array, size, length);
    size += length;
  }

  void put(String text) {
    byte[] encoded = text.getBytes(StandardCharsets.UTF_8);
    put(encoded, 0, encoded.length);
  }

  void putUnsigned(long value) {
    byte[] array = room(24);
    size = Digits.putUnsigned(array, size, value);
  }

  void putSigned(long value) {
    byte[] array = room(24);
    int at = size;
    long magnitude = value;
    if (value < 0) {
      array[at++] = '-';
      magnitude = -value; // The least long stays itself and is then read as unsigned 2^63.
    }
    size = Digits.putUnsigned(array, at, magnitude);
  }

  /// Appends `0x` and the digits in upper case, without leading zeros.
  void putHex(long value) {
    byte[] array = room(18);
    size = Digits.putHex(array, size, value);
  }

  /// Appends `0` and the digits, without leading zeros.
  void putOctal(long value) {
    byte[] array = room(24);
    int at = size;
    array[at] = '0';
    int digits = Math.max(1, (66 - Long.numberOfLeadingZeros(value)) / 3);
    long rest = value;
    for (int i = at + digits; i > at; i--) {
      array[i] = (byte) ('0' + (rest & 7));
      rest >>>= 3;
    }
    size = at + 1 + digits;
  }

  /// Appends `0b` and exactly `lengthBits` digits.
  void putBinary(long value, int lengthBits) {
    byte[] array = room(2 + lengthBits);
    int at = size;
    array[at++] = '0';
    array[at++] = 'b';
    for (int bit = lengthBits - 1; bit >= 0; bit--) {
      array[at++] = (byte) ('0' + (value >>> bit & 1));
    }
    size = at;
  }

  /// Appends the string of a leaf (see [StringSpans]; negative for none) as [#putEscaped] does.
  void putString(byte[] from, int offset, int length, int leaf) {
    int start = size + 1;
    putEscaped(from, offset, length);
    StringSpans spans = strings;
    if (leaf >= 0) {
      hasEmptyString |= length == 0;
      if (spans != null) {
        spans.add(leaf, start - lineStart, size - 1 - start);
      }
    }
  }

  /// Appends UTF-8 or ASCII text between double quotes as C source code would have it: backslash
  /// before quotes, question marks and backslashes, escape sequences for control characters.
  void putEscaped(byte[] from, int offset, int length) {
    byte[] array = room(length + 2);
    int at = size;
    array[at++] = '"';
    int i = offset;
    int end = offset + length;
    // Whole words without anything special are copied as they are; the last one may read and
    // write past the end, which does no harm.
    while (i < end && i + 8 <= from.length) {
      long word = (long) LONG.get(from, i);
      int count = Math.min(8, end - i);
      if (hasSpecial(count == 8 ? word : keepLow(word, count))) {
        break;
      }
      LONG.set(array, at, word);
      at += count;
      i += count;
    }
    if (i < end) {
      size = at;
      putEscapedSlowly(from, i, end);
      put('"');
    } else {
      array[at++] = '"';
      size = at;
    }
  }

  /// The lowest `count` bytes of a word, letters in the others.
  static long keepLow(long word, int count) {
    long mask = (1L << (count << 3)) - 1;
    return (word & mask) | (0x4141414141414141L & ~mask);
  }

  /// Whether a byte of the word is a control character or one of `"`, `'`, `?`, backslash.
  static boolean hasSpecial(long word) {
    long below = (word - ONES * 0x20) & ~word;
    long quote = word ^ (ONES * '"');
    long apostrophe = word ^ (ONES * '\'');
    long question = word ^ (ONES * '?');
    long backslash = word ^ (ONES * '\\');
    long delete = word ^ (ONES * 0x7F);
    long zeros =
        ((quote - ONES) & ~quote)
            | ((apostrophe - ONES) & ~apostrophe)
            | ((question - ONES) & ~question)
            | ((backslash - ONES) & ~backslash)
            | ((delete - ONES) & ~delete);
    return ((below | zeros) & TOPS) != 0;
  }

  private void putEscapedSlowly(byte[] from, int start, int end) {
    byte[] array = room((end - start) * 4);
    int at = size;
    for (int i = start; i < end; i++) {
      int c = from[i] & 0xFF;
      char letter = escapeLetter(c);
      if (letter != 0) {
        array[at++] = '\\';
        array[at++] = (byte) letter;
      } else if (c >= 0x20 && c != 0x7F) {
        array[at++] = (byte) c;
      } else {
        array[at++] = '\\';
        array[at++] = 'x';
        array[at++] = lowerHex(c >> 4);
        array[at++] = lowerHex(c & 15);
      }
    }
    size = at;
  }

  /// Appends a JSON string. Bytes that are not valid UTF-8 are replaced.
  void putJson(byte[] from, int offset, int length) {
    byte[] array = room(length + 2);
    int at = size;
    array[at++] = '"';
    for (int i = offset; i < offset + length; i++) {
      int c = from[i];
      if (c < 0x20 || c == '"' || c == '\\') {
        putJson(new String(from, offset, length, StandardCharsets.UTF_8));
        return;
      }
      array[at++] = (byte) c;
    }
    array[at++] = '"';
    size = at;
  }

  /// Appends a JSON string.
  void putJson(String text) {
    put('"');
    int plain = 0;
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if (c < 0x20 || c == '"' || c == '\\') {
        put(text.substring(plain, i));
        plain = i + 1;
        put('\\');
        char letter = jsonLetter(c);
        put(letter);
        if (letter == 'u') {
          put("00");
          put((char) lowerHex(c >> 4));
          put((char) lowerHex(c & 15));
        }
      }
    }
    put(text.substring(plain));
    put('"');
  }

  private static char jsonLetter(char c) {
    return switch (c) {
      case '"', '\\' -> c;
      case '\b' -> 'b';
      case '\f' -> 'f';
      case '\n' -> 'n';
      case '\r' -> 'r';
      case '\t' -> 't';
      default -> 'u';
    };
  }

  private static byte lowerHex(int digit) {
    return (byte) (digit < 10 ? '0' + digit : 'a' - 10 + digit);
  }

  private static char escapeLetter(int c) {
    return switch (c) {
      case '\\', '\'', '"', '?' -> (char) c;
      case 0 -> '0';
      case 7 -> 'a';
      case '\b' -> 'b';
      case 27 -> 'e';
      case '\f' -> 'f';
      case '\n' -> 'n';
      case '\r' -> 'r';
      case '\t' -> 't';
      case 11 -> 'v';
      default -> 0;
    };
  }
}
