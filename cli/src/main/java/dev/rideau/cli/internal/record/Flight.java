package dev.rideau.cli.internal.record;

import dev.rideau.cli.internal.Console;
import dev.rideau.record.EventRequest;
import dev.rideau.record.EventWatch;
import dev.rideau.record.FlightRecorder;
import dev.rideau.record.RecordException;
import dev.rideau.record.RecordingOptions;
import dev.rideau.record.RecordingSummary;
import dev.rideau.record.Signals;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/// A flight recorder that runs until a signal ends it.
public final class Flight {
  private static final DateTimeFormatter STAMP = DateTimeFormatter.ofPattern("yyyyMMdd-HHmmss");
  private static final long LOOK_MS = 100;

  /// After a snapshot for an event, others of the same burst ask for no further one.
  private static final long QUIET_NS = TimeUnit.SECONDS.toNanos(5);

  private final Console console;
  private final RecordingOptions options;
  private final List<EventRequest> triggers;

  /// @param triggers events that ask for a snapshot
  public Flight(Console console, RecordingOptions options, List<EventRequest> triggers) {
    this.console = console;
    this.options = options;
    this.triggers = triggers;
  }

  /// Records until `stop`, for at most `durationNs`.
  public void run(CountDownLatch stop, long durationNs) {
    Semaphore asked = new Semaphore(0);
    Signals.handle("USR1", asked::release);
    long endNs = durationNs == Long.MAX_VALUE ? 0 : System.nanoTime() + durationNs;
    try (FlightRecorder recorder = FlightRecorder.start(options);
        EventWatch watch =
            triggers.isEmpty() ? null : EventWatch.start(triggers, options.clock())) {
      console
          .err()
          .println(
              "rideau: flight recorder %d runs; 'rideau snapshot' writes the last seconds, Ctrl-C"
                      .formatted(ProcessHandle.current().pid())
                  + " ends it");
      long quietUntilNs = System.nanoTime();
      while (stop.getCount() > 0 && (endNs == 0 || System.nanoTime() < endNs)) {
        boolean wanted = asked.tryAcquire(LOOK_MS, TimeUnit.MILLISECONDS);
        String why = "asked";
        if (!wanted && happened(watch) && System.nanoTime() - quietUntilNs >= 0) {
          wanted = true;
          why = "event seen";
          quietUntilNs = System.nanoTime() + QUIET_NS;
        }
        if (wanted) {
          asked.drainPermits();
          snapshot(recorder, why);
        }
      }
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
    }
  }

  private static boolean happened(@Nullable EventWatch watch) {
    return watch != null && watch.happened() > 0;
  }

  private void snapshot(FlightRecorder recorder, String why) {
    Path file = nextFile();
    try {
      RecordingSummary summary = recorder.snapshot(file);
      console
          .err()
          .println(
              "rideau: %s: %,d events, %s in %s; next: rideau explain %s"
                  .formatted(why, summary.events(), Amounts.text(summary.fileBytes()), file, file));
    } catch (RecordException failure) {
      // A full disk today may be empty tomorrow.
      console.err().println("rideau: error: " + failure.getMessage() + ". " + failure.advice());
    }
  }

  /// `trace-20260131-130502.dat` for an output of `trace.dat`.
  private Path nextFile() {
    String name = String.valueOf(options.output().getFileName());
    int dot = name.lastIndexOf('.');
    String start = dot > 0 ? name.substring(0, dot) : name;
    String end = dot > 0 ? name.substring(dot) : "";
    String stamp = STAMP.format(LocalDateTime.now(ZoneId.systemDefault()));
    Path file = options.output().resolveSibling(start + "-" + stamp + end);
    for (int i = 2; Files.exists(file); i++) {
      file = options.output().resolveSibling(start + "-" + stamp + "-" + i + end);
    }
    return file;
  }
}
