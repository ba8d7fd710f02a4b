package dev.rideau.tables.internal.parquet;

import dev.rideau.kernel.FactBatch;
import dev.rideau.kernel.FactColumn;
import dev.rideau.kernel.TextPool;
import dev.rideau.tables.internal.store.Utf8;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.zip.CRC32C;

/// Texts that are bytes in the batch. Those that come again become the same number of the
/// dictionary, mostly: a text that is not found soon is added once more, so that no choice of texts
/// makes the search long.
final class TextChunk extends ColumnChunk {
  private static final int MOST_PROBES = 8;

  /// Handles of one batch that were met lately.
  private static final int RECENT = 256;

  private final CRC32C hash = new CRC32C();

  /// Numbers of the dictionary by hash, plus 1; a power of two.
  private int[] slots = new int[256];

  /// Where the texts of the dictionary begin.
  private int[] begins = new int[128];

  private final long[] recentHandles = new long[RECENT];
  private final int[] recentNumbers = new int[RECENT];

  TextChunk(FactColumn column) {
    super(column, Format.BYTE_ARRAY, Format.RLE_DICTIONARY);
  }

  @Override
  void encode(Bytes out, FactBatch batch, long[] values, int first, int count, long[] scratch) {
    Arrays.fill(recentHandles, -1);
    byte[] bytes = batch.texts().bytes();
    for (int i = 0; i < count; i++) {
      long handle = values[first + i];
      int recent = (int) (handle >>> 24 ^ handle >>> 32) & RECENT - 1;
      if (recentHandles[recent] != handle) {
        int from = TextPool.offset(handle);
        recentNumbers[recent] = number(bytes, from, from + TextPool.length(handle));
        recentHandles[recent] = handle;
      }
      scratch[i] = recentNumbers[recent];
    }
    dictionary().pack(out, scratch, count);
  }

  private int number(byte[] bytes, int from, int to) {
    int slot = slot(bytes, from, to);
    byte[] texts = dictionary().texts().array();
    for (int probe = 0; probe < MOST_PROBES; probe++) {
      int number = slots[slot] - 1;
      if (number < 0) {
        break;
      }
      if (Arrays.equals(texts, begins[number], end(number), bytes, from, to)) {
        return number;
      }
      slot = slot + 1 & slots.length - 1;
    }
    return add(bytes, from, to, slot);
  }

  private int end(int number) {
    return number + 1 < dictionary().size() ? begins[number + 1] - 4 : dictionary().texts().size();
  }

  private int slot(byte[] bytes, int from, int to) {
    hash.reset();
    hash.update(bytes, from, to - from);
    int mixed = (int) hash.getValue() * 0x9e37_79b1;
    return mixed >>> 8 & slots.length - 1;
  }

  private int add(byte[] bytes, int from, int to, int slot) {
    int number = dictionary().size();
    if (number == begins.length) {
      begins = Arrays.copyOf(begins, 2 * number);
    }
    begins[number] = dictionary().texts().size() + 4;
    if (Utf8.isValid(bytes, from, to)) {
      dictionary().add(bytes, from, to);
    } else {
      byte[] repaired =
          new String(bytes, from, to - from, StandardCharsets.UTF_8)
              .getBytes(StandardCharsets.UTF_8);
      dictionary().add(repaired, 0, repaired.length);
    }
    slots[slot] = number + 1;
    if (2 * dictionary().size() > slots.length) {
      grow();
    }
    return number;
  }

  private void grow() {
    slots = new int[4 * slots.length];
    byte[] texts = dictionary().texts().array();
    for (int number = 0; number < dictionary().size(); number++) {
      int slot = slot(texts, begins[number], end(number));
      for (int probe = 0; probe < MOST_PROBES && slots[slot] != 0; probe++) {
        slot = slot + 1 & slots.length - 1;
      }
      slots[slot] = number + 1;
    }
  }

  @Override
  void clearValues() {
    Arrays.fill(slots, 0);
  }
}
