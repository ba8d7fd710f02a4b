package dev.rideau.tables.internal;

import dev.rideau.tables.DatabaseOptions;
import java.nio.file.Path;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Properties;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import org.duckdb.DuckDBConnection;

/// A connection to the database engine, which starts on a thread of its own: loading its library
/// takes as long as opening a trace and finding its facts, which the caller does meanwhile.
public final class StartedEngine implements AutoCloseable {
  private final Path spillFolder;
  private final boolean isOwner;
  private final FutureTask<DuckDBConnection> connecting;

  private StartedEngine(Path spillFolder, boolean isOwner, Callable<DuckDBConnection> connecting) {
    this.spillFolder = spillFolder;
    this.isOwner = isOwner;
    this.connecting = new FutureTask<>(connecting);
  }

  /// Begins to start an engine with an empty database in memory.
  public static StartedEngine start(DatabaseOptions options) {
    Path spillFolder = SpillFolder.create();
    StartedEngine engine =
        new StartedEngine(spillFolder, true, () -> connect(options, spillFolder));
    Thread.ofPlatform().name("rideau-engine").daemon().start(engine.connecting);
    return engine;
  }

  /// One that has started before, with another connection to it. Closing it closes nothing else.
  public static StartedEngine of(DuckDBConnection connection, Path spillFolder) {
    StartedEngine engine = new StartedEngine(spillFolder, false, () -> connection);
    engine.connecting.run();
    return engine;
  }

  /// The folder into which the engine spills.
  public Path spillFolder() {
    return spillFolder;
  }

  /// The connection, as soon as there is one; closed with this object.
  public DuckDBConnection connection() throws SQLException {
    boolean isInterrupted = false;
    try {
      while (true) {
        try {
          return connecting.get();
        } catch (InterruptedException notNow) {
          isInterrupted = true;
        }
      }
    } catch (ExecutionException failure) {
      switch (failure.getCause()) {
        case SQLException thrown -> throw thrown;
        case RuntimeException thrown -> throw thrown;
        case Error thrown -> throw thrown;
        case null, default -> throw new SQLException(failure);
      }
    } finally {
      if (isInterrupted) {
        Thread.currentThread().interrupt();
      }
    }
  }

  /// Ends the connection, and the engine with the first one. Never fails.
  @Override
  public void close() {
    try {
      connection().close();
    } catch (SQLException | RuntimeException | Error neverStarted) {
      return; // whoever asked for the connection was told
    } finally {
      if (isOwner) {
        Cleanup.delete(spillFolder);
      }
    }
  }

  private static DuckDBConnection connect(DatabaseOptions options, Path spillFolder)
      throws SQLException {
    Properties properties = new Properties();
    properties.setProperty("threads", Integer.toString(options.threads()));
    properties.setProperty("temp_directory", spillFolder.toString());
    if (options.memoryBytes() > 0) {
      properties.setProperty("memory_limit", options.memoryBytes() + "B");
    }
    // Nothing is fetched from elsewhere: all that is needed is in the library.
    properties.setProperty("autoinstall_known_extensions", "false");
    properties.setProperty("autoload_known_extensions", "false");
    properties.setProperty("jdbc_stream_results", "true");
    DuckDBConnection connection =
        DuckDBConnection.newConnection("jdbc:duckdb:", false, null, properties);
    try (Statement statement = connection.createStatement()) {
      // Files of facts do not change while they are in use.
      statement.execute("SET GLOBAL parquet_metadata_cache = true");
    }
    return connection;
  }
}
