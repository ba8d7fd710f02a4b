package dev.rideau.tables;

import dev.rideau.kernel.FactBatch;
import dev.rideau.kernel.FactColumn;
import dev.rideau.kernel.FactSink;
import dev.rideau.kernel.FactTable;
import dev.rideau.kernel.FactTables;
import dev.rideau.kernel.NameTable;
import dev.rideau.tables.internal.store.Machine;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.LongConsumer;

/// A machine whose facts are lines of text: `thread utid=1 tid=10 name=make`. What a line does not
/// say is NULL, or 0 where that cannot be; blanks in texts are written `~`.
final class TextFacts implements Machine {
  private final List<String> lines;

  TextFacts(List<String> lines) {
    this.lines = lines;
  }

  @Override
  public String host() {
    return "alpha";
  }

  @Override
  public long sizeBytes() {
    return lines.size();
  }

  @Override
  public void run(Set<FactTable> wanted, int threads, FactSink sink, LongConsumer progress) {
    NameTable names = new NameTable();
    for (String line : lines) {
      String[] words = line.split(" +");
      FactTable table = FactTables.named(words[0]);
      if (wanted.contains(table)) {
        FactBatch batch = new FactBatch(table, names);
        Map<String, String> values = new HashMap<>();
        for (int i = 1; i < words.length; i++) {
          String[] parts = words[i].split("=", 2);
          table.indexOf(parts[0]);
          values.put(parts[0], parts[1]);
        }
        for (FactColumn column : table.columns()) {
          put(batch, column, values.get(column.name()), names);
        }
        batch.end();
        sink.accept(batch);
      }
    }
  }

  private static void put(
      FactBatch batch,
      FactColumn column,
      @org.jspecify.annotations.Nullable String value,
      NameTable names) {
    if (value == null && column.isNullable()) {
      batch.putNull();
      return;
    }
    switch (column.type()) {
      case NAME -> batch.put(names.id(value == null ? "" : value.replace('~', ' ')));
      case TEXT -> batch.putText(value == null ? "" : value.replace('~', ' '));
      case BOOLEAN -> batch.put(Boolean.parseBoolean(value));
      case DOUBLE -> batch.put(value == null ? 0.0 : Double.parseDouble(value));
      case TIMESTAMP, DURATION, UTID, UPID, LONG, INT ->
          batch.put(value == null ? 0L : Long.parseLong(value));
    }
  }
}
