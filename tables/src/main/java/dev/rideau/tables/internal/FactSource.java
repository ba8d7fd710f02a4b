package dev.rideau.tables.internal;

import dev.rideau.kernel.FactTable;
import dev.rideau.kernel.FactTables;
import dev.rideau.tables.DatabaseException;
import dev.rideau.tables.DatabaseOptions;
import dev.rideau.tables.internal.cache.CacheFile;
import dev.rideau.tables.internal.cache.CacheFolder;
import dev.rideau.tables.internal.catalog.Ddl;
import dev.rideau.tables.internal.store.FactStore;
import dev.rideau.tables.internal.store.Machine;
import dev.rideau.tables.internal.store.StoreFailure;
import dev.rideau.trace.Diagnostic;
import dev.rideau.trace.Origin;
import dev.rideau.trace.Severity;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Supplier;
import org.duckdb.DuckDBConnection;
import org.jspecify.annotations.Nullable;

/// Brings facts into the database: from the cache, else from the traces; and makes the views over
/// them. Used by one thread at a time, except [#cancel()].
public final class FactSource {
  private static final long SMALL_ROWS = 200_000;
  private static final int SMALL_BLOCK_BYTES = 16_384;

  private final DuckDBConnection connection;
  private final DatabaseOptions options;
  private final Supplier<List<Machine>> machinesOfTraces;
  private final @Nullable CacheFolder cache;
  private @Nullable List<Machine> machines;

  /// Names of the machines; empty until the first facts are there or were asked for.
  private final List<String> hosts = new ArrayList<>();

  private final Set<FactTable> present = new LinkedHashSet<>();

  /// Tables that came from the traces and are in no cache file yet.
  private final Set<FactTable> unsaved = new LinkedHashSet<>();

  private final List<Attached> attached = new ArrayList<>();
  private int attachments;
  private boolean hasEmptyViews;
  private volatile @Nullable Thread extracting;

  /// A cache file that is part of the database under a name.
  private record Attached(CacheFile file, String name) {}

  /// @param cache null for none
  public FactSource(
      DuckDBConnection connection,
      DatabaseOptions options,
      Supplier<List<Machine>> machines,
      @Nullable CacheFolder cache) {
    this.connection = connection;
    this.options = options;
    this.machinesOfTraces = machines;
    this.cache = cache;
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

  /// Sees to it that there is a view for each table, if only over no rows.
  public void requireNames() throws SQLException {
    requireHosts();
    if (hasEmptyViews) {
      return;
    }
    hasEmptyViews = true;
    execute("CREATE SCHEMA IF NOT EXISTS nothing");
    execute("BEGIN");
    for (FactTable table : FactTables.ALL) {
      if (!present.contains(table)) {
        execute(Ddl.createTable("nothing", table));
        execute(Ddl.createView(table, List.of("nothing." + Ddl.quoted(table.name()))));
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
    hosts.addAll(names);
    StringBuilder sql =
        new StringBuilder("CREATE TABLE host AS SELECT * FROM (VALUES (CAST(NULL AS INTEGER), '')");
    for (int i = 0; i < names.size(); i++) {
      sql.append(", (").append(i).append(", ").append(Ddl.text(names.get(i))).append(')');
    }
    execute(sql.append(") AS known(host, name) WHERE host IS NOT NULL").toString());
  }

  private void attachCached(Set<FactTable> missing) {
    if (cache == null) {
      return;
    }
    for (CacheFile file : cache.find(missing)) {
      String name = "cached" + attachments++;
      try {
        execute("ATTACH " + Ddl.text(file.path().toString()) + " AS " + name + " (READ_ONLY)");
        try {
          adopt(file, name);
          attached.add(new Attached(file, name));
        } catch (SQLException failure) {
          execute("DETACH " + name);
          throw failure;
        }
      } catch (SQLException failure) {
        note(
            "damaged-cache",
            "cached facts cannot be used and are made anew: " + failure.getMessage());
        CacheFolder.discard(file);
      }
    }
  }

  private void adopt(CacheFile file, String name) throws SQLException {
    List<String> names = new ArrayList<>();
    try (Statement statement = connection.createStatement();
        ResultSet rows =
            statement.executeQuery("SELECT name FROM " + name + ".main.host ORDER BY host")) {
      while (rows.next()) {
        names.add(rows.getString(1));
      }
    }
    if (names.isEmpty()) {
      throw new SQLException("no machine in " + file.path());
    }
    useHosts(names);
    for (FactTable table : file.tables()) {
      if (present.add(table)) {
        makeView(table, name + ".");
      }
    }
  }

  private void makeView(FactTable table, String catalog) throws SQLException {
    List<String> stored = new ArrayList<>();
    for (int host = 0; host < hosts.size(); host++) {
      stored.add(catalog + schema(host) + "." + Ddl.quoted(table.name()));
    }
    execute(Ddl.createView(table, stored));
  }

  private static String schema(int host) {
    return "machine" + host;
  }

  private void extract(Set<FactTable> missing) throws SQLException {
    SpillFolder.deleteAbandoned();
    requireHosts();
    List<Machine> all = machines();
    long total = all.stream().mapToLong(Machine::sizeBytes).sum();
    AtomicLong done = new AtomicLong();
    extracting = Thread.currentThread();
    // The threads that append do the engine's work themselves, each for what it appended: more
    // threads of the engine would only take the processors from them.
    execute("SET threads = 1");
    try {
      for (int host = 0; host < all.size(); host++) {
        createTables(host, missing);
        try (FactStore store = new FactStore(connection, schema(host))) {
          all.get(host)
              .run(
                  missing,
                  options.threads(),
                  store,
                  bytes -> options.progress().update(done.addAndGet(bytes), total));
          store.finish();
        }
      }
    } catch (InterruptedException cancelled) {
      dropTables(all.size(), missing);
      throw new DatabaseException(DatabaseException.Kind.CANCELLED, "cancelled", cancelled);
    } catch (StoreFailure failure) {
      dropTables(all.size(), missing);
      throw failure.sqlException();
    } catch (SQLException | RuntimeException failure) {
      dropTables(all.size(), missing);
      throw failure;
    } finally {
      extracting = null;
      execute("SET threads = " + options.threads());
    }
    for (FactTable table : missing) {
      makeView(table, "");
    }
    present.addAll(missing);
    unsaved.addAll(missing);
  }

  private void createTables(int host, Set<FactTable> tables) throws SQLException {
    execute("BEGIN");
    execute("CREATE SCHEMA IF NOT EXISTS " + schema(host));
    for (FactTable table : tables) {
      execute(Ddl.createTable(schema(host), table));
    }
    execute("COMMIT");
  }

  private void dropTables(int count, Set<FactTable> tables) throws SQLException {
    for (int host = 0; host < count; host++) {
      execute("CREATE SCHEMA IF NOT EXISTS " + schema(host));
      for (FactTable table : tables) {
        execute("DROP TABLE IF EXISTS " + schema(host) + "." + Ddl.quoted(table.name()));
      }
    }
  }

  /// Ends an extraction; any thread.
  public void cancel() {
    Thread thread = extracting;
    if (thread != null) {
      thread.interrupt();
    }
  }

  /// Forgets and deletes all cache files in use, so that their facts are made anew; for damage.
  ///
  /// @return whether there was one
  public boolean discardCached() throws SQLException {
    if (attached.isEmpty()) {
      return false;
    }
    note("damaged-cache", "cached facts are damaged and are made anew");
    for (Attached each : attached) {
      present.removeAll(each.file().tables());
      for (FactTable table : each.file().tables()) {
        execute("DROP VIEW IF EXISTS " + Ddl.quoted(table.name()));
      }
      execute("DETACH " + each.name());
      CacheFolder.discard(each.file());
    }
    attached.clear();
    return true;
  }

  /// Writes facts that came from the traces into the cache, if there is one. Never fails: what goes
  /// wrong becomes a note.
  public void save() {
    if (cache == null || unsaved.isEmpty()) {
      return;
    }
    Path path = cache.begin();
    if (path == null) {
      note(
          "no-cache",
          "facts cannot be kept: neither the folder of the trace nor the user's cache folder can be"
              + " written");
      return;
    }
    Cleanup.remember(path);
    try {
      write(path);
      cache.finish(path, unsaved);
      unsaved.clear();
    } catch (SQLException | IOException failure) {
      note("no-cache", "facts cannot be kept: " + firstLine(failure));
    } finally {
      Cleanup.forget(path);
      if (Files.exists(path)) {
        CacheFolder.abandon(path);
      }
    }
  }

  private void write(Path path) throws SQLException {
    String small = countUnsaved() < SMALL_ROWS ? " (BLOCK_SIZE " + SMALL_BLOCK_BYTES + ")" : "";
    execute("ATTACH " + Ddl.text(path.toString()) + " AS kept" + small);
    try {
      execute("BEGIN");
      execute("CREATE TABLE kept.host AS FROM host");
      for (int host = 0; host < hosts.size(); host++) {
        execute("CREATE SCHEMA kept." + schema(host));
        for (FactTable table : unsaved) {
          String name = schema(host) + "." + Ddl.quoted(table.name());
          execute("CREATE TABLE kept." + name + " AS FROM memory." + name);
        }
      }
      execute("COMMIT");
      execute("CHECKPOINT kept");
    } catch (SQLException failure) {
      try {
        execute("ROLLBACK");
      } catch (SQLException noTransaction) {
        failure.addSuppressed(noTransaction);
      }
      throw failure;
    } finally {
      execute("DETACH kept");
    }
  }

  private long countUnsaved() throws SQLException {
    long sum = 0;
    for (int host = 0; host < hosts.size(); host++) {
      for (FactTable table : unsaved) {
        try (Statement statement = connection.createStatement();
            ResultSet rows =
                statement.executeQuery(
                    "SELECT count(*) FROM " + schema(host) + "." + Ddl.quoted(table.name()))) {
          rows.next();
          sum += rows.getLong(1);
        }
      }
    }
    return sum;
  }

  private void note(String rule, String message) {
    options.diagnostics().report(Diagnostic.of(Severity.NOTE, rule, message, Origin.NONE, null));
  }

  private static String firstLine(Exception failure) {
    return String.valueOf(failure.getMessage()).lines().findFirst().orElse("");
  }

  private void execute(String sql) throws SQLException {
    try (Statement statement = connection.createStatement()) {
      statement.execute(sql);
    }
  }
}
