package dev.rideau.reports.internal;

import dev.rideau.reports.ReportRunner.TimeRange;
import dev.rideau.reports.internal.TopLevel.Token;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// Makes one statement of a query about a range of time that answers it for many ranges: the ranges
/// are a table, the query is joined to it, with the columns of the table as begin and end.
///
/// The order of the query is lost in a join. So what it orders by is taken along as columns, and
/// the whole is ordered by the range and them.
public final class RangesQuery {
  private static final String RANGES = "asked_range";
  private static final String ANSWER = "asked_answer";
  private static final String ORDER = "asked_order_";

  private static final Pattern ITEM =
      Pattern.compile(
          "(.*?)((?:\\s+(?:ASC|DESC))?(?:\\s+NULLS\\s+(?:FIRST|LAST))?)\\s*",
          Pattern.CASE_INSENSITIVE | Pattern.DOTALL);
  private static final Pattern NAME = Pattern.compile("\"?([A-Za-z_][A-Za-z0-9_]*)\"?");
  private static final Set<String> SET_OPERATIONS = Set.of("UNION", "INTERSECT", "EXCEPT");
  private static final Set<String> BEHIND_ORDER = Set.of("LIMIT", "OFFSET", "FETCH");

  private final String sql;
  private final List<Token> tokens;
  private final List<String> columns;
  private final StringBuilder added = new StringBuilder();
  private final StringBuilder order = new StringBuilder();
  private int expressions;

  private RangesQuery(String sql, List<String> columns) {
    this.sql = sql;
    this.columns = columns;
    tokens = TopLevel.of(sql);
  }

  /// What stands for the begin of a range in the query.
  public static final String BEGIN = RANGES + ".begin_ns";

  /// What stands for its end.
  public static final String END = RANGES + ".end_ns";

  /// The statement. Its first column is the position of the range, the columns of the query follow,
  /// further ones may stand behind them. Ranges without rows do not occur.
  ///
  /// @param sql the query, with [#BEGIN] and [#END] in it
  /// @param columns names of its columns
  /// @return null when the order of the query cannot be kept
  public static @Nullable String of(String sql, List<String> columns, List<TimeRange> ranges) {
    RangesQuery query = new RangesQuery(sql, columns);
    String body = query.withOrder();
    return body == null ? null : query.joined(body, ranges);
  }

  private String joined(String body, List<TimeRange> ranges) {
    StringBuilder statement = new StringBuilder("SELECT ");
    statement.append(RANGES).append(".asked_number, ").append(ANSWER).append(".* FROM (VALUES ");
    for (int i = 0; i < ranges.size(); i++) {
      TimeRange range = ranges.get(i);
      statement.append(i == 0 ? "(" : ", (").append(i).append(", ").append(range.beginNs());
      statement.append("::BIGINT, ").append(range.endNs()).append("::BIGINT)");
    }
    return statement
        .append(") AS ")
        .append(RANGES)
        .append("(asked_number, begin_ns, end_ns), LATERAL (\n")
        .append(body)
        .append("\n) AS ")
        .append(ANSWER)
        .append(" ORDER BY ")
        .append(RANGES)
        .append(".asked_number")
        .append(order)
        .toString();
  }

  /// The query with what it orders by as further columns.
  private @Nullable String withOrder() {
    int by = lastOrderBy();
    if (by < 0) {
      return sql;
    }
    int from = tokens.get(by).to();
    for (int i = by + 1; i <= tokens.size(); i++) {
      boolean isEnd = i == tokens.size() || BEHIND_ORDER.contains(tokens.get(i).text());
      if (isEnd || tokens.get(i).text().equals(",")) {
        int to = i == tokens.size() ? sql.length() : tokens.get(i).from();
        if (!item(sql.substring(from, to).strip())) {
          return null;
        }
        if (isEnd) {
          break;
        }
        from = tokens.get(i).to();
      }
    }
    if (expressions == 0) {
      return sql;
    }
    int place = endOfColumns(by);
    return place < 0 ? null : sql.substring(0, place) + added + " " + sql.substring(place);
  }

  private int lastOrderBy() {
    for (int i = tokens.size() - 1; i > 0; i--) {
      if (tokens.get(i).text().equals("BY") && tokens.get(i - 1).text().equals("ORDER")) {
        return i;
      }
    }
    return -1;
  }

  private boolean item(String text) {
    Matcher parts = ITEM.matcher(text);
    if (!parts.matches() || parts.group(1).chars().allMatch(Character::isDigit)) {
      return false;
    }
    String expression = parts.group(1);
    String direction = parts.group(2);
    if (expression.equalsIgnoreCase("ALL")) {
      columns.forEach(column -> orderBy('"' + column + '"', direction));
      return true;
    }
    Matcher name = NAME.matcher(expression);
    if (name.matches() && isColumn(name.group(1))) {
      orderBy('"' + name.group(1) + '"', direction);
      return true;
    }
    // What speaks of columns of the answer can be told from them, all else only inside the query.
    for (String column : columns) {
      if (Pattern.compile("(?i)(?<![\\w.])" + column + "(?![\\w.(])").matcher(expression).find()) {
        order.append(", ").append(text);
        return true;
      }
    }
    added.append(", (").append(expression).append(") AS ").append(ORDER).append(expressions);
    orderBy(ORDER + expressions, direction);
    expressions++;
    return true;
  }

  private void orderBy(String column, String direction) {
    order.append(", ").append(ANSWER).append('.').append(column).append(direction);
  }

  private boolean isColumn(String name) {
    String wanted = name.toLowerCase(Locale.ROOT);
    return columns.stream().anyMatch(each -> each.toLowerCase(Locale.ROOT).equals(wanted));
  }

  /// Where the columns of the last SELECT before the order end; -1 when none can be added.
  private int endOfColumns(int by) {
    List<Token> before = new ArrayList<>(tokens.subList(0, by));
    int select = -1;
    for (int i = 0; i < before.size(); i++) {
      String word = before.get(i).text();
      if (SET_OPERATIONS.contains(word)) {
        return -1;
      }
      select = word.equals("SELECT") ? i : select;
    }
    if (select < 0 || before.get(select + 1).text().equals("DISTINCT")) {
      return -1;
    }
    for (int i = select + 1; i < before.size(); i++) {
      if (before.get(i).text().equals("FROM") && !before.get(i - 1).text().equals("DISTINCT")) {
        return before.get(i).from();
      }
    }
    return -1;
  }
}
