package dev.rideau.kernel;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.function.LongPredicate;
import org.jspecify.annotations.Nullable;

/// Up to [#CAPACITY] rows of one [FactTable] as primitive columns.
///
/// A row is written value by value in the order of the columns, then ended:
///
/// ```
/// batch.put(ts).put(dur).put(0).put(cpu).putName(states, id).putNull().end();
/// ```
///
/// Rows are written row by row into a block that fits the processor's cache, and are spread over
/// the columns when it is full or a column is asked for: writing into many columns at once misses
/// the cache at each.
///
/// Owned by one thread at a time.
public final class FactBatch {
  /// Most rows; a multiple of the 2,048 rows of the database's vectors.
  public static final int CAPACITY = 16_384;

  private static final int LEAST_ROOM = 256;

  /// Rows of a block, one bit of a word of null bits each.
  private static final int BLOCK_ROWS = 64;

  private final FactTable table;
  private final int width;
  private final long[][] longs;
  private final long[][] nulls;

  /// Rows that the columns have room for: many batches stay small.
  private int room = LEAST_ROOM;

  /// The rows of the block one behind the other.
  private final long[] cells;

  /// The columns without value, by row of the block.
  private final long[] absentCells = new long[BLOCK_ROWS];

  /// Where the row in the making begins in `cells`, and where its next value goes.
  private int begin;

  private int at;

  /// Columns without value of the row in the making.
  private long absent;

  /// Rows that are in the columns already.
  private int spread;

  private final TextPool pool = new TextPool();
  private final NameTable names;
  private int size;

  /// Makes an empty batch; `names` is the dictionary that its NAME columns refer to.
  public FactBatch(FactTable table, NameTable names) {
    this.table = table;
    this.names = names;
    width = table.columns().size();
    if (width > Long.SIZE) {
      throw new IllegalArgumentException(table.name() + " has too many columns");
    }
    longs = new long[width][LEAST_ROOM];
    nulls = new long[width][LEAST_ROOM >> 6];
    cells = new long[width * BLOCK_ROWS];
  }

  public FactTable table() {
    return table;
  }

  /// Number of ended rows.
  public int size() {
    return size;
  }

  public boolean isFull() {
    return size == CAPACITY;
  }

  /// The dictionary of the NAME columns.
  public NameTable names() {
    return names;
  }

  /// The values of a column: numbers; for BOOLEAN 0 or 1; for DOUBLE the raw bits; for NAME the id
  /// in [#names()]; for TEXT the handle for [#text]. What a null row holds is undefined. The array
  /// is valid until the next row.
  public long[] longs(int index) {
    spreadAll();
    return longs[index];
  }

  public boolean isNull(int index, int row) {
    spreadAll();
    return (nulls[index][row >> 6] & (1L << row)) != 0;
  }

  /// The rows of a column that hold no value: bit `row % 64` of word `row / 64`. The array is valid
  /// until the next row.
  public long[] nulls(int index) {
    spreadAll();
    return nulls[index];
  }

  /// The bytes that the handles in TEXT columns refer to.
  public TextPool texts() {
    return pool;
  }

  /// The text of a handle in a TEXT column, as UTF-8 (repaired where the trace's was not).
  public String text(long handle) {
    return pool.text(handle);
  }

  /// Writes the next value of the row: a number, an id of a name, or 0 and 1 for a truth value.
  public FactBatch put(long value) {
    cells[at++] = value;
    return this;
  }

  public FactBatch put(boolean value) {
    return put(value ? 1L : 0L);
  }

  public FactBatch put(double value) {
    return put(Double.doubleToRawLongBits(value));
  }

  /// Writes the next value of the row: a text, of which the bytes are copied.
  public FactBatch putText(byte[] utf8, int from, int to) {
    return put(pool.add(utf8, from, to));
  }

  /// Writes the next value of the row: a text, or none.
  public FactBatch putText(@Nullable String text) {
    if (text == null) {
      return putNull();
    }
    byte[] utf8 = text.getBytes(StandardCharsets.UTF_8);
    return putText(utf8, 0, utf8.length);
  }

  /// Writes the next value of the row: none.
  public FactBatch putNull() {
    absent |= 1L << (at - begin);
    cells[at++] = 0;
    return this;
  }

  /// Writes the next value of the row, or none when it is `absent`.
  public FactBatch putOrNull(long value, long absent) {
    return value == absent ? putNull() : put(value);
  }

  /// Ends the row.
  public void end() {
    if (at - begin != width) {
      throw new IllegalStateException(
          "a row of " + table.name() + " got " + (at - begin) + " values of " + width);
    }
    absentCells[size & BLOCK_ROWS - 1] = absent;
    absent = 0;
    begin = at;
    size++;
    if (at == cells.length) {
      spread();
      at = 0;
      begin = 0;
    }
  }

  private void spreadAll() {
    if (spread != size) {
      spread();
    }
  }

  /// Copies the rows of the block that are not in the columns yet.
  private void spread() {
    if (size > room) {
      room = Math.min(CAPACITY, room * 2);
      for (int i = 0; i < width; i++) {
        longs[i] = Arrays.copyOf(longs[i], room);
        nulls[i] = Arrays.copyOf(nulls[i], room >> 6);
      }
    }
    int base = size - 1 & -BLOCK_ROWS;
    int first = spread - base;
    int count = size - base;
    for (int column = 0; column < width; column++) {
      long[] into = longs[column];
      int from = first * width + column;
      for (int row = spread; row < size; row++) {
        into[row] = cells[from];
        from += width;
      }
    }
    long any = 0;
    for (int row = first; row < count; row++) {
      any |= absentCells[row];
    }
    while (any != 0) {
      int column = Long.numberOfTrailingZeros(any);
      any &= any - 1;
      long bits = 0;
      for (int row = first; row < count; row++) {
        bits |= (absentCells[row] >>> column & 1) << row;
      }
      nulls[column][base >> 6] |= bits;
    }
    spread = size;
  }

  /// Overwrites a value of an ended row.
  public void set(int index, int row, long value) {
    spreadAll();
    longs[index][row] = value;
    nulls[index][row >> 6] &= ~(1L << row);
  }

  /// Copies a text into the batch, for a TEXT column of an ended row.
  ///
  /// @return the handle to [#set] there
  public long addText(byte[] utf8, int from, int to) {
    return pool.add(utf8, from, to);
  }

  /// Takes the value of an ended row away.
  public void setNull(int index, int row) {
    spreadAll();
    nulls[index][row >> 6] |= 1L << row;
  }

  /// Forgets the ended rows of which a column has a value that is to go; the others move up. No row
  /// can be added until [#clear].
  public void removeIf(int index, LongPredicate isGone) {
    spreadAll();
    int kept = 0;
    for (int row = 0; row < size; row++) {
      if (isNull(index, row) || !isGone.test(longs[index][row])) {
        move(row, kept++);
      }
    }
    for (int column = 0; column < width; column++) {
      for (int row = kept; row < size; row++) {
        nulls[column][row >> 6] &= ~(1L << row);
      }
    }
    size = kept;
    spread = kept;
  }

  private void move(int from, int to) {
    if (from == to) {
      return;
    }
    for (int column = 0; column < width; column++) {
      longs[column][to] = longs[column][from];
      long bit = nulls[column][from >> 6] >>> from & 1;
      nulls[column][to >> 6] = nulls[column][to >> 6] & ~(1L << to) | bit << to;
    }
  }

  /// Forgets all rows, keeps the memory.
  public void clear() {
    int words = spread + 63 >> 6;
    for (long[] bits : nulls) {
      Arrays.fill(bits, 0, words, 0);
    }
    size = 0;
    spread = 0;
    begin = 0;
    at = 0;
    absent = 0;
    pool.clear();
  }
}
