package dev.rideau.kernel.internal.track;

import java.util.Arrays;

/// The states of the automata of one kind in one slice, or over the whole recording in the join.
/// Owned by one thread at a time.
public final class StateTable {
  private static final byte UNKNOWN = 1;
  private static final byte KNOWN = 2;

  private final int width;
  private final boolean isDense;
  private final LongMap slots = new LongMap();
  private long[] words = new long[64];
  private byte[] known = new byte[16];
  private long[] keys = new long[16];

  /// Slots in use, in the order in which they were taken; with holes where isDense is false.
  private int[] used = new int[16];

  private int usedCount;
  private int[] free = new int[16];
  private int freeCount;
  private int slotCount;

  StateTable(int width, KeySpace space) {
    this.width = width;
    isDense = space != KeySpace.NUMBER;
  }

  /// The words of all states, one behind the other.
  long[] words() {
    return words;
  }

  /// The slot of a key, taken now if it is new; -1 - slot in that case.
  int acquire(long key) {
    int slot;
    if (isDense) {
      slot = (int) key;
      if (slot < known.length && known[slot] != 0) {
        return slot;
      }
      if (slot < 0) {
        throw new IllegalArgumentException("no automaton can have the key " + key);
      }
    } else {
      slot = slots.find(key);
      if (slot != LongMap.NONE) {
        return slot;
      }
      slot = freeCount > 0 ? free[--freeCount] : slotCount++;
      slots.put(key, slot);
    }
    ensure(slot);
    known[slot] = UNKNOWN;
    keys[slot] = key;
    if (usedCount == used.length) {
      used = Arrays.copyOf(used, usedCount * 2);
    }
    used[usedCount++] = slot;
    return -1 - slot;
  }

  boolean isKnown(int slot) {
    return known[slot] == KNOWN;
  }

  void settle(int slot) {
    known[slot] = KNOWN;
  }

  int usedCount() {
    return usedCount;
  }

  int used(int index) {
    return used[index];
  }

  long key(int slot) {
    return keys[slot];
  }

  /// Gives the slot of a key back, where keys are many; only in the join, which does not ask
  /// [#used(int)].
  void release(int slot) {
    if (!isDense) {
      slots.remove(keys[slot]);
      known[slot] = 0;
      if (freeCount == free.length) {
        free = Arrays.copyOf(free, freeCount * 2);
      }
      free[freeCount++] = slot;
    }
  }

  /// Number of slots, used or not.
  int slotCount() {
    return isDense ? known.length : slotCount;
  }

  boolean isUsed(int slot) {
    return known[slot] != 0;
  }

  /// Drops the list of used slots; for the join.
  void forgetOrder() {
    usedCount = 0;
  }

  /// Forgets all states.
  void clear() {
    for (int i = 0; i < usedCount; i++) {
      known[used[i]] = 0;
    }
    usedCount = 0;
    slotCount = 0;
    freeCount = 0;
    slots.clear();
  }

  private void ensure(int slot) {
    if (slot >= known.length) {
      int capacity = Math.max(slot + 1, known.length * 2);
      known = Arrays.copyOf(known, capacity);
      keys = Arrays.copyOf(keys, capacity);
    }
    if ((slot + 1) * width > words.length) {
      words = Arrays.copyOf(words, Math.max((slot + 1) * width, words.length * 2));
    }
  }
}
