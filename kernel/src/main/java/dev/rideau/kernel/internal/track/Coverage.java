package dev.rideau.kernel.internal.track;

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
  private final List<Hole> holes;
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
    this.holes = List.copyOf(holes);
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
    long lost = NEVER;
    for (Hole hole : holes) {
      if (hole.cpu == cpu && ts < hole.endNs) {
        lost = Math.min(lost, Math.max(ts, hole.beginNs));
      }
    }
    return lost;
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
