package dev.rideau.server.internal.view;

import dev.rideau.tables.TraceDatabase;
import java.util.ArrayList;
import java.util.List;

/// Keeps statements of users from making single values of any size.
///
/// Functions that do so cannot be cancelled while they make one, and the database makes values of
/// constants while it plans, and of two thousand rows at once before anybody can look at them. So
/// sessions for such statements have functions of the same names that look at the size first.
final class ValueWall {
  /// Bytes of a text, or elements of a list.
  private static final int MOST = 100_000;

  /// Steps, and numbers held, of functions that compare each sign of one text with each of another.
  private static final int MOST_PAIRS = 10_000_000;

  /// Bytes of a text in which others were replaced.
  private static final int MOST_REPLACED = 1_000_000;

  /// Arguments of functions that take any number of them.
  private static final int MOST_ARGUMENTS = 16;

  static final String TOO_LARGE = "makes values of at most " + MOST + " bytes or elements here";

  private ValueWall() {}

  /// Puts the functions into a session.
  static void raise(TraceDatabase session) {
    text(session, "repeat", "(a, n)", "a, ", "n * strlen(a::VARCHAR)", "");
    for (String name : List.of("lpad", "rpad")) {
      text(session, name, "(a, n, b)", "a, ", "n", ", b");
    }
    for (String name : List.of("range", "generate_series")) {
      session.execute(
          "CREATE OR REPLACE TEMP MACRO "
              + name
              + list(name, "(n)", number("n"), "")
              + ", "
              + list(name, "(a, n)", number("n") + " - " + number("a"), "")
              + ", "
              + list(
                  name,
                  "(a, n, b)",
                  "(" + number("n") + " - " + number("a") + ") / " + number("b"),
                  ", b"));
    }
    for (String name : List.of("list_resize", "array_resize")) {
      session.execute(
          "CREATE OR REPLACE TEMP MACRO "
              + name
              + list(name, "(a, n)", "n", "")
              + ", "
              + list(name, "(a, n, b)", "n", ", b"));
    }
    text(session, "bitstring", "(a, n)", "a, ", "n", "");
    // Widths stand in the text: {:>100000} and, from an argument, {:{}}; %100000d and %*d.
    widths(session, "format", "\\{[^{}]*([0-9]{5,}|\\{)", "system.main.replace(f, '{{', '')");
    widths(session, "printf", "%[^a-zA-Z%]*([0-9]{5,}|[*])", "f");
    session.execute(
        "CREATE OR REPLACE TEMP MACRO replace"
            + replaced(
                "replace", "(s, a, b)", "a, b", "strlen(x) // greatest(strlen(a), 1) * strlen(b)"));
    // A reference to a group may stand for all of the text.
    String size = "(strlen(x) + 1) * strlen(b)";
    session.execute(
        "CREATE OR REPLACE TEMP MACRO regexp_replace"
            + replaced("regexp_replace", "(s, a, b)", "a, b", size)
            + ", "
            + replaced("regexp_replace", "(s, a, b, o)", "a, b, o", size));
    for (String name : List.of("levenshtein", "editdist3", "damerau_levenshtein")) {
      session.execute(
          "CREATE OR REPLACE TEMP MACRO %s(a, b) AS system.main.%s(%s, b)"
              .formatted(name, name, guarded(name, "strlen(a) * strlen(b)", MOST_PAIRS, "a")));
    }
  }

  private static void widths(TraceDatabase session, String name, String pattern, String text) {
    List<String> forms = new ArrayList<>();
    StringBuilder arguments = new StringBuilder();
    for (int count = 0; count <= MOST_ARGUMENTS; count++) {
      forms.add(
          "(f%s) AS system.main.%s(CASE WHEN system.main.regexp_matches(%s, '%s') THEN error('%s() %s') ELSE f END%s)"
              .formatted(arguments, name, text, pattern, name, TOO_LARGE, arguments));
      arguments.append(", a").append(count);
    }
    session.execute("CREATE OR REPLACE TEMP MACRO " + name + String.join(", ", forms));
  }

  private static void text(
      TraceDatabase session,
      String name,
      String parameters,
      String before,
      String size,
      String after) {
    session.execute(
        "CREATE OR REPLACE TEMP MACRO "
            + name
            + parameters
            + " AS "
            + call(name, before, size, after));
  }

  private static String list(String name, String parameters, String size, String after) {
    String before = parameters.startsWith("(a") ? "a, " : "";
    return parameters + " AS " + call(name, before, size, after);
  }

  // The text is named once only, in a list of one: such calls stand in one another, and each time
  // that a macro names its argument the statement becomes longer.
  private static String replaced(String name, String parameters, String after, String size) {
    return "%s AS list_transform([s], lambda x: system.main.%s(%s, %s))[1]"
        .formatted(parameters, name, guarded(name, size, MOST_REPLACED, "x"), after);
  }

  private static String guarded(String name, String size, int most, String argument) {
    return "CASE WHEN %s > %d THEN error('%s() %s') ELSE %s END"
        .formatted(size, most, name, TOO_LARGE, argument);
  }

  // The argument is what fails, since the call itself is made before its surroundings are.
  private static String call(String name, String before, String size, String after) {
    return "system.main.%s(%s%s%s)".formatted(name, before, guarded(name, size, MOST, "n"), after);
  }

  // Bounds can be times as well, of which nothing is known.
  private static String number(String argument) {
    return "try_cast(" + argument + "::VARCHAR AS DOUBLE)";
  }
}
