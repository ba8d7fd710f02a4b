package dev.rideau.server.internal.view;

import dev.rideau.reports.ReportRunner.TimeRange;
import dev.rideau.server.internal.http.Cancel;
import dev.rideau.server.internal.http.HttpFailure;
import dev.rideau.tables.DatabaseException;
import dev.rideau.tables.ResultColumn;
import dev.rideau.tables.Rows;
import dev.rideau.tables.TraceDatabase;
import java.io.IOException;
import java.nio.file.Path;
import java.time.DateTimeException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/// Statements of users over one trace. Thread-safe.
public final class SqlBox {
  /// Roughly the memory that rows may take.
  private static final long MOST_BYTES = 64 << 20;

  private final OpenTrace trace;

  SqlBox(OpenTrace trace) {
    this.trace = trace;
  }

  /// Runs a statement.
  ///
  /// @param range what `getvariable('begin_ts')` and `getvariable('end_ts')` are
  /// @param host number of the only machine whose facts are seen, null for all
  /// @param most rows
  public SqlAnswer run(
      Statement statement, TimeRange range, @Nullable Integer host, int most, Cancel cancel) {
    long begin = System.nanoTime();
    boolean readsRecords = statement.sql().toLowerCase(Locale.ROOT).contains("events");
    if (readsRecords) {
      trace.checkFiles();
    }
    SqlAnswer answer = read(statement, range, host, most, begin, cancel);
    if (readsRecords) {
      trace.checkFiles();
    }
    return answer;
  }

  private SqlAnswer read(
      Statement statement,
      TimeRange range,
      @Nullable Integer host,
      int most,
      long begin,
      Cancel cancel) {
    return read(
        statement,
        range,
        host,
        cancel,
        rows -> {
          List<@Nullable Object[]> all = new ArrayList<>();
          boolean isTruncated = !readInto(all, rows, most);
          return new SqlAnswer(
              rows.columns(), all, isTruncated, (System.nanoTime() - begin) / 1_000_000);
        });
  }

  // Whether these are all rows.
  private static boolean readInto(List<@Nullable Object[]> all, Rows rows, int most) {
    long bytes = 0;
    int width = rows.columns().size();
    while (rows.next()) {
      if (all.size() == most || bytes > MOST_BYTES) {
        return false;
      }
      @Nullable Object[] row = new Object[width];
      for (int i = 0; i < width; i++) {
        row[i] = value(rows, i);
        bytes += size(row[i]);
      }
      all.add(row);
    }
    return true;
  }

  /// Runs a statement and reads its rows, which are not too large together.
  ///
  /// @param range what `getvariable('begin_ts')` and `getvariable('end_ts')` are
  /// @param host the machine that it sees, or null for all
  public <T> T read(
      Statement statement,
      TimeRange range,
      @Nullable Integer host,
      Cancel cancel,
      Function<Rows, T> reader) {
    try (Sessions.Lease lease = trace.lockedSession(cancel)) {
      TraceDatabase database = lease.database();
      tell(lease, range, host);
      String sql = SizeWall.around(statement, database);
      try (ReadOnly _ = new ReadOnly(database);
          Rows rows = database.query(sql)) {
        return reader.apply(rows);
      }
    } catch (DatabaseException failure) {
      throw SizeWall.told(failure);
    }
  }

  /// Sees to it that a statement makes sense over this trace, without running it.
  ///
  /// @return names of the columns of its rows; none when they cannot be told beforehand
  /// @throws DatabaseException when it does not
  public List<String> check(Statement statement, Cancel cancel) {
    try (Sessions.Lease lease = trace.lockedSession(cancel)) {
      tell(lease, trace.span(), null);
      return SizeWall.columns(statement, lease.database()).stream()
          .map(ResultColumn::name)
          .toList();
    }
  }

  private static void tell(Sessions.Lease lease, TimeRange range, @Nullable Integer host) {
    TraceDatabase database = lease.database();
    lease.limitTo(host);
    database.execute("SET VARIABLE begin_ts = " + range.beginNs() + "::BIGINT");
    database.execute("SET VARIABLE end_ts = " + range.endNs() + "::BIGINT");
  }

  private static @Nullable Object value(Rows rows, int column) {
    try {
      return rows.valueAt(column);
    } catch (DateTimeException failure) {
      // The database knows times that Java does not, such as 24:00:00.
      throw new HttpFailure(
          400,
          "a value of '" + rows.columns().get(column).name() + "' cannot be written as it is",
          "cast it to VARCHAR");
    }
  }

  private static long size(@Nullable Object value) {
    return switch (value) {
      case String text -> 40L + text.length();
      case byte[] bytes -> 20L + bytes.length;
      case List<?> list -> 24 + list.stream().mapToLong(SqlBox::size).sum();
      case Map<?, ?> map -> 48 + map.values().stream().mapToLong(SqlBox::size).sum();
      case null, default -> 20;
    };
  }

  /// Writes the rows of a statement into a Parquet file.
  ///
  /// @return the file, to be deleted by who asks
  public Path parquet(Statement statement, TimeRange range, @Nullable Integer host, Cancel cancel)
      throws IOException {
    try (Sessions.Lease lease = trace.lockedSession(cancel)) {
      TraceDatabase database = lease.database();
      tell(lease, range, host);
      String sql = SizeWall.aroundFile(statement, database);
      try (ReadOnly _ = new ReadOnly(database)) {
        // Fails here if it fails: a file that is given up on the way may be waited for for ever, in
        // the database's own threads for writing.
        try (Rows rows = database.query("SELECT count(*) FROM (" + sql + "\n)")) {
          rows.next();
        }
        return Exports.parquet(
            database,
            file ->
                database.execute(
                    "COPY ("
                        + sql
                        + "\n) TO '"
                        + file.toString().replace("'", "''")
                        + "' (FORMAT parquet, COMPRESSION zstd)"));
      }
    } catch (DatabaseException failure) {
      throw SizeWall.told(failure);
    }
  }

  /// A transaction that cannot write.
  private static final class ReadOnly implements AutoCloseable {
    private final TraceDatabase database;

    ReadOnly(TraceDatabase database) {
      this.database = database;
      database.execute("BEGIN TRANSACTION READ ONLY");
    }

    @Override
    public void close() {
      try {
        database.execute("ROLLBACK");
      } catch (DatabaseException alreadyOver) {
        // A statement that failed has ended it.
        return;
      }
    }
  }
}
