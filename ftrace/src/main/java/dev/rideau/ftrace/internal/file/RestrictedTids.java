package dev.rideau.ftrace.internal.file;

import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/// The tasks that a recording is restricted to. The format has no place for them, so they stand
/// behind the name of the recorder: `rideau 1.0 (only tasks 17,18 and their children)`.
public final class RestrictedTids {
  private static final Pattern TEXT =
      Pattern.compile("(.*) \\(only tasks ([\\d,]+) and their children\\)", Pattern.DOTALL);

  private RestrictedTids() {}

  /// The name of the recorder with the tasks behind it, if there are any.
  public static String with(String recorder, List<Long> tids) {
    String numbers = tids.stream().map(String::valueOf).collect(Collectors.joining(","));
    return tids.isEmpty()
        ? recorder
        : "%s (only tasks %s and their children)".formatted(recorder, numbers);
  }

  /// The numbers behind the name of a recorder, with commas between; empty when there are none.
  public static String of(String text) {
    Matcher matcher = TEXT.matcher(text);
    return matcher.matches() ? matcher.group(2) : "";
  }

  /// The name of the recorder alone.
  public static String recorder(String text) {
    Matcher matcher = TEXT.matcher(text);
    return matcher.matches() ? matcher.group(1) : text;
  }
}
