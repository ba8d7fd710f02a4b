package dev.rideau.tables.internal.parquet;

import dev.rideau.kernel.FactBatch;
import dev.rideau.kernel.FactColumn;
import dev.rideau.kernel.FactTable;
import java.io.FileOutputStream;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.zip.CRC32C;
import org.jspecify.annotations.Nullable;

/// The rows of one table as a Parquet file.
///
/// Any number of threads add batches at once: each fills a group of rows of its own, and as many
/// groups are open as threads ever met here. The file appears with the first group that is full.
public final class TableFile implements AutoCloseable {
  private final FactTable table;
  private final Path path;
  private final Deque<RowGroup> open = new ArrayDeque<>();

  // Guarded by `this`, as is the file.
  private final CRC32C sum = new CRC32C();
  private final Bytes header = new Bytes();
  private final Bytes groups = new Bytes();
  private int groupCount;
  private long rows;
  private long sizeBytes;
  private @Nullable FileOutputStream out;

  /// @param path of a file that does not exist
  public TableFile(Path path, FactTable table) {
    this.path = path;
    this.table = table;
  }

  /// Adds the rows of a batch.
  public void append(FactBatch batch) throws IOException {
    RowGroup group = take();
    for (int from = 0; from < batch.size(); from += ColumnChunk.PAGE_ROWS) {
      group.add(batch, from, Math.min(ColumnChunk.PAGE_ROWS, batch.size() - from));
    }
    if (group.isFull()) {
      write(group);
    }
    synchronized (open) {
      open.push(group);
    }
  }

  private RowGroup take() {
    synchronized (open) {
      RowGroup group = open.poll();
      if (group != null) {
        return group;
      }
    }
    return new RowGroup(table);
  }

  private synchronized void write(RowGroup group) throws IOException {
    if (out == null) {
      out = new FileOutputStream(path.toFile());
      write(Format.MAGIC, Format.MAGIC.length);
    }
    long before = sizeBytes;
    ThriftWriter about = new ThriftWriter(groups);
    about.structs(1, group.chunks().size());
    for (ColumnChunk chunk : group.chunks()) {
      writeChunk(chunk, about);
    }
    about.number(2, sizeBytes - before).number(3, group.rows()).finish();
    groupCount++;
    rows += group.rows();
    group.clear();
  }

  private void writeChunk(ColumnChunk chunk, ThriftWriter about) throws IOException {
    long began = sizeBytes;
    Dictionary dictionary = chunk.dictionary();
    if (dictionary.size() > 0) {
      header.clear();
      new ThriftWriter(header)
          .integer(1, Format.DICTIONARY_PAGE)
          .integer(2, dictionary.texts().size())
          .integer(3, dictionary.texts().size())
          .begin(7)
          .integer(1, dictionary.size())
          .integer(2, Format.PLAIN)
          .end()
          .finish();
      write(header);
      write(dictionary.texts());
    }
    long pagesAt = sizeBytes;
    write(chunk.pages());
    long length = sizeBytes - began;
    about
        .begin()
        .number(2, began)
        .begin(3)
        .integer(1, chunk.physicalType())
        .integers(2, Format.PLAIN, Format.RLE, chunk.encoding())
        .texts(3, chunk.column().name())
        .integer(4, Format.UNCOMPRESSED)
        .number(5, chunk.rows())
        .number(6, length)
        .number(7, length)
        .number(9, pagesAt);
    if (dictionary.size() > 0) {
      about.number(11, began);
    }
    about.begin(12).number(3, chunk.nulls());
    chunk.writeRange(about);
    about.end().end().end();
  }

  private void write(Bytes bytes) throws IOException {
    write(bytes.array(), bytes.size());
  }

  private void write(byte[] bytes, int length) throws IOException {
    FileOutputStream file = out;
    if (file == null) {
      throw new IllegalStateException(path + " is not open");
    }
    file.write(bytes, 0, length);
    sum.update(bytes, 0, length);
    sizeBytes += length;
  }

  /// Writes the rest; call it when no thread adds batches any more. A table without rows gets no
  /// file.
  public synchronized FinishedFile finish() throws IOException {
    for (RowGroup group : open) {
      if (group.rows() > 0) {
        write(group);
      }
    }
    open.clear();
    if (rows > 0) {
      writeFooter();
    }
    close();
    return new FinishedFile(table, rows, sizeBytes, sum.getValue());
  }

  private void writeFooter() throws IOException {
    Bytes footer = new Bytes();
    ThriftWriter about = new ThriftWriter(footer);
    about.integer(1, 1).structs(2, 1 + table.columns().size());
    about.begin().text(4, "schema").integer(5, table.columns().size()).end();
    for (FactColumn column : table.columns()) {
      int type = ColumnChunk.of(column).physicalType();
      about.begin().integer(1, type).integer(3, Format.OPTIONAL).text(4, column.name());
      if (type == Format.BYTE_ARRAY) {
        about.integer(6, Format.UTF8);
      }
      about.end();
    }
    about.number(3, rows).structs(4, groupCount);
    footer.put(groups);
    about.text(6, "rideau").finish();
    footer.putInt(footer.size());
    footer.put(Format.MAGIC, 0, Format.MAGIC.length);
    write(footer);
  }

  @Override
  public synchronized void close() throws IOException {
    FileOutputStream file = out;
    if (file != null) {
      out = null;
      file.close();
    }
  }
}
