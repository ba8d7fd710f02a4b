package dev.rideau.server.internal.view;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// Texts of states with numbers.
final class StateLabels {
  private final List<String> texts = new ArrayList<>();
  private final Map<String, Integer> numbers = new HashMap<>();

  /// The number of a text, 0 for none.
  int of(@Nullable String text) {
    if (text == null || text.isEmpty()) {
      return 0;
    }
    Integer known = numbers.get(text);
    if (known == null) {
      texts.add(text);
      known = texts.size();
      numbers.put(text, known);
    }
    return known;
  }

  /// What values mean with the texts that there are now; others may be added meanwhile.
  Meaning snapshot(boolean labelsMatter) {
    List<String> known = List.copyOf(texts);
    return new Meaning(labelsMatter, number -> known.get(number - 1));
  }

  Meaning meaning(boolean labelsMatter) {
    return new Meaning(labelsMatter, number -> texts.get(number - 1));
  }
}
