package dev.rideau.ftrace.internal.file;

import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/// What a recording is restricted to. The format has no place for it, so it stands behind the name
/// of the recorder: `rideau 1.0 (only tasks 17,18 and their children) (only some of sched_switch)`.
///
/// @param recorder the name alone
/// @param tids tasks that were recorded, with the children they get, with commas between; empty for
///   all
/// @param partialEvents names of events of which a filter let some records through, with commas
///   between
public record Restrictions(String recorder, String tids, String partialEvents) {
  private static final Pattern TEXT =
      Pattern.compile(
          "(.*?)(?: \\(only tasks ([\\d,]+) and their children\\))?(?: \\(only some of ([\\w,]+)\\))?",
          Pattern.DOTALL);

  /// The name of the recorder with all of it behind.
  public static String text(String recorder, List<Long> tids, List<String> partialEvents) {
    StringBuilder text = new StringBuilder(recorder);
    if (!tids.isEmpty()) {
      String numbers = tids.stream().map(String::valueOf).collect(Collectors.joining(","));
      text.append(" (only tasks ").append(numbers).append(" and their children)");
    }
    if (!partialEvents.isEmpty()) {
      text.append(" (only some of ").append(String.join(",", partialEvents)).append(')');
    }
    return text.toString();
  }

  /// What such a text tells.
  public static Restrictions of(String text) {
    Matcher matcher = TEXT.matcher(text);
    if (!matcher.matches()) {
      return new Restrictions(text, "", "");
    }
    String tids = matcher.group(2);
    String events = matcher.group(3);
    return new Restrictions(
        matcher.group(1), tids == null ? "" : tids, events == null ? "" : events);
  }
}
