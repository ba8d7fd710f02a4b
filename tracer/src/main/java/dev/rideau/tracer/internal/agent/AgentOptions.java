package dev.rideau.tracer.internal.agent;

import dev.rideau.tracer.internal.filter.Glob;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// What the agent was asked for: `shop.*;monitors:shop.*;spans:shop.*`.
///
/// @param methods patterns of classes whose methods become events
/// @param monitors patterns of classes whose waits for monitors become events
/// @param spans patterns of classes whose calls of databases and HTTP become spans
/// @param faults parts that make no sense, in words
record AgentOptions(
    List<String> methods, List<String> monitors, List<String> spans, List<String> faults) {

  static AgentOptions parse(String text) {
    AgentOptions options =
        new AgentOptions(
            new ArrayList<>(), new ArrayList<>(), new ArrayList<>(), new ArrayList<>());
    for (String part : text.split(";")) {
      String each = part.strip();
      if (!each.isEmpty()) {
        options.add(each);
      }
    }
    return options;
  }

  private void add(String part) {
    int colon = part.indexOf(':');
    // A class of no package may be called as an option is, but hardly is meant.
    boolean isBare = colon < 0 && (list(part) != null);
    String option = isBare ? part : colon < 0 ? "methods" : part.substring(0, colon);
    String pattern = isBare ? "" : part.substring(colon + 1);
    List<String> patterns = list(option);
    if (patterns == null) {
      faults.add("there is no option '" + option + "'; there are methods, monitors, spans");
    } else if (pattern.isEmpty()) {
      faults.add("'" + option + "' lacks a pattern of classes, as in " + option + ":shop.*");
    } else {
      patterns.add(pattern);
    }
  }

  private @Nullable List<String> list(String option) {
    return switch (option) {
      case "methods" -> methods;
      case "monitors" -> monitors;
      case "spans" -> spans;
      default -> null;
    };
  }

  boolean isEmpty() {
    return methods.isEmpty() && monitors.isEmpty() && spans.isEmpty();
  }

  static boolean matches(List<String> patterns, String type) {
    return patterns.stream().anyMatch(pattern -> Glob.matches(pattern, type));
  }
}
