package dev.rideau.server.internal.tsp;

import dev.rideau.reports.FactSource;
import dev.rideau.reports.Report;
import dev.rideau.reports.ReportRunner;
import dev.rideau.reports.ReportRunner.Availability;
import dev.rideau.server.internal.http.Cancel;
import dev.rideau.server.internal.http.HttpFailure;
import dev.rideau.server.internal.view.OpenTrace;
import dev.rideau.server.internal.view.Statement;
import dev.rideau.tables.DatabaseException;
import dev.rideau.tables.Rows;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;

/// The tables of a trace, asked. Any thread may ask.
final class Facts {
  private Facts() {}

  /// Runs a statement of this program.
  ///
  /// @param read makes the answer of its rows
  static <T> T query(
      OpenTrace source, Cancel cancel, String sql, List<?> parameters, Function<Rows, T> read) {
    return source.ask(
        cancel,
        database -> {
          try (Rows rows = database.query(sql, parameters.toArray())) {
            return read.apply(rows);
          }
        });
  }

  /// Runs a statement of a user: it can read the tables of the trace and nothing else.
  static <T> T userQuery(OpenTrace source, Cancel cancel, String sql, Function<Rows, T> read) {
    Statement statement = StatementCheck.readable(sql);
    try {
      return source.sql().read(statement, source.span(), null, cancel, read);
    } catch (DatabaseException failure) {
      if (failure.kind() == DatabaseException.Kind.STATEMENT) {
        throw new HttpFailure(400, "the statement is wrong: " + failure.getMessage(), null);
      }
      throw failure;
    }
  }

  /// A statement with a column `host` that has the name of the machine in front of another column,
  /// where there are several machines.
  static String ofHosts(OpenTrace source, String sql, String column) {
    return source.hosts().size() < 2
        ? sql
        : "SELECT c.* REPLACE (h.name || ': ' || c.%s AS %s) FROM (%s) c JOIN host h ON h.host = c.host"
            .formatted(column, column, sql);
  }

  /// Which of these events were not recorded.
  static List<String> missing(OpenTrace source, List<Report.Need> needs, Cancel cancel) {
    return source.ask(
        cancel,
        database -> {
          ReportRunner runner = new ReportRunner(FactSource.of(database));
          List<String> missing = new ArrayList<>();
          for (Report.Need need : needs) {
            if (runner.availability(need) == Availability.ABSENT) {
              missing.add(need.toString());
            }
          }
          return missing;
        });
  }
}
