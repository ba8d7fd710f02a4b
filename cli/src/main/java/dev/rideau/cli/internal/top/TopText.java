package dev.rideau.cli.internal.top;

import dev.rideau.cli.internal.record.Amounts;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.IntFunction;

/// The table of one interval.
final class TopText {
  private static final List<String> TITLES =
      List.of(
          "PID", "CPU %", "WAIT ms", "WORST ms", "IRQ ms", "CALLS/s", "DISK/s", "FILES/s", "NET/s");

  private static final int[] WIDTHS = {7, 6, 9, 9, 7, 9, 10, 10, 10};

  /// Columns of the longest name of a thread, and a blank.
  private static final int NAME_WIDTH = 16;

  /// Places of what a narrow screen has no room for, in this order.
  private static final int[] LEAST_WANTED = {4, 3, 8, 7, 6, 5, 2};

  private TopText() {}

  /// The machine: one line.
  ///
  /// @param ownCost what to say of the program itself, maybe empty
  static String summary(TopTracker.Interval interval, String ownCost) {
    double wall = Math.max(1, interval.endNs() - interval.beginNs());
    double all = wall * Math.max(1, interval.cpus());
    return String.format(
        Locale.ROOT,
        "%.2f s, %s CPU%s: %s idle, %s interrupts; %,.0f events a second%s",
        wall / 1e9,
        interval.cpus() == 0 ? "-" : interval.cpus(),
        interval.cpus() == 1 ? "" : "s",
        told(interval.tellsIdle(), "%.1f %%", 100 * interval.idleNs() / all),
        told(interval.tellsAllInterrupts(), "%.1f %%", 100 * interval.irqNs() / all),
        interval.records() / (wall / 1e9),
        ownCost);
  }

  /// The processes to show, in their order.
  ///
  /// @param filter part of a name, or a process id; empty for all
  static List<Usage> chosen(TopTracker.Interval interval, SortKey sort, String filter, int most) {
    return interval.usages().stream()
        .filter(usage -> !usage.isIdle() && matches(usage, filter))
        .sorted(sort.order())
        .limit(most)
        .toList();
  }

  /// The processes: titles, and a line for each.
  ///
  /// @param columns of the screen, 0 for as many as are needed; what is wanted least is left out
  static List<String> processes(
      TopTracker.Interval interval, List<Usage> chosen, SortKey sort, int columns) {
    boolean[] isShown = shownCells(columns, TITLES.indexOf(title(sort)));
    List<String> lines = new ArrayList<>();
    lines.add(line(TITLES, isShown, "NAME, by " + sort.name().toLowerCase(Locale.ROOT)));
    chosen.forEach(usage -> lines.add(line(cells(interval, usage), isShown, usage.name)));
    return lines;
  }

  private static String title(SortKey sort) {
    return switch (sort) {
      case CPU -> "CPU %";
      case WAIT -> "WAIT ms";
      case SYSCALLS -> "CALLS/s";
      case DISK -> "DISK/s";
      case FILES -> "FILES/s";
      case NET -> "NET/s";
      case IRQS -> "IRQ ms";
    };
  }

  private static boolean[] shownCells(int columns, int sorted) {
    boolean[] isShown = new boolean[WIDTHS.length];
    int width = NAME_WIDTH;
    for (int i = 0; i < WIDTHS.length; i++) {
      isShown[i] = true;
      width += WIDTHS[i] + 1;
    }
    for (int cell : LEAST_WANTED) {
      if (columns > 0 && width > columns && cell != sorted) {
        isShown[cell] = false;
        width -= WIDTHS[cell] + 1;
      }
    }
    return isShown;
  }

  private static String line(List<String> cells, boolean[] isShown, String name) {
    StringBuilder line = new StringBuilder();
    for (int i = 0; i < WIDTHS.length; i++) {
      if (isShown[i]) {
        line.repeat(' ', Math.max(0, WIDTHS[i] - cells.get(i).length())).append(cells.get(i));
        line.append(' ');
      }
    }
    return line.append(' ').append(name).toString();
  }

  /// One process: its threads, system calls and files.
  ///
  /// @param most lines of each kind
  static List<String> process(
      TopTracker.Interval interval, Usage usage, int most, IntFunction<String> fileNames) {
    double wall = Math.max(1, interval.endNs() - interval.beginNs());
    List<String> lines = new ArrayList<>();
    lines.add(String.format(Locale.ROOT, "process %d %s", usage.pid, usage.name));
    lines.add(
        String.format(
            Locale.ROOT,
            "%7s %6s %9s %9s %9s  %s",
            "TID",
            "CPU %",
            "WAIT ms",
            "WORST ms",
            "SWITCHES",
            "THREAD"));
    usage.threads.values().stream()
        .sorted(
            Comparator.comparingLong((Usage.OfThread thread) -> -thread.cpuNs)
                .thenComparingLong(thread -> thread.tid))
        .limit(most)
        .forEach(thread ->
            lines.add(
                String.format(
                    Locale.ROOT,
                    "%7d %6s %9s %9s %9s  %s",
                    thread.tid,
                    told(interval.tellsCpu(), "%.1f", 100 * thread.cpuNs / wall),
                    told(interval.tellsWaits(), "%.2f", thread.waitNs / 1e6),
                    told(interval.tellsWaits(), "%.2f", thread.longestWaitNs / 1e6),
                    told(interval.tellsCpu(), "%.0f", thread.switches),
                    thread.name)));
    lines.add(
        String.format(
            Locale.ROOT, "%7s %16s %9s  %s", "CALLS", "ALL ms", "LONGEST", "SYSTEM CALL"));
    usage.calls.entrySet().stream()
        .sorted(
            Comparator.comparingLong((Map.Entry<String, Usage.OfCall> call) -> -call.getValue().ns)
                .thenComparing(Map.Entry::getKey))
        .limit(most)
        .forEach(call ->
            lines.add(
                String.format(
                    Locale.ROOT,
                    "%7d %16.2f %9.2f  %s",
                    call.getValue().count,
                    call.getValue().ns / 1e6,
                    call.getValue().longestNs / 1e6,
                    call.getKey())));
    lines.add(String.format(Locale.ROOT, "%7s %16s  %s", "FD", "BYTES/s", "FILE"));
    usage.files.entrySet().stream()
        .sorted(
            Comparator.comparingLong((Map.Entry<Integer, Long> file) -> -file.getValue())
                .thenComparing(Map.Entry::getKey))
        .limit(most)
        .forEach(file ->
            lines.add(
                String.format(
                    Locale.ROOT,
                    "%7d %16s  %s",
                    file.getKey(),
                    rate(file.getValue(), wall / 1e9),
                    fileNames.apply(file.getKey()))));
    return lines;
  }

  private static boolean matches(Usage usage, String filter) {
    return filter.isEmpty()
        || usage.name.contains(filter)
        || Integer.toString(usage.pid).equals(filter);
  }

  private static List<String> cells(TopTracker.Interval interval, Usage usage) {
    double wallNs = Math.max(1, interval.endNs() - interval.beginNs());
    double seconds = wallNs / 1e9;
    return List.of(
        Integer.toString(usage.pid),
        told(interval.tellsCpu(), "%.1f", 100 * usage.cpuNs / wallNs),
        told(interval.tellsWaits(), "%.2f", usage.waitNs / 1e6),
        told(interval.tellsWaits(), "%.2f", usage.longestWaitNs / 1e6),
        told(interval.tellsInterrupts(), "%.2f", usage.irqNs / 1e6),
        told(interval.tellsCalls(), "%.0f", usage.syscalls / seconds),
        rate(usage.diskBytes, seconds),
        rate(usage.fileBytes, seconds),
        rate(usage.netBytes, seconds));
  }

  /// A number, or that nothing was recorded of it.
  private static String told(boolean isTold, String format, double value) {
    return isTold ? String.format(Locale.ROOT, format, value) : "-";
  }

  private static String rate(long bytes, double seconds) {
    return bytes == 0 ? "-" : Amounts.text((long) (bytes / seconds));
  }
}
