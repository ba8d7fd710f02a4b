package org.duckdb;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.sql.SQLException;
import org.jspecify.annotations.NullMarked;
import org.jspecify.annotations.Nullable;

/// A table function written in Java whose columns may have any type and that fills vectors by
/// itself.
///
/// The driver's own interface for table functions hands out a writer that checks each value and has
/// no lists and structures. Failures of the methods become the message of the statement's error.
///
/// @param <B> what binding finds out about a call, shared by all threads
/// @param <G> state of a run, shared by all threads
/// @param <L> state of a thread
@NullMarked
public abstract class RawTableFunction<B, G, L> extends DuckDBTableFunctionWrapper {

  @SuppressWarnings(
      "NullAway") // The function is used by the methods that are overridden below only.
  protected RawTableFunction() {
    super(null);
  }

  /// A call of the function in a statement that is being bound.
  public static final class Call {
    private final ByteBuffer info;

    private Call(ByteBuffer info) {
      this.info = info;
    }

    /// An argument as text, null for NULL.
    public @Nullable String text(int index) {
      ByteBuffer value = DuckDBBindings.duckdb_bind_get_parameter(info, index);
      try {
        byte[] utf8 =
            DuckDBBindings.duckdb_is_null_value(value)
                ? null
                : DuckDBBindings.duckdb_get_varchar(value);
        return utf8 == null ? null : new String(utf8, StandardCharsets.UTF_8);
      } finally {
        DuckDBBindings.duckdb_destroy_value(value);
      }
    }

    /// A number that was given by name, null when it was not.
    public @Nullable Long number(String name) {
      ByteBuffer value =
          DuckDBBindings.duckdb_bind_get_named_parameter(
              info, name.getBytes(StandardCharsets.UTF_8));
      if (value == null) {
        return null;
      }
      try {
        return DuckDBBindings.duckdb_is_null_value(value)
            ? null
            : DuckDBBindings.duckdb_get_int64(value);
      } finally {
        DuckDBBindings.duckdb_destroy_value(value);
      }
    }

    /// Adds a column to the result; the type is still the caller's.
    public void addColumn(String name, ByteBuffer type) {
      DuckDBBindings.duckdb_bind_add_result_column(
          info, name.getBytes(StandardCharsets.UTF_8), type);
    }

    /// Says how many rows there will be.
    public void cardinality(long rows, boolean isExact) {
      DuckDBBindings.duckdb_bind_set_cardinality(info, rows, isExact);
    }
  }

  /// Which columns a run wants, and on how many threads it may work.
  public static final class Run {
    private final ByteBuffer info;

    private Run(ByteBuffer info) {
      this.info = info;
    }

    /// Indexes of the wanted columns in the order of the vectors.
    public int[] columns() {
      int[] columns = new int[(int) DuckDBBindings.duckdb_init_get_column_count(info)];
      for (int i = 0; i < columns.length; i++) {
        columns[i] = (int) DuckDBBindings.duckdb_init_get_column_index(info, i);
      }
      return columns;
    }

    public void maximumThreads(int threads) {
      DuckDBBindings.duckdb_init_set_max_threads(info, threads);
    }
  }

  protected abstract B bind(Call call) throws Exception;

  protected abstract G begin(B bound, Run run) throws Exception;

  protected abstract L beginThread(B bound, Run run) throws Exception;

  /// Fills the vectors of a chunk.
  ///
  /// @return number of rows, 0 at the end
  protected abstract int fill(B bound, G state, L threadState, ByteBuffer chunk) throws Exception;

  /// Makes the function known under a name, with `parameters` texts as arguments and whole numbers
  /// that may be given by name.
  public final void register(
      DuckDBConnection connection, String name, int parameters, String... numbers)
      throws SQLException {
    connection.checkOpen();
    ByteBuffer function = DuckDBBindings.duckdb_create_table_function();
    try {
      DuckDBBindings.duckdb_table_function_set_name(
          function, name.getBytes(StandardCharsets.UTF_8));
      ByteBuffer text = RawVectors.type(RawVectors.VARCHAR);
      for (int i = 0; i < parameters; i++) {
        DuckDBBindings.duckdb_table_function_add_parameter(function, text);
      }
      RawVectors.destroyType(text);
      ByteBuffer number = RawVectors.type(RawVectors.BIGINT);
      for (String each : numbers) {
        DuckDBBindings.duckdb_table_function_add_named_parameter(
            function, each.getBytes(StandardCharsets.UTF_8), number);
      }
      RawVectors.destroyType(number);
      DuckDBBindings.duckdb_table_function_supports_projection_pushdown(function, true);
      DuckDBBindings.duckdb_table_function_set_extra_info(function, this);
      DuckDBBindings.duckdb_table_function_set_bind(function);
      DuckDBBindings.duckdb_table_function_set_init(function);
      DuckDBBindings.duckdb_table_function_set_local_init(function);
      DuckDBBindings.duckdb_table_function_set_function(function);
      if (DuckDBBindings.duckdb_register_table_function(connection.connRef, function) != 0) {
        throw new SQLException("table function " + name + " cannot be registered");
      }
    } finally {
      DuckDBBindings.duckdb_destroy_table_function(function);
    }
  }

  @Override
  public final void executeBind(ByteBuffer info) {
    try {
      DuckDBBindings.duckdb_bind_set_bind_data(info, bind(new Call(info)));
    } catch (Throwable failure) {
      DuckDBBindings.duckdb_bind_set_error(info, message(failure));
    }
  }

  @Override
  public final void executeGlobalInit(ByteBuffer info) {
    try {
      Run run = new Run(info);
      DuckDBBindings.duckdb_init_set_init_data(info, begin(bound(info), run));
    } catch (Throwable failure) {
      DuckDBBindings.duckdb_init_set_error(info, message(failure));
    }
  }

  @Override
  public final void executeLocalInit(ByteBuffer info) {
    try {
      Run run = new Run(info);
      DuckDBBindings.duckdb_init_set_init_data(info, beginThread(bound(info), run));
    } catch (Throwable failure) {
      DuckDBBindings.duckdb_init_set_error(info, message(failure));
    }
  }

  @SuppressWarnings("unchecked") // What executeBind put there.
  private B bound(ByteBuffer info) {
    return (B) DuckDBBindings.duckdb_init_get_bind_data(info);
  }

  @Override
  @SuppressWarnings("unchecked") // What the methods above put there.
  public final void executeFunction(ByteBuffer info, ByteBuffer chunk) {
    try {
      int rows =
          fill(
              (B) DuckDBBindings.duckdb_function_get_bind_data(info),
              (G) DuckDBBindings.duckdb_function_get_init_data(info),
              (L) DuckDBBindings.duckdb_function_get_local_init_data(info),
              chunk);
      DuckDBBindings.duckdb_data_chunk_set_size(chunk, rows);
    } catch (Throwable failure) {
      DuckDBBindings.duckdb_function_set_error(info, message(failure));
    }
  }

  private static byte[] message(Throwable failure) {
    String text = failure.getMessage();
    return (text == null ? failure.toString() : text).getBytes(StandardCharsets.UTF_8);
  }
}
