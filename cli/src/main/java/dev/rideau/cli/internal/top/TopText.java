package dev.rideau.cli.internal.top;

import dev.rideau.cli.internal.record.Amounts;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/// The table of one interval.
final class TopText {
  private TopText() {}

  /// The lines: two of summary, one of titles, one for each process.
  ///
  /// @param filter part of a name, or a process id; empty for all
  /// @param ownCost what to say of the program itself, maybe empty
  static List<String> lines(
      TopTracker.Interval interval, SortKey sort, String filter, int most, String ownCost) {
    List<String> lines = new ArrayList<>();
    double wall = Math.max(1, interval.endNs() - interval.beginNs());
    double all = wall * Math.max(1, interval.cpus());
    lines.add(
        String.format(
            Locale.ROOT,
            "%.2f s, %d CPUs: %.1f %% idle, %.1f %% interrupts; %,.0f events a second%s",
            wall / 1e9,
            interval.cpus(),
            100 * interval.idleNs() / all,
            100 * interval.irqNs() / all,
            interval.records() / (wall / 1e9),
            ownCost));
    lines.add(
        String.format(
            Locale.ROOT,
            "%7s %6s %9s %9s %9s %10s %10s %10s  %s",
            "PID",
            "CPU %",
            "WAIT ms",
            "WORST ms",
            "CALLS/s",
            "DISK/s",
            "FILES/s",
            "NET/s",
            "NAME, by " + sort.name().toLowerCase(Locale.ROOT)));
    interval.usages().stream()
        .filter(usage -> !usage.isIdle() && matches(usage, filter))
        .sorted(sort.order())
        .limit(most)
        .forEach(usage -> lines.add(line(usage, wall)));
    return lines;
  }

  private static boolean matches(Usage usage, String filter) {
    return filter.isEmpty()
        || usage.name.contains(filter)
        || Integer.toString(usage.pid).equals(filter);
  }

  private static String line(Usage usage, double wallNs) {
    double seconds = wallNs / 1e9;
    return String.format(
        Locale.ROOT,
        "%7d %6.1f %9.2f %9.2f %9.0f %10s %10s %10s  %s",
        usage.pid,
        100 * usage.cpuNs / wallNs,
        usage.waitNs / 1e6,
        usage.longestWaitNs / 1e6,
        usage.syscalls / seconds,
        rate(usage.diskBytes, seconds),
        rate(usage.fileBytes, seconds),
        rate(usage.netBytes, seconds),
        usage.name);
  }

  private static String rate(long bytes, double seconds) {
    return bytes == 0 ? "-" : Amounts.text((long) (bytes / seconds));
  }
}
