package dev.rideau.record;

import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// Events to record.
///
/// @param system the group, may hold `*`
/// @param name the event, may hold `*`
/// @param filter what the kernel keeps, in its own filter language, or null for all
/// @param required whether it is an error when no such event exists
public record EventRequest(String system, String name, @Nullable String filter, boolean required) {

  /// Reads `GROUP:EVENT`, `GROUP`, or `EVENT`, maybe with ` if FILTER` behind.
  ///
  /// @throws IllegalArgumentException when it is none of them
  public static EventRequest parse(String text) {
    String events = text.strip();
    String filter = null;
    int condition = events.indexOf(" if ");
    if (condition >= 0) {
      filter = events.substring(condition + 4).strip();
      events = events.substring(0, condition).strip();
    }
    int colon = events.indexOf(':');
    String system = colon < 0 ? "*" : events.substring(0, colon);
    String name = events.substring(colon + 1);
    if (!isName(system) || !isName(name) || filter != null && filter.isEmpty()) {
      throw new IllegalArgumentException(
          "'%s' is none of EVENT, GROUP:EVENT, GROUP:* or one of them with ' if FILTER'%s"
              .formatted(text, events.contains(",") ? "; give several one by one" : ""));
    }
    return new EventRequest(system, name, filter, true);
  }

  /// Whether it asks for an event.
  public boolean matches(String eventSystem, String eventName) {
    return pattern(system).matcher(eventSystem).matches()
        && pattern(name).matcher(eventName).matches();
  }

  /// A name with `*` for any text and `?` for any character.
  public static Pattern pattern(String name) {
    StringBuilder expression = new StringBuilder();
    for (char c : name.toCharArray()) {
      expression.append(c == '*' ? ".*" : c == '?' ? "." : Pattern.quote(String.valueOf(c)));
    }
    return Pattern.compile(expression.toString());
  }

  private static boolean isName(String text) {
    return !text.isEmpty() && text.matches("[A-Za-z0-9_*?-]+");
  }
}
