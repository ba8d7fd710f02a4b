package dev.rideau.ctf.internal.metadata.tsdl;

import dev.rideau.trace.Attributes;
import dev.rideau.trace.ClockClass;
import dev.rideau.trace.ClockOrigin;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// The clocks of a trace by name, in the order of the metadata.
final class Clocks {
  private final Map<String, ClockClass> byName = new LinkedHashMap<>();

  /// @return whether there was none of that name
  boolean add(ClockClass clock) {
    return byName.putIfAbsent(clock.id(), clock) == null;
  }

  Set<String> names() {
    return byName.keySet();
  }

  List<ClockClass> all() {
    return List.copyOf(byName.values());
  }

  @Nullable ClockClass get(String name) {
    return byName.get(name);
  }

  /// The clock of timestamps that name none: the only one; a new one of 1 GHz when there is none;
  /// null when there are several.
  @Nullable String implied() {
    if (byName.isEmpty()) {
      add(
          new ClockClass(
              "default",
              null,
              "default",
              null,
              null,
              ClockClass.NS_PER_SECOND,
              0,
              0,
              null,
              null,
              new ClockOrigin.Unknown(),
              Attributes.NONE));
    }
    return byName.size() == 1 ? byName.keySet().iterator().next() : null;
  }
}
