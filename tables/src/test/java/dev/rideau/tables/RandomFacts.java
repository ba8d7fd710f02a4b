package dev.rideau.tables;

import dev.rideau.kernel.FactBatch;
import dev.rideau.kernel.FactColumn;
import dev.rideau.kernel.FactSink;
import dev.rideau.kernel.FactTable;
import dev.rideau.kernel.FactTables;
import dev.rideau.kernel.NameTable;
import dev.rideau.tables.internal.store.Machine;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.LongConsumer;
import org.jspecify.annotations.Nullable;

/// A machine with random facts of every table, and the rows that the database must then have.
final class RandomFacts implements Machine {
  private static final String[] TEXTS = {
    "",
    "a",
    "twelve bytes",
    "thirteen byte",
    "näher",
    "a longer text that is kept elsewhere",
    "日本語",
    "a\u0000b",
    "tab\tnew\nline",
    "quote ' and \" end"
  };

  private final long seed;
  private final int rowsPerTable;
  private final String host;

  /// Rows as texts, by table.
  private final TreeMap<String, List<List<@Nullable String>>> rows = new TreeMap<>();

  final AtomicInteger runs = new AtomicInteger();

  RandomFacts(String host, long seed, int rowsPerTable) {
    this.host = host;
    this.seed = seed;
    this.rowsPerTable = rowsPerTable;
  }

  /// The rows of a table that was extracted.
  List<List<@Nullable String>> rowsOf(String table) {
    List<List<@Nullable String>> found = rows.get(table);
    return found == null ? List.of() : found;
  }

  @Override
  public String host() {
    return host;
  }

  @Override
  public long sizeBytes() {
    return 1000;
  }

  @Override
  public void run(Set<FactTable> wanted, int threads, FactSink sink, LongConsumer progress)
      throws InterruptedException {
    runs.incrementAndGet();
    NameTable names = new NameTable();
    List<FactTable> tables = FactTables.ALL.stream().filter(wanted::contains).toList();
    AtomicInteger next = new AtomicInteger();
    List<Thread> workers = new ArrayList<>();
    for (int i = 0; i < threads; i++) {
      workers.add(
          Thread.ofPlatform()
              .start(() -> {
                for (int t = next.getAndIncrement();
                    t < tables.size();
                    t = next.getAndIncrement()) {
                  fill(tables.get(t), names, sink);
                }
              }));
    }
    for (Thread worker : workers) {
      worker.join();
    }
    progress.accept(1000);
  }

  private void fill(FactTable table, NameTable names, FactSink sink) {
    Random random = new Random(seed * 31 + table.name().hashCode());
    FactBatch batch = new FactBatch(table, names);
    List<List<@Nullable String>> expected = new ArrayList<>();
    int count = rowsPerTable == 0 ? 0 : random.nextInt(rowsPerTable + 1);
    for (int i = 0; i < count; i++) {
      List<@Nullable String> row = new ArrayList<>();
      for (FactColumn column : table.columns()) {
        row.add(put(batch, column, names, random));
      }
      batch.end();
      expected.add(row);
      if (batch.isFull() || random.nextInt(3000) == 0) {
        sink.accept(batch);
        batch.clear();
      }
    }
    sink.accept(batch);
    synchronized (rows) {
      rows.put(table.name(), expected);
    }
  }

  private static @Nullable String put(
      FactBatch batch, FactColumn column, NameTable names, Random random) {
    if (column.isNullable() && random.nextInt(3) == 0) {
      batch.putNull();
      return null;
    }
    long number =
        switch (random.nextInt(4)) {
          case 0 -> random.nextInt(5);
          case 1 -> random.nextLong();
          case 2 -> Long.MIN_VALUE;
          default -> random.nextInt();
        };
    return switch (column.type()) {
      case UTID, UPID -> {
        long id = number & 0xffff_ffffL;
        batch.put(id);
        yield Long.toString(id);
      }
      case TIMESTAMP, DURATION, LONG -> {
        batch.put(number);
        yield Long.toString(number);
      }
      case INT -> {
        batch.put((int) number);
        yield Integer.toString((int) number);
      }
      case BOOLEAN -> {
        batch.put((number & 1) != 0);
        yield Boolean.toString((number & 1) != 0);
      }
      case DOUBLE -> {
        batch.put((double) number);
        yield Double.toString((double) number);
      }
      case NAME -> {
        String text = TEXTS[random.nextInt(TEXTS.length)] + random.nextInt(3);
        batch.put(names.id(text));
        yield text;
      }
      case TEXT -> {
        String text = TEXTS[random.nextInt(TEXTS.length)].repeat(random.nextInt(20));
        batch.putText(text);
        yield text;
      }
    };
  }
}
