package dev.rideau.tracer.internal.agent;

import dev.rideau.tracer.internal.filter.Glob;
import java.util.ArrayList;
import java.util.List;

/// What the agent was asked for: `shop.*;monitors:shop.*;spans:shop.*`.
///
/// @param methods patterns of classes whose methods become events
/// @param monitors patterns of classes whose waits for monitors become events
/// @param spans patterns of classes whose calls of databases and HTTP become spans
record AgentOptions(List<String> methods, List<String> monitors, List<String> spans) {
  private static final String METHODS = "methods:";
  private static final String MONITORS = "monitors:";
  private static final String SPANS = "spans:";

  static AgentOptions parse(String text) {
    AgentOptions options =
        new AgentOptions(new ArrayList<>(), new ArrayList<>(), new ArrayList<>());
    for (String part : text.split(";")) {
      String each = part.strip();
      if (each.startsWith(MONITORS)) {
        options.monitors.add(each.substring(MONITORS.length()));
      } else if (each.startsWith(SPANS)) {
        options.spans.add(each.substring(SPANS.length()));
      } else if (!each.isEmpty()) {
        options.methods.add(each.startsWith(METHODS) ? each.substring(METHODS.length()) : each);
      }
    }
    return options;
  }

  boolean isEmpty() {
    return methods.isEmpty() && monitors.isEmpty() && spans.isEmpty();
  }

  static boolean matches(List<String> patterns, String type) {
    return patterns.stream().anyMatch(pattern -> Glob.matches(pattern, type));
  }
}
