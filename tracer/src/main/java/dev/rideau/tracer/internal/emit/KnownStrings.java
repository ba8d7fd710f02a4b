package dev.rideau.tracer.internal.emit;

import dev.rideau.tracer.internal.buffer.Bytes;
import java.lang.foreign.MemorySegment;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import org.jspecify.annotations.Nullable;

/// Short strings that have been emitted again and again, with their bytes ready to be stored.
///
/// Most strings in events are constants or come from a few: names, states, paths. Java shows the
/// characters of a string only one by one, which costs more than the rest of a record. Here a
/// string is found by its hash code, which the JDK keeps in the string, and by identity.
///
/// All races are harmless: entries are immutable, and whoever loses one encodes the string itself.
/// A string is taken in when its hash code is met twice in a row, so strings that never come again
/// cause no allocation.
public final class KnownStrings {
  private static final int ENTRIES = 1024;
  private static final int MOST_CHARACTERS = 64;
  private static final int ENOUGH_TIMES = 16;
  private static final VarHandle LONGS =
      MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);

  private static final @Nullable Entry[] KNOWN = new @Nullable Entry[ENTRIES];
  private static final int[] LAST_HASH = new int[ENTRIES];
  private static final byte[] TIMES = new byte[ENTRIES];

  /// A string and its UTF-8.
  public static final class Entry {
    private final String text;
    private final byte[] bytes;

    // The first and the last 8 bytes: all there is, mostly.
    private final long first;
    private final long last;

    /// What [Utf8#size] says of it.
    final int size;

    private Entry(String text, byte[] bytes, int size) {
      this.text = text;
      this.bytes = bytes;
      this.size = size;
      boolean hasLong = bytes.length >= Long.BYTES;
      first = hasLong ? (long) LONGS.get(bytes, 0) : 0;
      last = hasLong ? (long) LONGS.get(bytes, bytes.length - Long.BYTES) : 0;
    }

    /// Stores the string and its zero byte.
    void write(MemorySegment memory, long at) {
      byte[] bytes = this.bytes;
      int length = bytes.length;
      if (length < Long.BYTES) {
        for (int i = 0; i < length; i++) {
          Bytes.put(memory, at + i, bytes[i]);
        }
        return;
      }
      Bytes.put(memory, at, first);
      int end = length - Long.BYTES;
      for (int i = Long.BYTES; i < end; i += Long.BYTES) {
        Bytes.put(memory, at + i, (long) LONGS.get(bytes, i));
      }
      // Overlaps what stands before it.
      Bytes.put(memory, at + end, last);
    }
  }

  private KnownStrings() {}

  /// The entry of this very string, or null.
  @SuppressWarnings("ReferenceEquality") // equal strings that are not the same are encoded anew
  static @Nullable Entry find(String text) {
    Entry entry = KNOWN[text.hashCode() & ENTRIES - 1];
    return entry != null && entry.text == text ? entry : null;
  }

  /// Takes a string in if it comes again.
  ///
  /// @param size what [Utf8#size] says of the whole string
  static void offer(String text, int size) {
    if (text.length() > MOST_CHARACTERS) {
      return;
    }
    int hash = text.hashCode();
    int slot = hash & ENTRIES - 1;
    if (LAST_HASH[slot] != hash) {
      LAST_HASH[slot] = hash;
      TIMES[slot] = 0;
      return;
    }
    if (++TIMES[slot] < ENOUGH_TIMES) {
      return;
    }
    TIMES[slot] = 0;
    byte[] bytes = new byte[(size >> 1) + 1];
    Utf8.encode(MemorySegment.ofArray(bytes), 0, text, size);
    KNOWN[slot] = new Entry(text, bytes, size);
  }
}
