package dev.rideau.reports.internal;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;

/// SQL with `$name` where a value is to stand.
///
/// Texts, quoted names and comments are left alone.
public final class SqlTemplate {
  private final String sql;
  private final List<Place> places;

  /// A `$name`.
  ///
  /// @param name without the dollar sign
  /// @param from where the dollar sign stands
  /// @param to behind the name
  public record Place(String name, int from, int to) {}

  public SqlTemplate(String sql) {
    this.sql = sql;
    this.places = scan(sql);
  }

  /// All places in their order.
  public List<Place> places() {
    return places;
  }

  /// Number of line ends before a place.
  public int line(Place place) {
    return (int) sql.substring(0, place.from).chars().filter(c -> c == '\n').count();
  }

  /// The SQL with a value at each place.
  ///
  /// @param literal the value of a name, as SQL
  public String fill(Function<String, String> literal) {
    StringBuilder filled = new StringBuilder(sql.length() + 256);
    int done = 0;
    for (Place place : places) {
      filled.append(sql, done, place.from).append(literal.apply(place.name));
      done = place.to;
    }
    return filled.append(sql, done, sql.length()).toString();
  }

  private static List<Place> scan(String sql) {
    List<Place> places = new ArrayList<>();
    int at = 0;
    while (at < sql.length()) {
      char c = sql.charAt(at);
      if (c == '\'' || c == '"') {
        at = behind(sql, at + 1, String.valueOf(c));
      } else if (sql.startsWith("--", at)) {
        at = behind(sql, at, "\n");
      } else if (sql.startsWith("/*", at)) {
        at = behind(sql, at + 2, "*/");
      } else if (c == '$' && at + 1 < sql.length() && isFirst(sql.charAt(at + 1))) {
        int end = at + 2;
        while (end < sql.length() && isFurther(sql.charAt(end))) {
          end++;
        }
        places.add(new Place(sql.substring(at + 1, end), at, end));
        at = end;
      } else {
        at++;
      }
    }
    return List.copyOf(places);
  }

  private static int behind(String sql, int from, String end) {
    int found = sql.indexOf(end, from);
    return found < 0 ? sql.length() : found + end.length();
  }

  private static boolean isFirst(char c) {
    return c >= 'a' && c <= 'z' || c == '_';
  }

  private static boolean isFurther(char c) {
    return isFirst(c) || c >= '0' && c <= '9';
  }
}
