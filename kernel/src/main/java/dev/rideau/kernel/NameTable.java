package dev.rideau.kernel;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/// A dictionary of texts that come again and again: ids count up from 0. Shared by all threads that
/// extract facts of a trace; whoever looks names up for each event keeps a map of its own in front.
///
/// Ids depend on the order in which threads meet names, so they never leave the program.
public final class NameTable {
  private final Map<String, Integer> ids = new HashMap<>();
  private final List<String> texts = new ArrayList<>();

  /// The id of a text, given out now if it is new.
  public synchronized int id(String text) {
    Integer known = ids.get(text);
    if (known != null) {
      return known;
    }
    int id = texts.size();
    texts.add(text);
    ids.put(text, id);
    return id;
  }

  /// The id of a text in UTF-8.
  public int id(byte[] utf8, int from, int to) {
    return id(new String(utf8, from, to - from, StandardCharsets.UTF_8));
  }

  /// The text of an id.
  public synchronized String text(int id) {
    return texts.get(id);
  }

  /// Number of texts.
  public synchronized int size() {
    return texts.size();
  }
}
