package dev.rideau.cli.internal.top;

import dev.rideau.cli.internal.Console;
import dev.rideau.ftrace.KernelTrace;
import dev.rideau.ftrace.TraceDatWriter;
import dev.rideau.record.LiveRecording;
import dev.rideau.record.RecordingOptions;
import dev.rideau.trace.DataStream;
import dev.rideau.trace.DiagnosticSink;
import dev.rideau.trace.Environment;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.CountDownLatch;
import org.jspecify.annotations.Nullable;

/// Runs `rideau top` over a trace or over the machine.
public final class Top {
  private static final long LEAST_WAIT_NS = 10_000_000;

  private final Console console;
  private final boolean batch;
  private final SortKey sort;
  private final String filter;
  private final int alone;
  private final int rows;
  private final long stepNs;
  private final long most;

  /// @param alone the process to show alone, or -1 for all
  /// @param stepNs length of an interval
  /// @param most how many intervals to show
  public Top(
      Console console,
      boolean batch,
      SortKey sort,
      String filter,
      int alone,
      int rows,
      long stepNs,
      long most) {
    this.console = console;
    this.batch = batch;
    this.sort = sort;
    this.filter = filter;
    this.alone = alone;
    this.rows = rows;
    this.stepNs = stepNs;
    this.most = most;
  }

  /// Shows what the machine does now.
  public void live(RecordingOptions options, CountDownLatch stop, DiagnosticSink diagnostics) {
    try (TopScreen screen = startingScreen();
        LiveRecording live = LiveRecording.start(options, diagnostics)) {
      TopTracker tracker = new TopTracker(new ProcessesNow());
      long nextNs = System.nanoTime() + stepNs;
      long ownNs = live.ownCpuNs();
      long lost = 0;
      for (long shown = 0; shown < most && !screen.isEnded(); ) {
        screen.await(stop, nextNs);
        long lookedNs = System.nanoTime();
        long untilNs = live.look(TopFields.PROJECTION, tracker::take, diagnostics);
        long missingNs = tracker.missingNs(stepNs, untilNs);
        if (missingNs > 0) {
          nextNs = lookedNs + Math.max(missingNs, LEAST_WAIT_NS);
          continue;
        }
        nextNs = lookedNs + stepNs;
        TopTracker.Interval interval = tracker.finish(untilNs);
        long own = live.ownCpuNs();
        long lostNow = live.lost();
        long lengthNs = interval.endNs() - interval.beginNs();
        screen.show(interval, cost(own - ownNs, lengthNs, lostNow - lost));
        ownNs = own;
        lost = lostNow;
        shown++;
      }
    }
  }

  private static String cost(long ownNs, long lengthNs, long lost) {
    return String.format(
        Locale.ROOT,
        "; top itself %.1f %%%s",
        100.0 * ownNs / lengthNs,
        lost == 0 ? "" : ", %,d events lost".formatted(lost));
  }

  /// Shows what a trace tells, interval by interval.
  public void trace(List<DataStream> streams, CountDownLatch stop, DiagnosticSink diagnostics) {
    TopTracker tracker = new TopTracker(new ProcessesThen(streams));
    for (DataStream stream : streams) {
      Environment environment = stream.trace().traceClass().environment();
      tracker.restrict(environment.text("recorded_tids"));
      tracker.leaveOut(environment.text("partial_events"));
    }
    // Of recordings of ours the state dump is a stream of its own: which threads are one process is
    // known from the begin.
    TopFeed.run(
        streams.stream()
            .filter(stream -> TraceDatWriter.STATE_BUFFER.equals(stream.dataStreamClass().name()))
            .toList(),
        tracker,
        0,
        _ -> true,
        _ -> {});
    tracker.forgetTimes();
    try (TopScreen screen = screen(tracker::descriptor)) {
      long[] shown = {0};
      TopFeed.run(
          streams,
          tracker,
          stepNs,
          interval -> {
            screen.show(interval, "");
            if (!batch) {
              do {
                screen.await(stop, System.nanoTime() + stepNs);
              } while (screen.isPaused() && !screen.isEnded());
            }
            return ++shown[0] < most && !screen.isEnded();
          },
          diagnostics);
      if (shown[0] < most && !screen.isEnded() && tracker.lastNs() != Long.MIN_VALUE) {
        screen.show(tracker.finish(tracker.lastNs()), "");
      }
      // The last interval stays until somebody has seen it.
      while (screen.hasKeys() && !screen.isEnded()) {
        screen.await(stop, System.nanoTime() + stepNs);
      }
    }
  }

  /// It takes a while until the first interval is over.
  private TopScreen startingScreen() {
    TopScreen screen = screen(Top::fileNow);
    screen.say("starting to record; q quits");
    return screen;
  }

  private TopScreen screen(TopScreen.FileNames fileNames) {
    boolean isWatched = !batch && console.stdinIsTerminal() && console.stdoutIsTerminal();
    Keys keys = isWatched ? Keyboard.open() : null;
    return new TopScreen(console, keys, fileNames, sort, filter, alone, rows);
  }

  /// What a file of a process is called now, empty when that is not to be seen.
  private static String fileNow(int pid, int descriptor) {
    try {
      return Files.readSymbolicLink(Path.of("/proc/" + pid + "/fd/" + descriptor)).toString();
    } catch (IOException _) {
      return "";
    }
  }

  /// What `/proc` tells.
  private static final class ProcessesNow implements TopTracker.Processes {
    @Override
    public int of(long tid) {
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

    @Override
    public @Nullable String name(int pid) {
      try {
        return Files.readString(Path.of("/proc/" + pid + "/comm")).strip();
      } catch (IOException _) {
        return null;
      }
    }
  }

  /// What traces tell of names beside their records.
  private record ProcessesThen(List<DataStream> streams) implements TopTracker.Processes {
    @Override
    public int of(long tid) {
      return -1;
    }

    @Override
    public @Nullable String name(int pid) {
      for (DataStream stream : streams) {
        String name = stream.trace() instanceof KernelTrace trace ? trace.names().comm(pid) : null;
        if (name != null) {
          return name;
        }
      }
      return null;
    }
  }
}
