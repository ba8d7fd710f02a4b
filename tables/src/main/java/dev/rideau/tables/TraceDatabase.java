package dev.rideau.tables;

import dev.rideau.kernel.FactTable;
import dev.rideau.kernel.FactTables;
import dev.rideau.tables.internal.FactSource;
import dev.rideau.tables.internal.Failures;
import dev.rideau.tables.internal.LateTraces;
import dev.rideau.tables.internal.ResultRows;
import dev.rideau.tables.internal.StartedEngine;
import dev.rideau.tables.internal.cache.CacheFolder;
import dev.rideau.tables.internal.catalog.Ddl;
import dev.rideau.tables.internal.catalog.SqlLibrary;
import dev.rideau.tables.internal.catalog.SqlNeeds;
import dev.rideau.tables.internal.catalog.SqlWords;
import dev.rideau.tables.internal.events.EventsFunction;
import dev.rideau.tables.internal.store.Machine;
import dev.rideau.trace.Diagnostic;
import dev.rideau.trace.FoundTraces;
import dev.rideau.trace.OpenedTraces;
import dev.rideau.trace.Origin;
import dev.rideau.trace.Severity;
import dev.rideau.trace.TraceReader;
import dev.rideau.trace.Traces;
import java.io.IOException;
import java.nio.file.Path;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Collection;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import org.duckdb.DuckDBConnection;
import org.duckdb.DuckDBPreparedStatement;
import org.jspecify.annotations.Nullable;

/// Traces as a database.
///
/// Facts are extracted (or taken from the cache) when the first statement comes that needs them,
/// and only those of the tables that it needs, directly or through views and macros. What a
/// statement needs is found by the words in it, so a table's name in a statement is enough.
///
/// One thread at a time makes statements; any thread may [#cancel()].
public final class TraceDatabase implements AutoCloseable {
  private final LateTraces traces;
  private final Path spillFolder;
  private final StartedEngine engine;
  private final FactSource facts;

  /// The function `events()` as long as the database does not know it; then null.
  private @Nullable EventsFunction unknownEvents;

  /// Views and macros of the library that are there.
  private final Set<String> defined;

  /// Whether this is the one that owns traces and facts; else it only has a connection.
  private final boolean isOwner;

  private volatile boolean isCancelled;

  /// A statement runs of which no rows were returned yet: whoever has rows prints them and wants no
  /// progress in between.
  private volatile boolean isExecuting;

  private volatile @Nullable Statement running;

  private TraceDatabase(
      LateTraces traces,
      DatabaseOptions options,
      Supplier<List<Machine>> machines,
      @Nullable CacheFolder cache,
      StartedEngine engine) {
    this.traces = traces;
    this.engine = engine;
    spillFolder = engine.spillFolder();
    Progress progress =
        (done, total) -> {
          if (isExecuting) {
            options.progress().update(done, total);
          }
        };
    unknownEvents = new EventsFunction(traces::open, options, progress, () -> isCancelled);
    facts = new FactSource(engine, options, traces, machines, cache, spillFolder);
    defined = new HashSet<>();
    isOwner = true;
  }

  private TraceDatabase(TraceDatabase owner) throws SQLException {
    traces = owner.traces;
    spillFolder = owner.spillFolder;
    facts = owner.facts;
    defined = owner.defined;
    engine = StartedEngine.of(owner.connection().duplicate(), spillFolder);
    isOwner = false;
  }

  /// The connection, as soon as the engine has started.
  private synchronized DuckDBConnection connection() throws SQLException {
    DuckDBConnection connection = engine.connection();
    EventsFunction events = unknownEvents;
    if (events != null) {
      events.register(connection);
      unknownEvents = null;
    }
    return connection;
  }

  /// The same database for another thread: a connection of its own to the same facts, with its own
  /// variables and temporary tables. Closing it closes nothing else; it must be closed before this
  /// one is.
  public TraceDatabase another() {
    try {
      return new TraceDatabase(this);
    } catch (SQLException failure) {
      throw Failures.of(failure);
    }
  }

  /// Takes away the way to files, other databases, extensions and settings, for good and for all
  /// connections, so that statements of strangers may run. All facts must be there. Only files in
  /// [#spillFolder()] can still be written and read.
  public void lock() {
    try (Statement statement = connection().createStatement()) {
      Set<Path> readable = new LinkedHashSet<>(facts.folders());
      readable.add(spillFolder);
      String folders =
          readable.stream()
              .map(folder -> "'" + quoted(folder) + "'")
              .collect(Collectors.joining(", "));
      statement.execute("SET allowed_directories = [" + folders + "]");
      statement.execute("SET enable_external_access = false");
      statement.execute("SET lock_configuration = true");
    } catch (SQLException failure) {
      throw Failures.of(failure);
    }
  }

  private static String quoted(Path path) {
    return path.toString().replace("'", "''");
  }

  /// Where what does not fit into memory goes; deleted at the end.
  public Path spillFolder() {
    return spillFolder;
  }

  /// A database of the traces at `paths`. Nothing is decoded yet; where facts were kept and there
  /// was nothing to tell of the traces, they are not even opened before a statement needs it.
  ///
  /// @throws dev.rideau.trace.TraceException when there is no trace, or none that can be opened
  public static TraceDatabase open(
      List<Path> paths, List<TraceReader> readers, DatabaseOptions options) {
    return open(paths, readers, options, traces -> Machine.of(traces.open()));
  }

  /// The same with other sources of facts; for tests.
  static TraceDatabase open(
      List<Path> paths,
      List<TraceReader> readers,
      DatabaseOptions options,
      Function<LateTraces, List<Machine>> machines) {
    StartedEngine engine = StartedEngine.start(options);
    LateTraces traces = null;
    try {
      FoundTraces found = Traces.find(paths, readers, options.diagnostics());
      LateTraces late = new LateTraces(found, options.diagnostics());
      traces = late;
      CacheFolder cache = cache(paths, found, options);
      if (cache == null || !cache.isOfQuietTraces()) {
        late.open(); // while the engine starts
      }
      return new TraceDatabase(late, options, () -> machines.apply(late), cache, engine);
    } catch (RuntimeException | Error failure) {
      close(traces, engine);
      throw failure;
    }
  }

  private static void close(@Nullable LateTraces traces, StartedEngine engine) {
    if (traces != null) {
      traces.close();
    }
    engine.close();
  }

  private static @Nullable CacheFolder cache(
      List<Path> paths, FoundTraces found, DatabaseOptions options) {
    if (!options.cache()) {
      return null;
    }
    try {
      return CacheFolder.of(paths, found.inputs(), options.version());
    } catch (IOException failure) {
      options
          .diagnostics()
          .report(
              Diagnostic.of(
                  Severity.NOTE,
                  "no-cache",
                  "facts cannot be kept: " + failure.getMessage(),
                  Origin.NONE,
                  null));
      return null;
    }
  }

  /// The traces, open as long as the database is.
  ///
  /// @throws dev.rideau.trace.TraceException when they were not opened yet and none can be
  public OpenedTraces traces() {
    return traces.open();
  }

  /// Runs a statement and returns its rows. Rows of the call before must be closed.
  ///
  /// @param parameters the values of `?` or `$1`, `$2`, ... in it: numbers, texts, truth values or
  ///   null
  /// @throws DatabaseException when the statement is wrong or fails
  public Rows query(String sql, @Nullable Object... parameters) {
    prepareFor(sql);
    try {
      try {
        return run(sql, parameters);
      } catch (SQLException failure) {
        if (!Failures.isDamage(failure) || !facts.discardCached()) {
          throw failure;
        }
        prepareFor(sql);
        return run(sql, parameters);
      }
    } catch (SQLException failure) {
      throw isCancelled
          ? new DatabaseException(DatabaseException.Kind.CANCELLED, "cancelled", failure)
          : Failures.of(failure);
    }
  }

  private Rows run(String sql, @Nullable Object... parameters) throws SQLException {
    PreparedStatement statement = prepareStatement(sql, parameters);
    running = statement;
    try {
      isExecuting = true;
      return new ResultRows(statement, statement.execute() ? statement.getResultSet() : null);
    } catch (SQLException failure) {
      statement.close();
      throw !isCancelled && String.valueOf(failure.getMessage()).contains("Invalid result set")
          ? reason(failure, sql, parameters)
          : failure;
    } catch (RuntimeException failure) {
      statement.close();
      throw failure;
    } finally {
      isExecuting = false;
    }
  }

  private PreparedStatement prepareStatement(String sql, @Nullable Object... parameters)
      throws SQLException {
    PreparedStatement statement = connection().prepareStatement(sql);
    try {
      for (int i = 0; i < parameters.length; i++) {
        statement.setObject(i + 1, parameters[i]);
      }
      return statement;
    } catch (SQLException | RuntimeException failure) {
      statement.close();
      throw failure;
    }
  }

  /// Why a statement failed before its first row. The driver hides it where rows are streamed, and
  /// tells it where they are asked for as vectors: so the statement runs once more.
  private SQLException reason(SQLException failure, String sql, @Nullable Object... parameters) {
    SQLException told = failureOf(sql, parameters);
    if (String.valueOf(told == null ? null : told.getMessage()).contains("is aborted")) {
      // The failure has ended the transaction: once more in one that cannot write.
      try (Statement statement = connection().createStatement()) {
        statement.execute("ROLLBACK");
        statement.execute("BEGIN TRANSACTION READ ONLY");
      } catch (SQLException noTransaction) {
        return failure;
      }
      told = failureOf(sql, parameters);
    }
    return told == null ? failure : told;
  }

  private @Nullable SQLException failureOf(String sql, @Nullable Object... parameters) {
    try (PreparedStatement again = prepareStatement(sql, parameters)) {
      running = again;
      again.unwrap(DuckDBPreparedStatement.class).query().close();
      return null;
    } catch (SQLException told) {
      return told;
    }
  }

  /// Runs a statement whose rows nobody wants, for instance one that creates a temporary macro.
  public void execute(String sql) {
    query(sql).close();
  }

  /// Sees to it that what `sql` needs is there: facts, views and macros. [#query] does it by
  /// itself.
  public void prepareFor(String sql) {
    isCancelled = false;
    SqlNeeds needs = SqlNeeds.of(sql);
    synchronized (facts) {
      prepareFor(sql, needs);
    }
  }

  private void prepareFor(String sql, SqlNeeds needs) {
    try {
      if (needs.isEverything()) {
        facts.requireNames();
        for (SqlLibrary.Entry entry : SqlLibrary.bundled().entries().values()) {
          define(entry);
        }
      }
      facts.require(needs.tables());
      if (SqlWords.of(sql).contains("host")) {
        facts.requireHosts();
      }
      for (SqlLibrary.Entry entry : needs.entries()) {
        define(entry);
      }
    } catch (SQLException failure) {
      throw Failures.of(failure);
    }
  }

  private void define(SqlLibrary.Entry entry) throws SQLException {
    if (defined.add(entry.name())) {
      try (Statement statement = connection().createStatement()) {
        statement.execute(entry.statement());
      }
    }
  }

  /// Names of the machines that the traces tell of, by the number in the columns `host`.
  public List<String> hosts() {
    try {
      synchronized (facts) {
        facts.requireHosts();
        return facts.hosts();
      }
    } catch (SQLException failure) {
      throw Failures.of(failure);
    }
  }

  /// Lets statements see the facts of one machine only; those of `events()` stay.
  ///
  /// @param host its number; null for all machines
  public void limitTo(@Nullable Integer host) {
    try (Statement statement = connection().createStatement()) {
      statement.execute(Ddl.limit(host));
    } catch (SQLException failure) {
      throw Failures.of(failure);
    }
  }

  /// Sees to it that the facts of these tables are there.
  public void prepare(Collection<FactTable> tables) {
    isCancelled = false;
    try {
      synchronized (facts) {
        facts.require(tables);
      }
    } catch (SQLException failure) {
      throw Failures.of(failure);
    }
  }

  /// All tables of facts, in the order of the reference page.
  public static List<FactTable> tables() {
    return FactTables.ALL;
  }

  /// Names of the event classes of which the traces hold records, and how many.
  public SortedMap<String, Long> recordedEvents() {
    SortedMap<String, Long> events = new TreeMap<>();
    try (Rows rows =
        query("SELECT name, sum(events)::BIGINT FROM event_class WHERE events > 0 GROUP BY name")) {
      while (rows.next()) {
        events.put(String.valueOf(rows.textAt(0)), rows.longAt(1));
      }
    }
    return events;
  }

  /// Ends the statement that is running with a [DatabaseException] of kind CANCELLED; any thread.
  public void cancel() {
    isCancelled = true;
    if (isOwner) {
      facts.cancel();
    }
    Statement statement = running;
    if (statement != null) {
      try {
        statement.cancel();
      } catch (SQLException ended) {
        return;
      }
    }
  }

  /// Frees everything. Never fails.
  @Override
  public void close() {
    engine.close();
    if (isOwner) {
      traces.close();
    }
  }
}
