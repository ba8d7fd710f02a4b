package dev.rideau.server.internal.view;

import dev.rideau.tables.TraceDatabase;
import java.util.List;

/// Keeps statements of users from making single values of any size.
///
/// Functions that do so cannot be cancelled while they make one, and the database makes values of
/// constants while it plans, and of two thousand rows at once before anybody can look at them. So
/// sessions for such statements have functions of the same names that look at the size first.
final class ValueWall {
  /// Bytes of a text, or elements of a list.
  private static final int MOST = 100_000;

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

  // The argument is what fails, since the call itself is made before its surroundings are.
  private static String call(String name, String before, String size, String after) {
    return "system.main.%s(%sCASE WHEN %s > %d THEN error('%s() %s') ELSE n END%s)"
        .formatted(name, before, size, MOST, name, TOO_LARGE, after);
  }

  // Bounds can be times as well, of which nothing is known.
  private static String number(String argument) {
    return "try_cast(" + argument + "::VARCHAR AS DOUBLE)";
  }
}
