package dev.rideau.kernel.internal.track;

import java.util.Arrays;

/// A map from `long` to non-negative `int` by open addressing. Owned by one thread.
public final class LongMap {
  /// Stands for no value.
  public static final int NONE = -1;

  private long[] keys = new long[64];
  private int[] values = new int[64];
  private int size;

  /// An empty map.
  public LongMap() {
    Arrays.fill(values, NONE);
  }

  /// Number of entries.
  public int size() {
    return size;
  }

  /// The value of a key, or [#NONE].
  public int find(long key) {
    int mask = keys.length - 1;
    int at = hash(key) & mask;
    while (values[at] != NONE) {
      if (keys[at] == key) {
        return values[at];
      }
      at = (at + 1) & mask;
    }
    return NONE;
  }

  /// Sets the value of a key.
  public void put(long key, int value) {
    if (size * 2 >= keys.length) {
      grow();
    }
    int mask = keys.length - 1;
    int at = hash(key) & mask;
    while (values[at] != NONE) {
      if (keys[at] == key) {
        values[at] = value;
        return;
      }
      at = (at + 1) & mask;
    }
    keys[at] = key;
    values[at] = value;
    size++;
  }

  /// Takes a key away, if it is there; the entries behind it move up so that none becomes
  /// unreachable.
  public void remove(long key) {
    int mask = keys.length - 1;
    int at = hash(key) & mask;
    while (values[at] != NONE && keys[at] != key) {
      at = (at + 1) & mask;
    }
    if (values[at] == NONE) {
      return;
    }
    size--;
    int hole = at;
    int next = (hole + 1) & mask;
    while (values[next] != NONE) {
      int home = hash(keys[next]) & mask;
      if (((next - home) & mask) >= ((next - hole) & mask)) {
        keys[hole] = keys[next];
        values[hole] = values[next];
        hole = next;
      }
      next = (next + 1) & mask;
    }
    values[hole] = NONE;
  }

  /// Forgets all entries.
  public void clear() {
    if (size > 0) {
      Arrays.fill(values, NONE);
      size = 0;
    }
  }

  private void grow() {
    long[] oldKeys = keys;
    int[] oldValues = values;
    keys = new long[oldKeys.length * 2];
    values = new int[keys.length];
    Arrays.fill(values, NONE);
    size = 0;
    for (int i = 0; i < oldKeys.length; i++) {
      if (oldValues[i] != NONE) {
        put(oldKeys[i], oldValues[i]);
      }
    }
  }

  private static int hash(long key) {
    long mixed = key * 0x9E3779B97F4A7C15L;
    return (int) (mixed >>> 32);
  }
}
