package dev.rideau.record.internal.watch;

import java.util.Arrays;

/// By key, when something began. Open addressing without boxes; a key that never ends would stay
/// for ever, so that with too many of them all are forgotten.
final class OpenTimes {
  static final long NONE = Long.MIN_VALUE;

  private static final int MOST = 1 << 16;

  private long[] keys = new long[256];
  private long[] times = filled(256);
  private int size;

  private static long[] filled(int length) {
    long[] times = new long[length];
    Arrays.fill(times, NONE);
    return times;
  }

  void put(long key, long time) {
    int at = find(key);
    if (times[at] == NONE) {
      if (size == MOST) {
        clear();
        at = find(key);
      } else if (size * 2 >= keys.length) {
        grow();
        at = find(key);
      }
      keys[at] = key;
      size++;
    }
    times[at] = time;
  }

  /// Takes the time of a key out; [#NONE] when there is none.
  long remove(long key) {
    int at = find(key);
    long time = times[at];
    if (time == NONE) {
      return NONE;
    }
    times[at] = NONE;
    size--;
    // What was pushed behind by the removed one moves up.
    int mask = keys.length - 1;
    for (int next = at + 1 & mask; times[next] != NONE; next = next + 1 & mask) {
      int home = home(keys[next]);
      if ((next - home & mask) >= (next - at & mask)) {
        keys[at] = keys[next];
        times[at] = times[next];
        times[next] = NONE;
        at = next;
      }
    }
    return time;
  }

  void clear() {
    Arrays.fill(times, NONE);
    size = 0;
  }

  private void grow() {
    long[] oldKeys = keys;
    long[] oldTimes = times;
    keys = new long[oldKeys.length * 2];
    times = filled(keys.length);
    for (int i = 0; i < oldKeys.length; i++) {
      if (oldTimes[i] != NONE) {
        int at = find(oldKeys[i]);
        keys[at] = oldKeys[i];
        times[at] = oldTimes[i];
      }
    }
  }

  /// Where the key is or would be.
  private int find(long key) {
    int at = home(key);
    while (times[at] != NONE && keys[at] != key) {
      at = at + 1 & keys.length - 1;
    }
    return at;
  }

  private int home(long key) {
    return (int) (key * 0x9E37_79B9_7F4A_7C15L >>> 40) & keys.length - 1;
  }
}
