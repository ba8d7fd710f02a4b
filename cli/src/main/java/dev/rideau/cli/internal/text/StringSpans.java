package dev.rideau.cli.internal.text;

import java.util.Arrays;

/// Where the strings of lines stand in a text. Used by one thread at a time.
///
/// A *leaf* is a string field of an event class; its number is its position among them.
public final class StringSpans {
  private static final int PARTS = 3;

  private int[] parts = new int[PARTS * 256];
  private int size;

  /// How many strings there are.
  public int size() {
    return size;
  }

  /// The leaf of a string.
  public int leaf(int span) {
    return parts[PARTS * span];
  }

  /// First byte of its text behind the quote.
  public int start(int span) {
    return parts[PARTS * span + 1];
  }

  /// Length of its text.
  public int length(int span) {
    return parts[PARTS * span + 2];
  }

  void add(int leaf, int start, int length) {
    int at = PARTS * size;
    if (at == parts.length) {
      parts = Arrays.copyOf(parts, parts.length * 2);
    }
    parts[at] = leaf;
    parts[at + 1] = start;
    parts[at + 2] = length;
    size++;
  }

  /// Forgets all strings.
  public void clear() {
    size = 0;
  }
}
