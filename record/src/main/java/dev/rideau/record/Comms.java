package dev.rideau.record;

import java.util.LinkedHashMap;
import java.util.Map;

/// Names of tasks: lines of tid and name.
final class Comms {
  private Comms() {}

  /// The names of several texts; of a tid that is in several, the last counts.
  static String merge(String... texts) {
    Map<String, String> names = new LinkedHashMap<>();
    for (String text : texts) {
      for (String line : text.split("\n", -1)) {
        int space = line.indexOf(' ');
        if (space > 0) {
          names.put(line.substring(0, space), line.substring(space + 1));
        }
      }
    }
    StringBuilder lines = new StringBuilder();
    names.forEach((tid, name) -> lines.append(tid).append(' ').append(name).append('\n'));
    return lines.toString();
  }
}
