package dev.rideau.tracer.internal.emit;

import dev.rideau.tracer.internal.buffer.Bytes;
import java.lang.foreign.MemorySegment;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/// Strings in UTF-8 with a zero byte behind, written without allocation.
///
/// A zero character would end the string for readers; it becomes U+2400, the symbol for null. Half
/// of a surrogate pair becomes `?`. What is beyond the limit is cut off between characters.
public final class Utf8 {
  // Longer strings are copied by the JDK, whose start costs more than a short loop.
  private static final int SHORT = 24;
  private static final int NULL_SYMBOL = 0x2400;

  private Utf8() {}

  /// What is known of a string already; null for nothing.
  public static KnownStrings.@Nullable Entry known(@Nullable String text) {
    return text == null ? null : KnownStrings.find(text);
  }

  /// Bytes of a string without the zero byte, times two; plus 1 unless each character is one byte.
  ///
  /// @param known what [#known] said
  public static int size(KnownStrings.@Nullable Entry known, @Nullable String text, int limit) {
    if (text == null) {
      return 0;
    }
    return known != null && known.size >> 1 <= limit ? known.size : measure(text, limit);
  }

  private static int measure(String text, int limit) {
    int length = text.length();
    int all = 0;
    for (int i = 0; i < length; i++) {
      int each = text.charAt(i);
      all |= each | each - 1;
    }
    if ((all & ~0x7F) == 0 && length <= limit) {
      KnownStrings.offer(text, length << 1);
      return length << 1;
    }
    return sizeSlowly(text, limit);
  }

  private static int sizeSlowly(String text, int limit) {
    int bytes = 0;
    for (int i = 0; i < text.length(); ) {
      int character = text.codePointAt(i);
      int more = bytes(character);
      if (bytes + more > limit) {
        return bytes << 1 | 1;
      }
      bytes += more;
      i += Character.charCount(character);
    }
    KnownStrings.offer(text, bytes << 1 | 1);
    return bytes << 1 | 1;
  }

  private static int bytes(int character) {
    if (character == 0) {
      return 3;
    }
    if (character < 0x80) {
      return 1;
    }
    if (character < 0x800) {
      return 2;
    }
    return character >= 0x10000 ? 4 : Character.isSurrogate((char) character) ? 1 : 3;
  }

  /// Writes a string and its zero byte.
  ///
  /// @param known what [#known] said
  /// @param size what [#size] said
  /// @return where the next field begins
  public static long write(
      MemorySegment memory,
      long at,
      KnownStrings.@Nullable Entry known,
      @Nullable String text,
      int size) {
    if (text == null) {
      Bytes.put(memory, at, (byte) 0);
      return at + 1;
    }
    if (known != null && known.size == size) {
      known.write(memory, at);
      return at + (size >> 1) + 1;
    }
    return encode(memory, at, text, size);
  }

  static long encode(MemorySegment memory, long at, String text, int size) {
    int length = size >> 1;
    if ((size & 1) != 0) {
      return writeSlowly(memory, at, text, length);
    }
    if (length > SHORT) {
      memory.setString(at, text, StandardCharsets.UTF_8);
      return at + length + 1;
    }
    int i = 0;
    for (; i + 4 <= length; i += 4) {
      Bytes.put(
          memory,
          at + i,
          text.charAt(i)
              | text.charAt(i + 1) << 8
              | text.charAt(i + 2) << 16
              | text.charAt(i + 3) << 24);
    }
    for (; i < length; i++) {
      Bytes.put(memory, at + i, (byte) text.charAt(i));
    }
    Bytes.put(memory, at + length, (byte) 0);
    return at + length + 1;
  }

  private static long writeSlowly(MemorySegment memory, long begin, String text, int length) {
    long at = begin;
    long end = begin + length;
    for (int i = 0; i < text.length() && at < end; ) {
      int character = text.codePointAt(i);
      i += Character.charCount(character);
      int bytes = bytes(character);
      if (at + bytes > end) {
        break;
      }
      if (character == 0) {
        character = NULL_SYMBOL;
      } else if (bytes == 1 && character >= 0x80) {
        character = '?';
      }
      put(memory, at, character, bytes);
      at += bytes;
    }
    while (at < end) {
      Bytes.put(memory, at++, (byte) ' ');
    }
    Bytes.put(memory, at, (byte) 0);
    return at + 1;
  }

  private static void put(MemorySegment memory, long at, int character, int bytes) {
    switch (bytes) {
      case 1 -> Bytes.put(memory, at, (byte) character);
      case 2 -> {
        Bytes.put(memory, at, (byte) (0xC0 | character >> 6));
        Bytes.put(memory, at + 1, continuation(character));
      }
      case 3 -> {
        Bytes.put(memory, at, (byte) (0xE0 | character >> 12));
        Bytes.put(memory, at + 1, continuation(character >> 6));
        Bytes.put(memory, at + 2, continuation(character));
      }
      default -> {
        Bytes.put(memory, at, (byte) (0xF0 | character >> 18));
        Bytes.put(memory, at + 1, continuation(character >> 12));
        Bytes.put(memory, at + 2, continuation(character >> 6));
        Bytes.put(memory, at + 3, continuation(character));
      }
    }
  }

  private static byte continuation(int character) {
    return (byte) (0x80 | character & 0x3F);
  }
}
