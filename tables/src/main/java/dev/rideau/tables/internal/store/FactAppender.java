package dev.rideau.tables.internal.store;

import dev.rideau.kernel.FactBatch;
import dev.rideau.kernel.FactColumn;
import dev.rideau.kernel.FactTable;
import dev.rideau.kernel.FactType;
import dev.rideau.kernel.NameTable;
import dev.rideau.kernel.TextPool;
import java.nio.ByteBuffer;
import java.nio.IntBuffer;
import java.nio.LongBuffer;
import java.nio.charset.StandardCharsets;
import java.sql.SQLException;
import java.util.Arrays;
import java.util.List;
import org.duckdb.DuckDBConnection;
import org.duckdb.RawVectors;
import org.jspecify.annotations.Nullable;

/// Appends batches of facts to a table of the database, column by column.
///
/// Owned by one thread, and so is its connection while it works. Rows are in the table after
/// [#flush()].
final class FactAppender implements AutoCloseable {
  private final FactTable table;
  private final ByteBuffer appender;
  private final ByteBuffer chunk;
  private final ByteBuffer[] data;
  private final ByteBuffer[] validity;
  private final LongBuffer[] longs;
  private final IntBuffer[] ints;
  private final LongBuffer[] validityWords;

  /// Values on their way into a vector: one call copies them all.
  private final int[] intCells = new int[RawVectors.CAPACITY];

  private final long[] textCells = new long[2 * RawVectors.CAPACITY];

  private final TextMemory texts = new TextMemory();
  private final TextMemory nameTexts = new TextMemory();
  private @Nullable NameTable names;

  /// The 16 bytes of each name, two words each; the first -1 for those not seen yet.
  private long[] nameWords = new long[0];

  FactAppender(DuckDBConnection connection, String schema, FactTable table) throws SQLException {
    this.table = table;
    List<FactColumn> columns = table.columns();
    int count = columns.size();
    data = new ByteBuffer[count];
    validity = new ByteBuffer[count];
    longs = new LongBuffer[count];
    ints = new IntBuffer[count];
    validityWords = new LongBuffer[count];
    appender = RawVectors.appender(connection, null, schema, table.name());
    ByteBuffer[] types = new ByteBuffer[count];
    for (int i = 0; i < count; i++) {
      types[i] = RawVectors.type(SqlType.of(columns.get(i).type()).rawType());
    }
    chunk = RawVectors.chunk(types);
    for (int i = 0; i < count; i++) {
      RawVectors.destroyType(types[i]);
      ByteBuffer vector = RawVectors.vector(chunk, i);
      int width = SqlType.of(columns.get(i).type()).widthBytes();
      data[i] = RawVectors.data(vector, (long) width * RawVectors.CAPACITY);
      validity[i] = RawVectors.validity(vector, RawVectors.CAPACITY);
      longs[i] = data[i].asLongBuffer();
      ints[i] = data[i].asIntBuffer();
      validityWords[i] = validity[i].asLongBuffer();
    }
  }

  /// Appends all rows of a batch of the table.
  void append(FactBatch batch) throws SQLException {
    if (names != batch.names()) {
      names = batch.names();
      nameWords = new long[0];
    }
    for (int from = 0; from < batch.size(); from += RawVectors.CAPACITY) {
      int rows = Math.min(RawVectors.CAPACITY, batch.size() - from);
      for (int column = 0; column < data.length; column++) {
        copyColumn(batch, column, from, rows);
      }
      RawVectors.resizeChunk(chunk, rows);
      RawVectors.append(appender, chunk);
      texts.clear();
    }
    texts.keep();
    nameTexts.keep();
  }

  private void copyColumn(FactBatch batch, int column, int from, int rows) {
    long[] values = batch.longs(column);
    long[] nulls = batch.nulls(column);
    LongBuffer words = validityWords[column];
    int firstWord = from >> 6;
    for (int i = 0; i < (rows + 63) >> 6; i++) {
      words.put(i, ~nulls[firstWord + i]);
    }
    FactType type = table.columns().get(column).type();
    switch (type) {
      case TIMESTAMP, DURATION, UTID, UPID, LONG, DOUBLE ->
          longs[column].put(0, values, from, rows);
      case INT -> {
        for (int i = 0; i < rows; i++) {
          intCells[i] = (int) values[from + i];
        }
        ints[column].put(0, intCells, 0, rows);
      }
      case BOOLEAN -> {
        ByteBuffer into = data[column];
        for (int i = 0; i < rows; i++) {
          into.put(i, (byte) (values[from + i] != 0 ? 1 : 0));
        }
      }
      case NAME -> copyNames(longs[column], values, nulls, from, rows);
      case TEXT -> copyTexts(longs[column], batch.texts(), values, nulls, from, rows);
    }
  }

  private void copyNames(LongBuffer into, long[] values, long[] nulls, int from, int rows) {
    long[] known = nameWords;
    for (int i = 0; i < rows; i++) {
      int row = from + i;
      if ((nulls[row >> 6] & (1L << row)) != 0) {
        textCells[2 * i] = 0;
        textCells[2 * i + 1] = 0;
        continue;
      }
      int name = (int) values[row];
      if (2 * name + 1 >= known.length || known[2 * name] == -1) {
        known = learnName(name);
      }
      textCells[2 * i] = known[2 * name];
      textCells[2 * i + 1] = known[2 * name + 1];
    }
    into.put(0, textCells, 0, 2 * rows);
  }

  private long[] learnName(int name) {
    NameTable table = names;
    if (table == null) {
      throw new IllegalStateException("a name without dictionary");
    }
    if (2 * name + 1 >= nameWords.length) {
      int old = nameWords.length;
      nameWords = Arrays.copyOf(nameWords, Math.max(2 * name + 2, Math.max(256, 2 * old)));
      Arrays.fill(nameWords, old, nameWords.length, -1);
    }
    byte[] utf8 = table.text(name).getBytes(StandardCharsets.UTF_8);
    nameTexts.put(utf8, 0, utf8.length);
    nameWords[2 * name] = nameTexts.low();
    nameWords[2 * name + 1] = nameTexts.high();
    return nameWords;
  }

  private void copyTexts(
      LongBuffer into, TextPool pool, long[] values, long[] nulls, int from, int rows) {
    byte[] bytes = pool.bytes();
    for (int i = 0; i < rows; i++) {
      int row = from + i;
      if ((nulls[row >> 6] & (1L << row)) != 0) {
        textCells[2 * i] = 0;
        textCells[2 * i + 1] = 0;
        continue;
      }
      int offset = TextPool.offset(values[row]);
      texts.put(bytes, offset, offset + TextPool.length(values[row]));
      textCells[2 * i] = texts.low();
      textCells[2 * i + 1] = texts.high();
    }
    into.put(0, textCells, 0, 2 * rows);
  }

  /// Puts what was appended into the table.
  void flush() throws SQLException {
    RawVectors.flush(appender);
  }

  @Override
  public void close() {
    RawVectors.destroyChunk(chunk);
    RawVectors.closeAppender(appender);
  }
}
