package dev.rideau.trace.filter;

import dev.rideau.trace.EventClass;
import java.util.ArrayList;
import java.util.List;

/// Chooses event classes by name: patterns of which one must match, and patterns with `!` before
/// them of which none may.
public final class EventNames {
  /// Every event class.
  public static final EventNames ALL = of(List.of());

  private final List<Glob> wanted = new ArrayList<>();
  private final List<Glob> unwanted = new ArrayList<>();

  private EventNames() {}

  /// The choice that these patterns make. Without any pattern to match all names do.
  public static EventNames of(List<String> patterns) {
    EventNames names = new EventNames();
    for (String pattern : patterns) {
      if (pattern.startsWith("!")) {
        names.unwanted.add(new Glob(pattern.substring(1)));
      } else {
        names.wanted.add(new Glob(pattern));
      }
    }
    return names;
  }

  /// Whether records of the class are wanted. A class without name goes by its stand-in.
  public boolean includes(EventClass eventClass) {
    String name = eventClass.displayName();
    return (wanted.isEmpty() || anyMatches(wanted, name)) && !anyMatches(unwanted, name);
  }

  /// Whether every class is wanted.
  public boolean isAll() {
    return wanted.isEmpty() && unwanted.isEmpty();
  }

  private static boolean anyMatches(List<Glob> globs, String name) {
    for (Glob glob : globs) {
      if (glob.matches(name)) {
        return true;
      }
    }
    return false;
  }
}
