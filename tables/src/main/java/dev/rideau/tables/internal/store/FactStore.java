package dev.rideau.tables.internal.store;

import dev.rideau.kernel.FactBatch;
import dev.rideau.kernel.FactSink;
import dev.rideau.kernel.FactTable;
import dev.rideau.tables.internal.parquet.FinishedFile;
import dev.rideau.tables.internal.parquet.TableFile;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;

/// Takes the facts of a machine into files, one for each table. Any number of threads hand over
/// batches.
public final class FactStore implements FactSink, AutoCloseable {
  private final Map<FactTable, TableFile> files = new IdentityHashMap<>();

  /// @param folder exists and has no files of this machine
  public FactStore(Path folder, int host, Collection<FactTable> tables) {
    for (FactTable table : tables) {
      files.put(table, new TableFile(folder.resolve(FactIndex.fileName(host, table)), table));
    }
  }

  @Override
  public void accept(FactBatch batch) {
    TableFile file = files.get(batch.table());
    if (file == null) {
      throw new IllegalArgumentException("nobody wants rows of " + batch.table().name());
    }
    try {
      file.append(batch);
    } catch (IOException failure) {
      throw new StoreFailure(failure);
    }
  }

  /// Writes all rows; call it when no thread hands over batches any more.
  public List<FinishedFile> finish() throws IOException {
    List<FinishedFile> finished = new ArrayList<>();
    for (TableFile file : files.values()) {
      finished.add(file.finish());
    }
    return finished;
  }

  @Override
  public void close() throws IOException {
    for (TableFile file : files.values()) {
      file.close();
    }
  }
}
