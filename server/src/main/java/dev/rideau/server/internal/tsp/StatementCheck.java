package dev.rideau.server.internal.tsp;

import dev.rideau.server.internal.http.Cancel;
import dev.rideau.server.internal.http.HttpFailure;
import dev.rideau.server.internal.view.OpenTrace;
import dev.rideau.server.internal.view.Statement;
import dev.rideau.tables.DatabaseException;
import java.util.Collection;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Says at once what is wrong with a statement that a user adds, and not only when it is asked for.
final class StatementCheck {
  private StatementCheck() {}

  /// A statement that reads.
  ///
  /// @throws HttpFailure 400 when it does not
  static Statement readable(String sql) {
    try {
      return Statement.of(sql);
    } catch (HttpFailure failure) {
      throw TspFailure.malformed("parameters.sql: " + failure.getMessage(), failure.advice());
    }
  }

  /// Sees to it that there is a trace over which the statement of a configuration can run. As long
  /// as one is being read nobody knows.
  ///
  /// @throws HttpFailure 400 when there is none
  static void check(Configuration configuration, Collection<OpenTrace> traces, Cancel cancel) {
    Statement statement = readable(text(configuration, "sql"));
    HttpFailure refusal = null;
    for (OpenTrace trace : traces) {
      if (!trace.status().isOver()) {
        return;
      }
      if (trace.status().isReady()) {
        refusal = refusal(configuration, statement, trace, cancel);
        if (refusal == null) {
          return;
        }
      }
    }
    if (refusal != null) {
      throw refusal;
    }
  }

  private static @Nullable HttpFailure refusal(
      Configuration configuration, Statement statement, OpenTrace trace, Cancel cancel) {
    List<String> columns;
    try {
      columns = trace.sql().check(statement, cancel);
    } catch (DatabaseException failure) {
      if (failure.kind() == DatabaseException.Kind.CANCELLED) {
        throw failure;
      }
      return TspFailure.malformed("the statement is wrong: " + failure.getMessage(), null);
    }
    for (String role : List.of("time", "value", "series")) {
      String wanted = text(configuration, role);
      if (!columns.isEmpty() && !wanted.isEmpty() && !columns.contains(wanted)) {
        return TspFailure.malformed(
            "the statement has no column '" + TspText.shortened(wanted) + "'",
            "it has " + String.join(", ", columns));
      }
    }
    return null;
  }

  private static String text(Configuration configuration, String name) {
    Object value = configuration.parameters().get(name);
    return value == null ? "" : value.toString();
  }
}
