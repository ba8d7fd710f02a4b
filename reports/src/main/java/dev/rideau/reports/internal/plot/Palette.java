package dev.rideau.reports.internal.plot;

import java.util.LinkedHashMap;
import java.util.Map;

/// Colours: states always have the same, everything else gets the next free one.
final class Palette {
  private static final String[] COLOURS = {
    "#3b6fb6", "#e07b39", "#4f9d69", "#c44e52", "#8767ac", "#8c6d4f", "#d080b6", "#b5a642",
    "#3fa7b5", "#5b6770", "#91b4e0", "#f0b58a", "#9bd0ae", "#e39b9d", "#bfaad6", "#c4ab93"
  };
  private static final String OTHERS = "#a8b0b8";
  private static final Map<String, String> STATES =
      Map.ofEntries(
          Map.entry("running", "#4f9d69"),
          Map.entry("runnable", "#e0a526"),
          Map.entry("blocked", "#a8b0b8"),
          Map.entry("disk", "#c44e52"),
          Map.entry("timer", "#91b4e0"),
          Map.entry("network", "#8767ac"),
          Map.entry("interrupt", "#d080b6"),
          Map.entry("stopped", "#8c6d4f"),
          Map.entry("unknown", "#d8dee4"),
          Map.entry("others", OTHERS));

  private final Map<String, String> given = new LinkedHashMap<>();
  private int next;

  /// Whether this is a state of a thread.
  static boolean isState(String name) {
    return STATES.containsKey(name);
  }

  String of(String name) {
    return given.computeIfAbsent(
        name,
        wanted -> {
          String fixed = STATES.get(wanted);
          return fixed == null ? COLOURS[next++ % COLOURS.length] : fixed;
        });
  }

  /// All that were asked for, in order.
  Map<String, String> given() {
    return given;
  }
}
