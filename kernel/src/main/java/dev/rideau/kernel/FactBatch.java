package dev.rideau.kernel;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/// Up to [#CAPACITY] rows of one [FactTable] as primitive columns.
///
/// A row is written value by value in the order of the columns, then ended:
///
/// ```
/// batch.put(ts).put(dur).put(0).put(cpu).putName(states, id).putNull().end();
/// ```
///
/// Owned by one thread at a time.
public final class FactBatch {
  /// Most rows; a multiple of the 2,048 rows of the database's vectors.
  public static final int CAPACITY = 16_384;

  private final FactTable table;
  private final long[][] longs;
  private final long[][] nulls;
  private final TextPool pool = new TextPool();
  private final NameTable names;
  private int size;
  private int column;

  /// Makes an empty batch; `names` is the dictionary that its NAME columns refer to.
  public FactBatch(FactTable table, NameTable names) {
    this.table = table;
    this.names = names;
    longs = new long[table.columns().size()][CAPACITY];
    nulls = new long[table.columns().size()][CAPACITY >> 6];
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
  /// in [#names()]; for TEXT the handle for [#text]. What a null row holds is undefined.
  public long[] longs(int index) {
    return longs[index];
  }

  public boolean isNull(int index, int row) {
    return (nulls[index][row >> 6] & (1L << row)) != 0;
  }

  /// The rows of a column that hold no value: bit `row % 64` of word `row / 64`.
  public long[] nulls(int index) {
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
    longs[column++][size] = value;
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
    nulls[column++][size >> 6] |= 1L << size;
    return this;
  }

  /// Writes the next value of the row, or none when it is `absent`.
  public FactBatch putOrNull(long value, long absent) {
    return value == absent ? putNull() : put(value);
  }

  /// Ends the row.
  public void end() {
    if (column != longs.length) {
      throw new IllegalStateException(
          "a row of " + table.name() + " got " + column + " values of " + longs.length);
    }
    column = 0;
    size++;
  }

  /// Overwrites a value of an ended row.
  public void set(int index, int row, long value) {
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
    nulls[index][row >> 6] |= 1L << row;
  }

  /// Forgets all rows, keeps the memory.
  public void clear() {
    size = 0;
    column = 0;
    pool.clear();
    for (long[] bits : nulls) {
      Arrays.fill(bits, 0);
    }
  }
}
