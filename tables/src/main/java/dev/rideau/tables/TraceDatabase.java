package dev.rideau.tables;

import dev.rideau.kernel.FactTable;
import dev.rideau.trace.TraceReader;
import java.nio.file.Path;
import java.sql.Connection;
import java.util.Collection;
import java.util.List;
import java.util.Set;
import java.util.SortedMap;
import org.jspecify.annotations.Nullable;

/// Traces as a database.
///
/// All tables and views are there from the start. Facts are extracted (or taken from the cache)
/// when the first statement comes that needs them, and only those of the tables that it needs,
/// directly or through views and macros.
///
/// One thread at a time makes statements; any thread may [#cancel()].
public final class TraceDatabase implements AutoCloseable {
  private TraceDatabase() {}

  /// Opens the traces at `paths`. Nothing is decoded yet.
  ///
  /// @throws dev.rideau.trace.TraceException when there is no trace, or none that can be opened
  public static TraceDatabase open(
      List<Path> paths, List<TraceReader> readers, DatabaseOptions options) {
    throw new UnsupportedOperationException(paths + "" + readers + options);
  }

  /// Runs a statement and returns its rows.
  ///
  /// @param parameters the values of `?` or `$1`, `$2`, ... in it: numbers, texts, truth values or
  ///   null
  /// @throws DatabaseException when the statement is wrong or fails
  public Rows query(String sql, @Nullable Object... parameters) {
    throw new UnsupportedOperationException(sql + parameters.length);
  }

  /// Runs a statement whose rows nobody wants, for instance one that creates a temporary macro.
  public void execute(String sql) {
    query(sql).close();
  }

  /// Sees to it that the facts that `sql` needs are there. [#query] does it by itself; whoever uses
  /// [#connection()] does it before.
  public void prepareFor(String sql) {
    throw new UnsupportedOperationException(sql);
  }

  /// Sees to it that the facts of these tables are there.
  public void prepare(Collection<FactTable> tables) {
    throw new UnsupportedOperationException(tables.toString());
  }

  /// The connection on which [#query] runs its statements; closed by this object.
  public Connection connection() {
    throw new UnsupportedOperationException();
  }

  /// Names of the event classes of which the traces hold records, and how many.
  public SortedMap<String, Long> recordedEvents() {
    throw new UnsupportedOperationException();
  }

  /// Which of these events of the model (column `used_as` of table `event_class`) no trace holds:
  /// no event class that is taken for them has records.
  public Set<String> missingEvents(Collection<String> modelEvents) {
    throw new UnsupportedOperationException(modelEvents.toString());
  }

  /// Ends the statement that is running with a [DatabaseException] of kind CANCELLED; any thread.
  public void cancel() {}

  @Override
  public void close() {}
}
