package dev.rideau.cli.internal.text;

import java.util.Arrays;

/// Where the strings of lines stand. Used by one thread at a time.
///
/// A *leaf* is a string field of an event class; its number is its position among them.
public final class StringSpans {
  private int[] leaves = new int[256];

  /// First byte of a string behind the quote, from the start of its line, in the upper half; length
  /// in the lower.
  private long[] places = new long[256];

  private int size;

  /// Whether a string added since [#forgetEmpty()] is empty.
  private boolean hasEmpty;

  /// How many strings there are.
  public int size() {
    return size;
  }

  /// The leaf of a string.
  public int leaf(int span) {
    return leaves[span];
  }

  /// First byte of its text behind the quote, from the start of its line.
  public int start(int span) {
    return (int) (places[span] >>> 32);
  }

  /// Length of its text.
  public int length(int span) {
    return (int) places[span];
  }

  void add(int leaf, int start, int length) {
    int span = size;
    if (span == leaves.length) {
      grow(span + 1);
    }
    leaves[span] = leaf;
    places[span] = (long) start << 32 | length;
    hasEmpty |= length == 0;
    size = span + 1;
  }

  /// Adds all strings of `other`, in their order.
  public void addAll(StringSpans other) {
    int sum = size + other.size;
    if (sum > leaves.length) {
      grow(sum);
    }
    System.arraycopy(other.leaves, 0, leaves, size, other.size);
    System.arraycopy(other.places, 0, places, size, other.size);
    size = sum;
  }

  private void grow(int least) {
    int capacity = Math.max(least, size * 2);
    leaves = Arrays.copyOf(leaves, capacity);
    places = Arrays.copyOf(places, capacity);
  }

  void forgetEmpty() {
    hasEmpty = false;
  }

  boolean hasEmpty() {
    return hasEmpty;
  }

  /// Forgets all strings.
  public void clear() {
    size = 0;
  }
}
