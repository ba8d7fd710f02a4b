package dev.rideau.kernel.internal.track;

import dev.rideau.kernel.NameTable;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/// Ids of names by their bytes, in front of the [NameTable] that all threads share. Owned by one
/// thread.
public final class NameCache {
  private static final int CAPACITY = 1 << 13;

  /// Places where a text may be.
  private static final int MOST_PROBES = 8;

  private final NameTable names;
  private final @Nullable Text[] texts = new Text[CAPACITY];

  private record Text(byte[] bytes, int id) {}

  /// A cache in front of `names`.
  public NameCache(NameTable names) {
    this.names = names;
  }

  /// The id of a text.
  public int id(byte[] bytes, int from, int to) {
    int hash = 1;
    for (int i = from; i < to; i++) {
      hash = 31 * hash + bytes[i];
    }
    int home = hash ^ hash >>> 15;
    int into = home & CAPACITY - 1;
    for (int i = 0; i < MOST_PROBES; i++) {
      int at = home + i & CAPACITY - 1;
      Text text = texts[at];
      if (text == null) {
        into = at;
        break;
      }
      if (Arrays.equals(text.bytes, 0, text.bytes.length, bytes, from, to)) {
        return text.id;
      }
    }
    // All places are taken: the first is given up.
    int id = names.id(bytes, from, to);
    texts[into] = new Text(Arrays.copyOfRange(bytes, from, to), id);
    return id;
  }

  /// The id of a text that is known when the program is written.
  public int id(String text) {
    return names.id(text);
  }
}
