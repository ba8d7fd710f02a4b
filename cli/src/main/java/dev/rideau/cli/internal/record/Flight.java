package dev.rideau.cli.internal.record;

import dev.rideau.cli.internal.Console;
import dev.rideau.cli.internal.ExitCode;
import dev.rideau.record.EventWatch;
import dev.rideau.record.FlightRecorder;
import dev.rideau.record.RecordException;
import dev.rideau.record.Recording;
import dev.rideau.record.RecordingOptions;
import dev.rideau.record.RecordingSummary;
import dev.rideau.record.Signals;
import dev.rideau.record.Trigger;
import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;

/// A flight recorder that runs until a signal ends it.
public final class Flight {
  private static final DateTimeFormatter STAMP = DateTimeFormatter.ofPattern("yyyyMMdd-HHmmss");
  private static final long LOOK_MS = 100;

  /// After a snapshot for an event, others of the same burst ask for no further one.
  private static final long QUIET_NS = TimeUnit.SECONDS.toNanos(5);

  private final Console console;
  private final RecordingOptions options;
  private final List<Trigger> triggers;
  private int snapshots;
  private int failures;

  /// @param triggers what asks for a snapshot
  public Flight(Console console, RecordingOptions options, List<Trigger> triggers) {
    this.console = console;
    this.options = options;
    this.triggers = triggers;
  }

  /// What texts of `--on` ask for.
  ///
  /// @throws IllegalArgumentException when one asks for nothing known
  public static List<Trigger> triggers(List<String> texts) {
    List<String> syscalls = List.of();
    if (texts.stream().anyMatch(text -> text.strip().startsWith("syscall"))) {
      syscalls =
          Recording.availableEvents().getOrDefault("syscalls", List.of()).stream()
              .filter(name -> name.startsWith("sys_enter_"))
              .map(name -> name.substring("sys_enter_".length()))
              .toList();
    }
    List<Trigger> triggers = new ArrayList<>();
    for (String text : texts) {
      triggers.add(TriggerText.parse(text, syscalls));
    }
    return triggers;
  }

  /// Records until `stop`, for at most `durationNs`, and while a command runs if there is one.
  ///
  /// @param command empty for none
  /// @return the exit code of the command; else 1 where a snapshot failed, 0 where none did
  public int run(CountDownLatch stop, long durationNs, List<String> command) {
    int code = ExitCode.OK;
    RecordedCommand child = null;
    Semaphore asked = new Semaphore(0);
    Signals.handle("USR1", asked::release);
    long endNs = durationNs == Long.MAX_VALUE ? 0 : System.nanoTime() + durationNs;
    try (FlightRecorder recorder = FlightRecorder.start(options);
        EventWatch watch =
            triggers.isEmpty() ? null : EventWatch.start(triggers, options.clock())) {
      SummaryText.noteLeftOut(console, recorder.leftOut());
      console
          .err()
          .println(
              "rideau: flight recorder %d runs; 'rideau snapshot' writes the last seconds, Ctrl-C"
                      .formatted(ProcessHandle.current().pid())
                  + " ends it");
      if (!command.isEmpty()) {
        child = RecordedCommand.start(command);
      }
      long quietUntilNs = System.nanoTime();
      while (stop.getCount() > 0
          && (endNs == 0 || System.nanoTime() < endNs)
          && (child == null || !child.await(0))) {
        boolean wanted = asked.tryAcquire(LOOK_MS, TimeUnit.MILLISECONDS);
        String why = "asked";
        String seen = watch == null ? null : watch.happened();
        if (!wanted && seen != null && System.nanoTime() - quietUntilNs >= 0) {
          wanted = true;
          why = seen;
          quietUntilNs = System.nanoTime() + QUIET_NS;
        }
        if (wanted) {
          asked.drainPermits();
          snapshot(recorder, why);
        }
      }
      if (child != null && child.await(0)) {
        code = child.exitCode();
      }
      console.err().println("rideau: the flight recorder ended; " + written());
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
    } finally {
      if (child != null) {
        child.end();
      }
    }
    return code == ExitCode.OK && failures > 0 ? ExitCode.ERROR : code;
  }

  private String written() {
    String written =
        switch (snapshots) {
          case 0 ->
              failures == 0
                  ? "no snapshot was asked for, so nothing was written"
                  : "nothing was written";
          case 1 -> "it wrote one snapshot";
          default -> "it wrote " + snapshots + " snapshots";
        };
    return switch (failures) {
      case 0 -> written;
      case 1 -> written + "; one snapshot failed";
      default -> written + "; " + failures + " snapshots failed";
    };
  }

  private void snapshot(FlightRecorder recorder, String why) {
    Path file = nextFile();
    try {
      RecordingSummary summary = recorder.snapshot(file);
      snapshots++;
      console
          .err()
          .println(
              "rideau: %s: %,d events, %s in %s; next: rideau explain %s"
                  .formatted(why, summary.events(), Amounts.text(summary.fileBytes()), file, file));
    } catch (RecordException failure) {
      // A full disk today may be empty tomorrow.
      failures++;
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
    for (int i = 2; !isOurs(file); i++) {
      file = options.output().resolveSibling(start + "-" + stamp + "-" + i + end);
    }
    return file;
  }

  /// Makes the file, unless another flight recorder that was asked as well was faster.
  private static boolean isOurs(Path file) {
    try {
      Files.createFile(file);
      return true;
    } catch (FileAlreadyExistsException _) {
      return false;
    } catch (IOException _) {
      // Writing to it tells why.
      return true;
    }
  }
}
