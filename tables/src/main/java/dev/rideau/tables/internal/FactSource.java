package dev.rideau.tables.internal;

import dev.rideau.kernel.FactTable;
import dev.rideau.kernel.FactTables;
import dev.rideau.tables.DatabaseException;
import dev.rideau.tables.DatabaseOptions;
import dev.rideau.tables.internal.cache.CacheFolder;
import dev.rideau.tables.internal.cache.KeptFacts;
import dev.rideau.tables.internal.catalog.Ddl;
import dev.rideau.tables.internal.parquet.FinishedFile;
import dev.rideau.tables.internal.store.FactIndex;
import dev.rideau.tables.internal.store.FactStore;
import dev.rideau.tables.internal.store.Machine;
import dev.rideau.tables.internal.store.StoreFailure;
import dev.rideau.trace.Diagnostic;
import dev.rideau.trace.Origin;
import dev.rideau.trace.Severity;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/// Brings facts into the database: from the cache, else from the traces; and makes the views over
/// them. Used by one thread at a time, except [#cancel()].
public final class FactSource {
  private final StartedEngine engine;
  private final DatabaseOptions options;
  private final LateTraces traces;
  private final Supplier<List<Machine>> machinesOfTraces;
  private final @Nullable CacheFolder cache;
  private final Path spillFolder;
  private @Nullable List<Machine> machines;

  /// Names of the machines; empty until the first facts are there or were asked for.
  private final List<String> hosts = new ArrayList<>();

  private final Set<FactTable> present = new LinkedHashSet<>();

  /// Kept facts that are part of the database.
  private final List<KeptFacts> attached = new ArrayList<>();

  /// All folders that views read.
  private final Set<Path> folders = new LinkedHashSet<>();

  private boolean hasEmptyViews;
  private volatile @Nullable Thread extracting;

  /// @param machines of the traces
  /// @param cache null for none
  /// @param spillFolder for facts that are not kept
  public FactSource(
      StartedEngine engine,
      DatabaseOptions options,
      LateTraces traces,
      Supplier<List<Machine>> machines,
      @Nullable CacheFolder cache,
      Path spillFolder) {
    this.engine = engine;
    this.options = options;
    this.traces = traces;
    this.machinesOfTraces = machines;
    this.cache = cache;
    this.spillFolder = spillFolder;
  }

  /// Sees to it that the rows of these tables are there.
  public void require(Collection<FactTable> wanted) throws SQLException {
    Set<FactTable> missing = new LinkedHashSet<>(wanted);
    missing.removeAll(present);
    if (missing.isEmpty()) {
      return;
    }
    attachCached(missing);
    missing.removeAll(present);
    if (!missing.isEmpty()) {
      extract(missing);
    }
  }

  /// Sees to it that the table `host` is there.
  public void requireHosts() throws SQLException {
    if (hosts.isEmpty()) {
      useHosts(machines().stream().map(Machine::host).toList());
    }
  }

  /// Names of the machines by number, after [#requireHosts()].
  public List<String> hosts() {
    return List.copyOf(hosts);
  }

  /// Sees to it that there is a view for each table, if only over no rows.
  public void requireNames() throws SQLException {
    requireHosts();
    if (hasEmptyViews) {
      return;
    }
    hasEmptyViews = true;
    execute("BEGIN");
    for (FactTable table : FactTables.ALL) {
      if (!present.contains(table)) {
        execute(Ddl.createView(table, List.of(Ddl.noRows(table))));
      }
    }
    execute("COMMIT");
  }

  private List<Machine> machines() {
    List<Machine> known = machines;
    if (known == null) {
      known = machinesOfTraces.get();
      machines = known;
    }
    return known;
  }

  private void useHosts(List<String> names) throws SQLException {
    if (!hosts.isEmpty()) {
      return;
    }
    StringBuilder sql =
        new StringBuilder("CREATE TABLE host AS SELECT * FROM (VALUES (CAST(NULL AS INTEGER), '')");
    for (int i = 0; i < names.size(); i++) {
      sql.append(", (").append(i).append(", ").append(Ddl.text(names.get(i))).append(')');
    }
    execute(sql.append(") AS known(host, name) WHERE host IS NOT NULL").toString());
    hosts.addAll(names);
  }

  private void attachCached(Set<FactTable> missing) {
    if (cache == null) {
      return;
    }
    for (KeptFacts facts : cache.find(missing)) {
      Set<FactTable> wanted = new LinkedHashSet<>(missing);
      wanted.retainAll(facts.tables());
      try {
        for (FactTable table : wanted) {
          if (!facts.index().isIntact(facts.folder(), table)) {
            throw new IOException("wrong checksum of " + table.name());
          }
        }
        adopt(facts, wanted);
        attached.add(facts);
      } catch (IOException | SQLException failure) {
        note(
            "damaged-cache",
            "cached facts cannot be used and are made anew: " + failure.getMessage());
        CacheFolder.discard(facts);
      }
    }
  }

  private void adopt(KeptFacts facts, Set<FactTable> tables) throws SQLException {
    useHosts(facts.index().hosts());
    folders.add(facts.folder());
    execute("BEGIN");
    try {
      for (FactTable table : tables) {
        List<String> stored = new ArrayList<>();
        for (int host = 0; host < hosts.size(); host++) {
          Path file = facts.index().file(facts.folder(), host, table);
          stored.add(file == null ? Ddl.noRows(table) : Ddl.rowsOf(file));
        }
        execute(Ddl.createView(table, stored));
      }
      execute("COMMIT");
    } catch (SQLException failure) {
      execute("ROLLBACK");
      throw failure;
    }
    present.addAll(tables);
  }

  private void extract(Set<FactTable> missing) throws SQLException {
    SpillFolder.deleteAbandoned();
    requireHosts();
    Path begun = cache == null ? null : cache.begin();
    if (cache != null && begun == null) {
      note(
          "no-cache",
          "facts cannot be kept: neither the folder of the trace nor the user's cache folder can be"
              + " written");
    }
    if (cache != null && begun != null) {
      Cleanup.remember(begun);
      try {
        FactIndex index = write(begun, missing);
        KeptFacts kept = new KeptFacts(cache.finish(begun, missing), index);
        adopt(kept, missing);
        attached.add(kept);
        return;
      } catch (IOException failure) {
        note("no-cache", "facts cannot be kept: " + firstLine(failure));
      } finally {
        Cleanup.forget(begun);
        if (Files.exists(begun)) {
          CacheFolder.abandon(begun);
        }
      }
    }
    Path folder = spillFolder.resolve("facts-" + folders.size());
    try {
      Files.createDirectories(folder);
      adopt(new KeptFacts(folder, write(folder, missing)), missing);
    } catch (IOException failure) {
      Cleanup.delete(folder);
      throw new SQLException("facts cannot be written: " + firstLine(failure), failure);
    }
  }

  /// Extracts facts into an empty folder.
  private FactIndex write(Path folder, Set<FactTable> tables) throws IOException {
    List<Machine> all = machines();
    long total = all.stream().mapToLong(Machine::sizeBytes).sum();
    AtomicLong done = new AtomicLong();
    List<FactIndex.Entry> entries = new ArrayList<>();
    extracting = Thread.currentThread();
    try {
      for (int host = 0; host < all.size(); host++) {
        try (FactStore store = new FactStore(folder, host, tables)) {
          all.get(host)
              .run(
                  tables,
                  options.threads(),
                  store,
                  bytes -> options.progress().update(done.addAndGet(bytes), total));
          for (FinishedFile file : store.finish()) {
            entries.add(new FactIndex.Entry(host, file));
          }
        }
      }
    } catch (InterruptedException cancelled) {
      throw new DatabaseException(DatabaseException.Kind.CANCELLED, "cancelled", cancelled);
    } catch (StoreFailure failure) {
      throw failure.ioException();
    } finally {
      extracting = null;
    }
    FactIndex index = new FactIndex(traces.areQuiet(), hosts, entries);
    index.write(folder);
    return index;
  }

  /// The folders with the files that views read.
  public Set<Path> folders() {
    return folders;
  }

  /// Ends an extraction; any thread.
  public void cancel() {
    Thread thread = extracting;
    if (thread != null) {
      thread.interrupt();
    }
  }

  /// Forgets and deletes all cached facts in use, so that they are made anew; for damage.
  ///
  /// @return whether there were any
  public boolean discardCached() throws SQLException {
    if (attached.isEmpty()) {
      return false;
    }
    note("damaged-cache", "cached facts are damaged and are made anew");
    for (KeptFacts each : attached) {
      present.removeAll(each.tables());
      for (FactTable table : each.tables()) {
        execute("DROP VIEW IF EXISTS " + Ddl.quoted(table.name()));
      }
      folders.remove(each.folder());
      CacheFolder.discard(each);
    }
    attached.clear();
    return true;
  }

  private void note(String rule, String message) {
    options.diagnostics().report(Diagnostic.of(Severity.NOTE, rule, message, Origin.NONE, null));
  }

  private static String firstLine(Exception failure) {
    return String.valueOf(failure.getMessage()).lines().findFirst().orElse("");
  }

  private void execute(String sql) throws SQLException {
    try (Statement statement = engine.connection().createStatement()) {
      statement.execute(sql);
    }
  }
}
