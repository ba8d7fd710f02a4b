package dev.rideau.server.internal.view;

import dev.rideau.server.internal.http.HttpFailure;
import dev.rideau.tables.DatabaseException;
import dev.rideau.tables.ResultColumn;
import dev.rideau.tables.Rows;
import dev.rideau.tables.TraceDatabase;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// Keeps rows that are too large for the heap in the database.
///
/// The driver makes Java objects of about two thousand rows at once, before anybody can look at
/// them. So the database adds up how large the values of a statement's rows are, and fails at the
/// row with which they are too many.
final class SizeWall {
  /// More than readers of rows take in, so that they can end earlier in order.
  private static final long MOST_BYTES = 128 << 20;

  private static final String TOO_LARGE = "the answer has more than 128 MB in few rows";

  /// What a file takes at most, before it is compressed, with its numbers.
  private static final long MOST_FILE_BYTES = 1L << 30;

  private static final String FILE_TOO_LARGE = "the file would have more than 1 GB";

  /// How statements begin whose rows can be as large as one likes.
  private static final Set<String> BEGINS =
      Set.of("select", "with", "from", "values", "table", "summarize", "pivot", "unpivot");

  /// Those that are rows only in parentheses.
  private static final Set<String> WRAPPED = Set.of("summarize", "pivot", "unpivot");

  /// Types of times, alone or within others. The database writes all of their values, Java knows
  /// neither `infinity` nor 24:00:00.
  private static final Pattern TIME =
      Pattern.compile("\\b(TIMESTAMP(_S|_MS|_NS)?|DATE|TIME(_NS)?)( WITH TIME ZONE)?(?=[\\[,)]|$)");

  /// Types besides numbers whose values all have the same few bytes.
  private static final Set<String> SMALL =
      Set.of("BOOLEAN", "DATE", "INTERVAL", "UUID", "\"NULL\"");

  private SizeWall() {}

  /// A statement with the same rows that fails where they are too large. When nothing is known of
  /// the rows, for instance because the statement is wrong, the statement itself.
  static String around(Statement statement, TraceDatabase database) {
    return around(statement, database, 0, MOST_BYTES, TOO_LARGE);
  }

  /// The same for rows that go into a file, where numbers count as well.
  static String aroundFile(Statement statement, TraceDatabase database) {
    return around(statement, database, Long.BYTES, MOST_FILE_BYTES, FILE_TOO_LARGE);
  }

  private static String around(
      Statement statement, TraceDatabase database, int smallBytes, long most, String told) {
    try {
      return around(statement, columns(statement, database), smallBytes, most, told);
    } catch (DatabaseException failure) {
      if (failure.kind() == DatabaseException.Kind.STATEMENT) {
        return statement.sql(); // it will tell by itself what is wrong with it
      }
      throw failure;
    }
  }

  /// The columns of a statement's rows, without running it; none when it cannot be told.
  ///
  /// @throws DatabaseException when the statement is wrong
  static List<ResultColumn> columns(Statement statement, TraceDatabase database) {
    String word = statement.firstWord();
    List<ResultColumn> found = new ArrayList<>();
    if (BEGINS.contains(word)) {
      String sql = statement.sql();
      String described = WRAPPED.contains(word) ? "FROM (" + sql + "\n)" : sql;
      try (Rows columns = database.query("DESCRIBE " + described)) {
        while (columns.next()) {
          found.add(
              new ResultColumn(
                  String.valueOf(columns.textAt(0)), String.valueOf(columns.textAt(1))));
        }
      }
    }
    return found;
  }

  private static String around(
      Statement statement, List<ResultColumn> columns, int smallBytes, long most, String told) {
    List<String> names = new ArrayList<>();
    List<String> places = new ArrayList<>();
    List<String> sizes = new ArrayList<>();
    boolean isOther = false;
    for (ResultColumn column : columns) {
      String place = "c" + places.size();
      places.add(place);
      String shown = smallBytes > 0 ? place : written(column, place);
      isOther |= !shown.equals(place);
      names.add(shown + " AS \"" + column.name().replace("\"", "\"\"") + "\"");
      String size = size(column, place);
      if (!size.isEmpty()) {
        sizes.add("coalesce(" + size + ", 0)");
      }
    }
    if (smallBytes > 0 && !columns.isEmpty()) {
      sizes.add(Integer.toString(smallBytes * columns.size()));
    }
    String answer = "(" + statement.sql() + "\n) AS answer(" + String.join(", ", places) + ")";
    if (sizes.isEmpty()) {
      return isOther ? "SELECT " + String.join(", ", names) + " FROM " + answer : statement.sql();
    }
    return "SELECT "
        + String.join(", ", names)
        + " FROM (SELECT *, sum("
        + String.join(" + ", sizes)
        + ") OVER (ROWS UNBOUNDED PRECEDING) AS bytes FROM "
        + answer
        + ") WHERE CASE WHEN bytes > "
        + most
        + " THEN error('"
        + told
        + "') ELSE true END";
  }

  // A value with its times as texts.
  private static String written(ResultColumn column, String place) {
    Matcher times = TIME.matcher(column.type());
    return times.find() ? place + "::" + times.replaceAll("VARCHAR") : place;
  }

  // Bytes of a value; nothing for those that are small.
  private static String size(ResultColumn column, String place) {
    String type = column.type();
    boolean isLabel = type.startsWith("TIME") || type.startsWith("ENUM");
    if (column.isNumber() || SMALL.contains(type) || isLabel && !type.endsWith("]")) {
      return "";
    }
    return switch (type) {
      case "VARCHAR", "JSON" -> "strlen(" + place + ")";
      case "BLOB" -> "octet_length(" + place + ")";
      default -> "strlen(" + place + "::VARCHAR)";
    };
  }

  /// What to tell of a failed statement: that its rows are too large, if that was it.
  static RuntimeException told(DatabaseException failure) {
    String message = String.valueOf(failure.getMessage());
    if (message.contains(TOO_LARGE)) {
      return new HttpFailure(507, TOO_LARGE, "ask for fewer rows or shorter values");
    }
    if (message.contains(FILE_TOO_LARGE)) {
      return new HttpFailure(507, FILE_TOO_LARGE, "ask for fewer rows, or use 'rideau sql'");
    }
    return message.contains(ValueWall.TOO_LARGE)
        ? new HttpFailure(507, message, "use 'rideau sql'")
        : failure;
  }
}
