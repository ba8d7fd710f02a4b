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

  /// What happens to timers may be missing.
  public static final int TIMERS = 32;

  /// What happens to work items may be missing.
  public static final int WORK = 64;

  /// What happens to requests of disks may be missing.
  public static final int BLOCK = 128;

  /// When threads free memory themselves may be missing.
  public static final int RECLAIM = 256;

  private static final int KINDS = 9;

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

  /// By bit of the kind, by CPU: times of gaps in which that may be missing.
  private final long[][][] byCpu = new long[KINDS][][];

  /// By bit of the kind: the same of all CPUs.
  private final long[][] ofAll = new long[KINDS][];

  /// @param gaps in any order
  public Gaps(List<Gap> gaps) {
    this.gaps = gaps.stream().sorted(Gaps::compare).toList();
    for (int bit = 0; bit < KINDS; bit++) {
      List<List<Long>> times = new ArrayList<>();
      for (Gap gap : this.gaps) {
        while (times.size() <= gap.cpu) {
          times.add(new ArrayList<>());
        }
        if ((gap.kinds & 1 << bit) != 0) {
          times.get(gap.cpu).add(gap.ts);
        }
      }
      byCpu[bit] = times.stream().map(Gaps::array).toArray(long[][]::new);
      ofAll[bit] = Arrays.stream(byCpu[bit]).flatMapToLong(Arrays::stream).sorted().toArray();
    }
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
    return lastBefore(SWITCHES, cpu, ts);
  }

  /// When the first gap from `ts` on begins in which switches of a CPU may be missing, or [#NONE].
  public long firstFrom(int cpu, long ts) {
    return firstFrom(SWITCHES, cpu, ts);
  }

  /// When the first gap from `ts` on begins in which that kind of records of a CPU may be missing,
  /// or [#NONE].
  public long firstFrom(int kind, int cpu, long ts) {
    long[][] ofKind = byCpu[Integer.numberOfTrailingZeros(kind)];
    return cpu >= 0 && cpu < ofKind.length ? firstFrom(ofKind[cpu], ts) : NONE;
  }

  /// When the last gap before `ts` began in which that kind of records of a CPU may be missing, or
  /// [#NONE].
  public long lastBefore(int kind, int cpu, long ts) {
    long[][] ofKind = byCpu[Integer.numberOfTrailingZeros(kind)];
    return cpu >= 0 && cpu < ofKind.length ? lastBefore(ofKind[cpu], ts) : NONE;
  }

  /// The same as [#firstFrom(int, int, long)] for any CPU.
  public long firstOfAll(int kind, long ts) {
    return firstFrom(ofAll[Integer.numberOfTrailingZeros(kind)], ts);
  }

  private static long firstFrom(long[] times, long ts) {
    int found = Arrays.binarySearch(times, ts);
    int at = found >= 0 ? found : -1 - found;
    return at == times.length ? NONE : times[at];
  }

  /// The same as [#lastBefore(int, long)] for any CPU.
  public long lastBefore(long ts) {
    return lastBefore(ofAll[0], ts);
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
