package dev.rideau.server.internal.tsp;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Predicate;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// Which states a client wants to see bright, and which at all.
///
/// An expression is a list of terms joined with `&&` or `||` (`&&` binds tighter), each a text that
/// is looked for everywhere, or `key operator value` with the operators `==`, `=`, `!=`, `<`, `>`,
/// `<=`, `>=`, `contains`, `matches`. `!` before a term turns it round. Durations may have units.
record StateFilter(
    List<Predicate<Map<String, String>>> bright, List<Predicate<Map<String, String>>> kept) {
  static final StateFilter NONE = new StateFilter(List.of(), List.of());

  /// Bit of a state that the client draws dimmed.
  static final int DIMMED = 1;

  private static final int LONGEST = 1000;
  private static final Pattern TERM =
      Pattern.compile(
          "([\\w .-]+?)\\s*(==|!=|<=|>=|=|<|>|\\bcontains\\b|\\bmatches\\b)\\s*(.+)",
          Pattern.DOTALL);
  private static final Pattern DURATION =
      Pattern.compile("([0-9]*\\.?[0-9]+)\\s*(ns|us|µs|ms|s|m|min|h)?");

  /// Reads the member `filter_query_parameters` of a request.
  static StateFilter of(Fields parameters) {
    Fields filter = parameters.optionalObject("filter_query_parameters");
    if (filter == null) {
      return NONE;
    }
    Fields expressions = filter.optionalObject("filter_expressions_map");
    if (expressions == null) {
      return NONE;
    }
    List<Predicate<Map<String, String>>> bright = new ArrayList<>();
    List<Predicate<Map<String, String>>> kept = new ArrayList<>();
    for (String key : expressions.names()) {
      for (String text : expressions.optionalTexts(key)) {
        if (!text.isBlank()) {
          switch (key) {
            case "1" -> bright.add(expression(text));
            case "4" -> kept.add(expression(text));
            default ->
                throw TspFailure.malformed(
                    "filter_expressions_map has the key '" + TspText.shortened(key) + "'",
                    "1 is for dimmed states and 4 for those that are left out");
          }
        }
      }
    }
    return new StateFilter(List.copyOf(bright), List.copyOf(kept));
  }

  boolean isNone() {
    return bright.isEmpty() && kept.isEmpty();
  }

  /// Whether a state with these values is shown.
  boolean keeps(Map<String, String> state) {
    return kept.stream().allMatch(each -> each.test(state));
  }

  /// The bits of a state with these values.
  int tags(Map<String, String> state) {
    return bright.stream().allMatch(each -> each.test(state)) ? 0 : DIMMED;
  }

  private static Predicate<Map<String, String>> expression(String text) {
    if (text.length() > LONGEST) {
      throw TspFailure.malformed(
          "a filter expression is too long", "give at most " + LONGEST + " characters");
    }
    Predicate<Map<String, String>> any = _ -> false;
    for (String alternative : text.split("\\|\\|", -1)) {
      Predicate<Map<String, String>> all = _ -> true;
      for (String term : alternative.split("&&", -1)) {
        all = all.and(term(term.strip()));
      }
      any = any.or(all);
    }
    return any;
  }

  private static Predicate<Map<String, String>> term(String text) {
    if (text.startsWith("!") && !text.startsWith("!=")) {
      return term(text.substring(1).strip()).negate();
    }
    Matcher parts = TERM.matcher(text);
    if (!parts.matches()) {
      String wanted = unquoted(text).toLowerCase(Locale.ROOT);
      return state -> state.values().stream().anyMatch(each -> lower(each).contains(wanted));
    }
    String key = parts.group(1).strip().toLowerCase(Locale.ROOT);
    String operator = parts.group(2);
    String value = unquoted(parts.group(3).strip());
    return state -> {
      String actual = state.get(key);
      return actual != null && compare(actual, operator, value, key);
    };
  }

  private static boolean compare(String actual, String operator, String value, String key) {
    String wanted = lower(value);
    return switch (operator) {
      case "=", "==" -> lower(actual).equals(wanted);
      case "!=" -> !lower(actual).equals(wanted);
      case "contains" -> lower(actual).contains(wanted);
      case "matches" -> lower(actual).matches(Pattern.quote(wanted).replace("*", "\\E.*\\Q"));
      default -> {
        double left = number(actual, key);
        double right = number(value, key);
        yield switch (operator) {
          case "<" -> left < right;
          case ">" -> left > right;
          case "<=" -> left <= right;
          default -> left >= right;
        };
      }
    };
  }

  // NaN, which compares with nothing, where there is no number.
  private static double number(String text, String key) {
    Matcher parts = DURATION.matcher(text.strip());
    if (!parts.matches()) {
      return Double.NaN;
    }
    double number = Double.parseDouble(parts.group(1));
    String unit = parts.group(2);
    if (unit == null || !key.equals("duration")) {
      return number;
    }
    return number
        * switch (unit) {
          case "us", "µs" -> 1e3;
          case "ms" -> 1e6;
          case "s" -> 1e9;
          case "m", "min" -> 60e9;
          case "h" -> 3600e9;
          default -> 1;
        };
  }

  private static String unquoted(String text) {
    return text.length() >= 2 && text.startsWith("\"") && text.endsWith("\"")
        ? text.substring(1, text.length() - 1)
        : text;
  }

  private static String lower(String text) {
    return text.toLowerCase(Locale.ROOT);
  }
}
