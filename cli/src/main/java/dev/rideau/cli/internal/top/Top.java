package dev.rideau.cli.internal.top;

import dev.rideau.cli.internal.Console;
import dev.rideau.ftrace.KernelTrace;
import dev.rideau.record.LiveRecording;
import dev.rideau.record.RecordingOptions;
import dev.rideau.trace.DataStream;
import dev.rideau.trace.DiagnosticSink;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.CountDownLatch;

/// Runs `rideau top` over a trace or over the machine.
public final class Top {
  private final Console console;
  private final boolean batch;
  private final SortKey sort;
  private final String filter;
  private final int rows;
  private final long stepNs;
  private final long most;

  /// @param stepNs length of an interval
  /// @param most how many intervals to show
  public Top(
      Console console,
      boolean batch,
      SortKey sort,
      String filter,
      int rows,
      long stepNs,
      long most) {
    this.console = console;
    this.batch = batch;
    this.sort = sort;
    this.filter = filter;
    this.rows = rows;
    this.stepNs = stepNs;
    this.most = most;
  }

  /// Shows what the machine does now.
  public void live(RecordingOptions options, CountDownLatch stop, DiagnosticSink diagnostics) {
    try (LiveRecording live = LiveRecording.start(options, diagnostics);
        TopScreen screen = new TopScreen(console, batch, sort, filter, rows)) {
      TopTracker tracker = new TopTracker(Top::processNow);
      long nextNs = System.nanoTime();
      long ownNs = live.ownCpuNs();
      long lost = 0;
      for (long shown = 0; shown < most && !screen.isEnded(); ) {
        nextNs += stepNs;
        screen.await(stop, nextNs);
        try (KernelTrace trace = live.next()) {
          TopFeed.run(trace.dataStreams(), tracker, 0, _ -> true, diagnostics);
        }
        if (tracker.lastNs() == Long.MIN_VALUE) {
          continue;
        }
        TopTracker.Interval interval = tracker.finish(tracker.lastNs());
        long own = live.ownCpuNs();
        long lostNow = live.lost();
        screen.show(interval, cost(own - ownNs, lostNow - lost));
        ownNs = own;
        lost = lostNow;
        shown++;
      }
    }
  }

  private String cost(long ownNs, long lost) {
    return String.format(
        Locale.ROOT,
        "; top itself %.1f %%%s",
        100.0 * ownNs / stepNs,
        lost == 0 ? "" : ", %,d events lost".formatted(lost));
  }

  /// Shows what a trace tells, interval by interval.
  public void trace(List<DataStream> streams, CountDownLatch stop, DiagnosticSink diagnostics) {
    TopTracker tracker = new TopTracker(_ -> -1);
    try (TopScreen screen = new TopScreen(console, batch, sort, filter, rows)) {
      long[] shown = {0};
      TopFeed.run(
          streams,
          tracker,
          stepNs,
          interval -> {
            screen.show(interval, "");
            if (!batch) {
              screen.await(stop, System.nanoTime() + stepNs);
            }
            return ++shown[0] < most && !screen.isEnded();
          },
          diagnostics);
      if (shown[0] < most && !screen.isEnded() && tracker.lastNs() != Long.MIN_VALUE) {
        screen.show(tracker.finish(tracker.lastNs()), "");
      }
    }
  }

  /// The process of a thread that is there now, or -1.
  private static int processNow(long tid) {
    try {
      for (String line : Files.readAllLines(Path.of("/proc/" + tid + "/status"))) {
        if (line.startsWith("Tgid:")) {
          return Integer.parseInt(line.substring(5).strip());
        }
      }
    } catch (IOException | NumberFormatException _) {
      // Gone already.
    }
    return -1;
  }
}
