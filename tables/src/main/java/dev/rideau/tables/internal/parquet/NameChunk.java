package dev.rideau.tables.internal.parquet;

import dev.rideau.kernel.FactBatch;
import dev.rideau.kernel.FactColumn;
import dev.rideau.kernel.NameTable;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/// Texts that the batch knows by id.
final class NameChunk extends ColumnChunk {
  private @Nullable NameTable names;

  /// The number in the dictionary of each id; -1 for those that are not in it.
  private int[] numbers = new int[0];

  NameChunk(FactColumn column) {
    super(column, Format.BYTE_ARRAY, Format.RLE_DICTIONARY);
  }

  @Override
  void encode(Bytes out, FactBatch batch, long[] values, int first, int count, long[] scratch) {
    if (names != batch.names()) {
      names = batch.names();
      Arrays.fill(numbers, -1);
    }
    int[] known = numbers;
    for (int i = 0; i < count; i++) {
      int id = (int) values[first + i];
      int number = id < known.length ? known[id] : -1;
      if (number < 0) {
        number = learn(batch.names(), id);
        known = numbers;
      }
      scratch[i] = number;
    }
    dictionary().pack(out, scratch, count);
  }

  private int learn(NameTable table, int id) {
    if (id >= numbers.length) {
      int old = numbers.length;
      numbers = Arrays.copyOf(numbers, Math.max(id + 1, Math.max(128, 2 * old)));
      Arrays.fill(numbers, old, numbers.length, -1);
    }
    byte[] utf8 = table.text(id).getBytes(StandardCharsets.UTF_8);
    numbers[id] = dictionary().add(utf8, 0, utf8.length);
    return numbers[id];
  }

  @Override
  void clearValues() {
    Arrays.fill(numbers, -1);
  }
}
