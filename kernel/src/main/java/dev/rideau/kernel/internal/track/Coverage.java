package dev.rideau.kernel.internal.track;

import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentSkipListSet;

/// Which CPUs were recorded, and when not. Shared by all threads.
public final class Coverage {
  /// Stands for no time.
  public static final long NEVER = Long.MAX_VALUE;

  /// CPU numbers from here on are not believed.
  private static final int MOST_CPUS = 1 << 16;

  /// A time in which nothing of a CPU was recorded.
  ///
  /// @param endNs the first moment behind it
  public record Hole(int cpu, long beginNs, long endNs) {}

  private final boolean[] recorded;

  /// By CPU: begins and ends of its holes in turn, in the order of time; none touches another one.
  private final long[][] holes;

  private final boolean isChosen;
  private final ConcurrentSkipListSet<Integer> named = new ConcurrentSkipListSet<>();

  /// @param cpus those of which there are records; none when nothing can be said about them
  /// @param holes in which they tell nothing
  /// @param isChosen whether the recording is restricted to these CPUs
  public Coverage(Set<Integer> cpus, List<Hole> holes, boolean isChosen) {
    this.isChosen = isChosen;
    int count = cpus.stream().mapToInt(cpu -> cpu + 1).max().orElse(0);
    recorded = new boolean[count];
    cpus.forEach(cpu -> recorded[cpu] = true);
    this.holes = new long[count][];
    for (int cpu = 0; cpu < count; cpu++) {
      this.holes[cpu] = joined(cpu, holes);
    }
  }

  private static long[] joined(int cpu, List<Hole> holes) {
    List<Hole> ofCpu =
        holes.stream()
            .filter(hole -> hole.cpu == cpu && hole.beginNs < hole.endNs)
            .sorted(Comparator.comparingLong(Hole::beginNs))
            .toList();
    long[] times = new long[2 * ofCpu.size()];
    int size = 0;
    for (Hole hole : ofCpu) {
      if (size > 0 && hole.beginNs <= times[size - 1]) {
        times[size - 1] = Math.max(times[size - 1], hole.endNs);
      } else {
        times[size++] = hole.beginNs;
        times[size++] = hole.endNs;
      }
    }
    return Arrays.copyOf(times, size);
  }

  /// Nothing is known to be missing.
  public static Coverage whole() {
    return new Coverage(Set.of(), List.of(), false);
  }

  /// Since when, not before `ts`, a CPU is not recorded, or [#NEVER]. Records of other CPUs named
  /// it.
  public long lostFrom(long cpu, long ts) {
    if (recorded.length == 0 || cpu < 0 || cpu >= MOST_CPUS) {
      return NEVER;
    }
    if (cpu >= recorded.length || !recorded[(int) cpu]) {
      named.add((int) cpu);
      return ts;
    }
    long[] times = holes[(int) cpu];
    int found = Arrays.binarySearch(times, ts);
    // What begins or ends at `ts` itself, or is the next to do so.
    int at = found >= 0 ? found : -1 - found;
    if ((at & 1) != 0) {
      // Within a hole, or at its end.
      if (found < 0) {
        return ts;
      }
      at++;
    }
    return at < times.length ? times[at] : NEVER;
  }

  /// Whether the recording is restricted to some CPUs: a thread that leaves one of them may run on
  /// others.
  public boolean isChosen() {
    return isChosen;
  }

  /// CPUs that were named, though there are no records of them.
  public Set<Integer> missing() {
    return new TreeSet<>(named);
  }
}
