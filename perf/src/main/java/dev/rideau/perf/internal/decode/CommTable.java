package dev.rideau.perf.internal.decode;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// Which name each thread had when: from comm and fork records. Immutable.
///
/// ```
/// tids      0   17  17  42
/// fromTimes min min 500 100     sorted by tid, then by time
/// names     …                   number of a name, the name valid from that time on
/// ```
public final class CommTable {
  private final int[] tids;
  private final long[] fromTimes;
  private final int[] names;
  private final byte[] bytes;
  private final int[] nameOffsets;

  private CommTable(int[] tids, long[] fromTimes, int[] names, byte[] bytes, int[] nameOffsets) {
    this.tids = tids;
    this.fromTimes = fromTimes;
    this.names = names;
    this.bytes = bytes;
    this.nameOffsets = nameOffsets;
  }

  /// The name of a thread at a time as a number for [#offsetBytes(int)], or -1.
  public int nameOf(int tid, long time) {
    int entry = entryBefore(tid, time);
    return entry >= 0 && tids[entry] == tid ? names[entry] : -1;
  }

  /// The last entry that is of the thread and not later, or of a thread before it; -1 for none.
  private int entryBefore(int tid, long time) {
    int low = 0;
    int high = tids.length - 1;
    while (low <= high) {
      int middle = (low + high) >>> 1;
      if (tids[middle] < tid || tids[middle] == tid && fromTimes[middle] <= time) {
        low = middle + 1;
      } else {
        high = middle - 1;
      }
    }
    return high;
  }

  /// Looks names up for one thread of this program.
  Recent recent() {
    return new Recent();
  }

  /// The entries found last, by the low bits of their tids, and how long they are valid.
  final class Recent {
    private static final int SLOTS = 256;

    private final int[] slotTids = new int[SLOTS];
    private final int[] slotNames = new int[SLOTS];
    private final long[] slotFrom = new long[SLOTS];
    private final long[] slotUntil = new long[SLOTS];

    private Recent() {}

    /// The same as [CommTable#nameOf(int, long)].
    int nameOf(int tid, long time) {
      int slot = tid & SLOTS - 1;
      // A slot that was never filled is valid for no time.
      if (slotTids[slot] != tid || time < slotFrom[slot] || time >= slotUntil[slot]) {
        find(slot, tid, time);
      }
      return slotNames[slot];
    }

    private void find(int slot, int tid, long time) {
      int entry = entryBefore(tid, time);
      boolean known = entry >= 0 && tids[entry] == tid;
      int next = entry + 1;
      slotTids[slot] = tid;
      slotNames[slot] = known ? names[entry] : -1;
      slotFrom[slot] = known ? fromTimes[entry] : Long.MIN_VALUE;
      slotUntil[slot] = next < tids.length && tids[next] == tid ? fromTimes[next] : Long.MAX_VALUE;
    }
  }

  /// The characters of all names.
  public byte[] bytes() {
    return bytes;
  }

  /// Where a name begins in [#bytes()].
  public int offsetBytes(int name) {
    return nameOffsets[name];
  }

  /// How long a name is.
  public int lengthBytes(int name) {
    return nameOffsets[name + 1] - nameOffsets[name];
  }

  /// The name of a thread at a time. Allocates.
  public @Nullable String text(int tid, long time) {
    int name = nameOf(tid, time);
    return name < 0
        ? null
        : new String(bytes, offsetBytes(name), lengthBytes(name), StandardCharsets.UTF_8);
  }

  /// Collects what records say, in any order.
  public static final class Builder {
    private record Change(long time, int tid, @Nullable Integer parent, int name) {}

    private final List<Change> changes = new ArrayList<>();
    private final Map<String, Integer> numbers = new HashMap<>();
    private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    private int[] offsets = new int[64];

    /// A builder that knows the idle threads.
    public Builder() {
      comm(Long.MIN_VALUE, 0, "swapper");
    }

    /// A thread has a name from now on.
    public void comm(long time, int tid, String name) {
      changes.add(new Change(time, tid, null, number(name)));
    }

    /// A thread starts with the name of its parent.
    public void fork(long time, int tid, int parent) {
      changes.add(new Change(time, tid, parent, -1));
    }

    private int number(String name) {
      Integer known = numbers.get(name);
      if (known != null) {
        return known;
      }
      int number = numbers.size();
      numbers.put(name, number);
      bytes.writeBytes(name.getBytes(StandardCharsets.UTF_8));
      if (number + 2 > offsets.length) {
        offsets = Arrays.copyOf(offsets, offsets.length * 2);
      }
      offsets[number + 1] = bytes.size();
      return number;
    }

    /// The finished table.
    public CommTable build() {
      changes.sort(Comparator.comparingLong(Change::time));
      Map<Integer, Integer> current = new HashMap<>();
      List<Change> resolved = new ArrayList<>(changes.size());
      for (Change change : changes) {
        Integer parent = change.parent;
        Integer name = parent == null ? Integer.valueOf(change.name) : current.get(parent);
        if (name != null && !name.equals(current.put(change.tid, name))) {
          resolved.add(new Change(change.time, change.tid, null, name));
        }
      }
      resolved.sort(Comparator.comparingInt(Change::tid).thenComparingLong(Change::time));
      int size = resolved.size();
      int[] tids = new int[size];
      long[] fromTimes = new long[size];
      int[] names = new int[size];
      for (int i = 0; i < size; i++) {
        tids[i] = resolved.get(i).tid;
        fromTimes[i] = resolved.get(i).time;
        names[i] = resolved.get(i).name;
      }
      return new CommTable(
          tids, fromTimes, names, bytes.toByteArray(), Arrays.copyOf(offsets, numbers.size() + 1));
    }
  }
}
