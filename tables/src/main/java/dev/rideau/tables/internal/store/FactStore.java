package dev.rideau.tables.internal.store;

import dev.rideau.kernel.FactBatch;
import dev.rideau.kernel.FactSink;
import dev.rideau.kernel.FactTable;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicReference;
import org.duckdb.DuckDBConnection;
import org.jspecify.annotations.Nullable;

/// Takes the facts of a machine into the tables of a schema.
///
/// Each thread that hands over batches has a connection and appenders of its own, so threads do not
/// wait for one another. Rows are in the tables after [#finish()].
public final class FactStore implements FactSink, AutoCloseable {
  private final DuckDBConnection connection;
  private final String schema;
  private final List<Writer> writers = new ArrayList<>();
  private final ThreadLocal<Writer> writer = ThreadLocal.withInitial(this::newWriter);

  /// What a thread writes with.
  private static final class Writer {
    final DuckDBConnection connection;
    final Map<FactTable, FactAppender> appenders = new IdentityHashMap<>();

    Writer(DuckDBConnection connection) {
      this.connection = connection;
    }
  }

  /// @param schema of the tables, which exist
  public FactStore(DuckDBConnection connection, String schema) {
    this.connection = connection;
    this.schema = schema;
  }

  private Writer newWriter() {
    synchronized (writers) {
      try {
        Writer created = new Writer(connection.duplicate());
        writers.add(created);
        return created;
      } catch (SQLException failure) {
        throw new StoreFailure(failure);
      }
    }
  }

  @Override
  public void accept(FactBatch batch) {
    Writer own = writer.get();
    try {
      FactAppender appender = own.appenders.get(batch.table());
      if (appender == null) {
        appender = new FactAppender(own.connection, schema, batch.table());
        own.appenders.put(batch.table(), appender);
      }
      appender.append(batch);
    } catch (SQLException failure) {
      throw new StoreFailure(failure);
    }
  }

  /// Puts all rows into the tables; call it when no thread hands over batches any more. What one
  /// thread handed over and what another did go in at the same time.
  public void finish() throws SQLException, InterruptedException {
    List<Writer> all;
    synchronized (writers) {
      all = List.copyOf(writers);
    }
    List<Thread> helpers = new ArrayList<>();
    AtomicReference<@Nullable SQLException> failure = new AtomicReference<>();
    for (Writer each : all.subList(Math.min(1, all.size()), all.size())) {
      helpers.add(
          Thread.ofPlatform().name("rideau-store").daemon().start(() -> flush(each, failure)));
    }
    if (!all.isEmpty()) {
      flush(all.getFirst(), failure);
    }
    boolean isInterrupted = false;
    for (Thread helper : helpers) {
      isInterrupted |= joinFully(helper);
    }
    if (isInterrupted) {
      throw new InterruptedException();
    }
    SQLException thrown = failure.get();
    if (thrown != null) {
      throw thrown;
    }
  }

  private static void flush(Writer writer, AtomicReference<@Nullable SQLException> failure) {
    try {
      for (FactAppender appender : writer.appenders.values()) {
        if (failure.get() == null) {
          appender.flush();
        }
      }
    } catch (SQLException thrown) {
      failure.compareAndSet(null, thrown);
    }
  }

  /// Waits for the end of a thread whatever happens: it uses what would be closed otherwise.
  ///
  /// @return whether this thread was interrupted meanwhile
  private static boolean joinFully(Thread thread) {
    boolean isInterrupted = false;
    while (true) {
      try {
        thread.join();
        return isInterrupted;
      } catch (InterruptedException interrupted) {
        isInterrupted = true;
      }
    }
  }

  @Override
  public void close() throws SQLException {
    synchronized (writers) {
      for (Writer each : writers) {
        each.appenders.values().forEach(FactAppender::close);
        each.connection.close();
      }
      writers.clear();
    }
  }
}
