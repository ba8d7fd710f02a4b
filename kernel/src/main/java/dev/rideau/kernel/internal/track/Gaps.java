package dev.rideau.kernel.internal.track;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/// Where the records of a CPU have gaps: what ran there before is not known to run there behind.
/// Immutable, shared by all threads.
public final class Gaps {
  /// Context switches may be missing.
  public static final int SWITCHES = 1;

  /// Entries and exits of system calls may be missing.
  public static final int CALLS = 2;

  /// Interrupts, softirqs and the like may be missing.
  public static final int INTERRUPTS = 4;

  /// Changes of idle states and frequencies may be missing.
  public static final int POWER = 8;

  /// Nothing of the CPU was recorded before.
  public static final int BEGIN = 16;

  /// Stands for no time.
  public static final long NONE = Long.MIN_VALUE;

  /// A recording without gaps.
  public static final Gaps NO_GAPS = new Gaps(List.of());

  /// A gap.
  ///
  /// @param ts the last moment of which all is known; records behind it may be missing
  /// @param cpu the CPU
  /// @param kinds what may be missing, a sum of constants
  public record Gap(long ts, int cpu, int kinds) {}

  private final List<Gap> gaps;

  /// Times of gaps in which switches may be missing: of each CPU, and of all.
  private final long[][] byCpu;

  private final long[] ofAll;

  /// @param gaps in any order
  public Gaps(List<Gap> gaps) {
    this.gaps = gaps.stream().sorted(Gaps::compare).toList();
    List<List<Long>> times = new ArrayList<>();
    for (Gap gap : this.gaps) {
      while (times.size() <= gap.cpu) {
        times.add(new ArrayList<>());
      }
      if ((gap.kinds & SWITCHES) != 0) {
        times.get(gap.cpu).add(gap.ts);
      }
    }
    byCpu = times.stream().map(Gaps::array).toArray(long[][]::new);
    ofAll = Arrays.stream(byCpu).flatMapToLong(Arrays::stream).sorted().toArray();
  }

  private static int compare(Gap left, Gap right) {
    int byTime = Long.compare(left.ts, right.ts);
    int byCpu = byTime != 0 ? byTime : Integer.compare(left.cpu, right.cpu);
    return byCpu != 0 ? byCpu : Integer.compare(left.kinds, right.kinds);
  }

  private static long[] array(List<Long> numbers) {
    return numbers.stream().mapToLong(Long::longValue).toArray();
  }

  /// All gaps in the order of time.
  public List<Gap> all() {
    return gaps;
  }

  /// Whether a CPU was recorded later than others only.
  public boolean beginsLate(int cpu) {
    return gaps.stream().anyMatch(gap -> gap.cpu == cpu && (gap.kinds & BEGIN) != 0);
  }

  /// When the last gap before `ts` began in which switches of a CPU may be missing, or [#NONE].
  public long lastBefore(int cpu, long ts) {
    return cpu < byCpu.length ? lastBefore(byCpu[cpu], ts) : NONE;
  }

  /// When the first gap from `ts` on begins in which switches of a CPU may be missing, or [#NONE].
  public long firstFrom(int cpu, long ts) {
    if (cpu >= byCpu.length) {
      return NONE;
    }
    long[] times = byCpu[cpu];
    int found = Arrays.binarySearch(times, ts);
    int at = found >= 0 ? found : -1 - found;
    return at == times.length ? NONE : times[at];
  }

  /// The same as [#lastBefore(int, long)] for any CPU.
  public long lastBefore(long ts) {
    return lastBefore(ofAll, ts);
  }

  private static long lastBefore(long[] times, long ts) {
    int found = Arrays.binarySearch(times, ts);
    if (found >= 0) {
      return ts;
    }
    int insertion = -1 - found;
    return insertion == 0 ? NONE : times[insertion - 1];
  }
}
