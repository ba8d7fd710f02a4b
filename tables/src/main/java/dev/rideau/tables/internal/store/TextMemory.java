package dev.rideau.tables.internal.store;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.lang.ref.Reference;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/// Texts in the form that the database's vectors hold, 16 bytes each:
///
/// ```
/// up to 12 bytes   length (4)   the text, zeros behind it (12)
/// longer           length (4)   its first 4 bytes   address of the text (8)
/// ```
///
/// The memory that addresses refer to belongs to this object; the database copies what it keeps.
/// Owned by one thread.
public final class TextMemory {
  private static final int INLINE_BYTES = 12;
  private static final int SLAB_BYTES = 1 << 16;

  /// All memory in use; the last slab is the one being filled.
  private final List<MemorySegment> slabs = new ArrayList<>();

  private MemorySegment slab = MemorySegment.NULL;
  private int used;
  private long low;
  private long high;

  /// Forgets all texts and keeps one slab.
  public void clear() {
    used = 0;
    if (slabs.size() > 1) {
      slabs.clear();
      slabs.add(slab);
    }
  }

  /// Takes a text over; its form is then in [#low()] and [#high()].
  public void put(byte[] source, int from, int to) {
    if (!Utf8.isValid(source, from, to)) {
      byte[] repaired =
          new String(source, from, to - from, StandardCharsets.UTF_8)
              .getBytes(StandardCharsets.UTF_8);
      putValid(repaired, 0, repaired.length);
    } else {
      putValid(source, from, to);
    }
  }

  private void putValid(byte[] source, int from, int to) {
    int length = to - from;
    low = length;
    high = 0;
    int head = Math.min(length, 4);
    for (int i = 0; i < head; i++) {
      low |= (source[from + i] & 0xffL) << (32 + 8 * i);
    }
    if (length <= INLINE_BYTES) {
      for (int i = 4; i < length; i++) {
        high |= (source[from + i] & 0xffL) << (8 * (i - 4));
      }
    } else {
      if (used + length > slab.byteSize()) {
        slab = Arena.ofAuto().allocate(Math.max(SLAB_BYTES, length));
        slabs.add(slab);
        used = 0;
      }
      MemorySegment.copy(source, from, slab, ValueLayout.JAVA_BYTE, used, length);
      high = slab.address() + used;
      used += length;
    }
  }

  public long low() {
    return low;
  }

  public long high() {
    return high;
  }

  /// Keeps the memory alive up to here.
  public void keep() {
    Reference.reachabilityFence(slabs);
  }
}
