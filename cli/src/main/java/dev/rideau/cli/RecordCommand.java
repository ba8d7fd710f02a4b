package dev.rideau.cli;

import dev.rideau.cli.internal.Command;
import dev.rideau.cli.internal.Console;
import dev.rideau.cli.internal.ExitCode;
import dev.rideau.cli.internal.record.Amounts;
import dev.rideau.cli.internal.record.EventOptions;
import dev.rideau.cli.internal.record.Flight;
import dev.rideau.cli.internal.record.RecordFailure;
import dev.rideau.cli.internal.record.RecordedCommand;
import dev.rideau.cli.internal.record.SummaryText;
import dev.rideau.record.RecordException;
import dev.rideau.record.Recording;
import dev.rideau.record.RecordingOptions;
import dev.rideau.record.RecordingSummary;
import dev.rideau.record.Signals;
import dev.rideau.record.Trigger;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/// `rideau record`: records this machine.
final class RecordCommand extends Command {
  private static final long LOOK_MS = 100;

  private final Console console;
  private final Supplier<String> output =
      option("-o, --output=FILE", "trace.dat", "The file to write. Default: trace.dat.");
  private final Supplier<String> duration =
      option("--duration=TIME", "", "How long to record: 10s, 500ms, 2m. Default: until Ctrl-C.");
  private final EventOptions events = new EventOptions(this);
  private final Supplier<Boolean> noStateDump =
      flag("--no-state-dump", "Do not write down which processes, files and devices are there.");
  private final Supplier<Boolean> flight =
      flag("--flight", "Keep the newest events in memory; write them when somebody asks.");
  private final Supplier<List<String>> triggers =
      texts(
          "--on=EXPRESSION",
          "With --flight: write a snapshot when this happens: an event with a condition, as in"
              + " 'signal_deliver if sig == 11'; 'killed', a process ended by a signal;"
              + " 'syscall > 100ms' or 'syscall fsync,openat > 100ms';"
              + " 'block_rq_issue.sector -> block_rq_complete.sector > 50ms', too long from one"
              + " event to the next with the same field.");
  private final Supplier<Boolean> list = flag("--list", "Show the events of this kernel and end.");
  private final Supplier<List<String>> command =
      words("COMMAND", "Record while this command runs, behind --, and end it with the recording.");

  RecordCommand(Console console) {
    super("record");
    this.console = console;
    describe(
        "Record what this machine does, with the means that every Linux kernel has.",
        "Nothing is installed or configured, other tracing is not disturbed, and nothing is left"
            + " behind. The file is a trace.dat, which trace-cmd and KernelShark read too.");
    examples(
        "  sudo rideau record --duration 10s",
        "  sudo rideau record -o build.dat -- make -j8",
        "  sudo rideau record --flight --on killed --on 'syscall > 100ms'",
        "  sudo rideau record --profile cpu -e 'block:* if bytes > 65536' --duration 1m",
        "  rideau explain trace.dat");
  }

  @Override
  public Integer call() {
    if (list.get()) {
      return listEvents();
    }
    long durationNs = Long.MAX_VALUE;
    if (!duration.get().isEmpty()) {
      durationNs = Amounts.nanoseconds(duration.get());
      if (durationNs <= 0) {
        throw wrong("--duration: '" + duration.get() + "' is no duration such as 10s");
      }
    }
    if (!triggers.get().isEmpty() && !flight.get()) {
      throw wrong("--on needs --flight");
    }
    RecordedCommand.check(command.get());
    RecordingOptions options = events.parse(Path.of(output.get()), !noStateDump.get());
    CountDownLatch stop = new CountDownLatch(1);
    Signals.heedInterrupt();
    for (String signal : List.of("INT", "TERM", "HUP")) {
      Signals.handle(signal, stop::countDown);
    }
    // Nobody should end a recording by asking it for a snapshot.
    Signals.handle("USR1", () -> {});
    try {
      if (flight.get()) {
        return new Flight(console, options, triggerEvents()).run(stop, durationNs, command.get());
      }
      return record(options, durationNs, stop);
    } catch (RecordException failure) {
      throw RecordFailure.of(failure, "record");
    }
  }

  private List<Trigger> triggerEvents() {
    try {
      return Flight.triggers(triggers.get());
    } catch (IllegalArgumentException malformed) {
      throw wrong("--on: " + malformed.getMessage());
    }
  }

  private int listEvents() {
    try {
      Recording.availableEvents()
          .forEach((system, names) -> names.forEach(n -> console.out().println(system + ":" + n)));
    } catch (RecordException failure) {
      throw RecordFailure.of(failure, "record");
    }
    return ExitCode.OK;
  }

  private int record(RecordingOptions options, long durationNs, CountDownLatch stop) {
    int code = ExitCode.OK;
    RecordingSummary summary;
    RecordedCommand child = null;
    try (Recording recording = Recording.start(options)) {
      long endNs = durationNs == Long.MAX_VALUE ? 0 : System.nanoTime() + durationNs;
      SummaryText.noteLeftOut(console, recording.leftOut());
      if (command.get().isEmpty() && durationNs == Long.MAX_VALUE) {
        console.err().println("rideau: recording to " + options.output() + ", Ctrl-C ends it");
      }
      if (!command.get().isEmpty()) {
        child = RecordedCommand.start(command.get());
      }
      boolean hadTasks = true;
      while (!recording.hasFailed()) {
        long leftMs = endNs == 0 ? LOOK_MS : (endNs - System.nanoTime()) / 1_000_000;
        if (endNs != 0 && leftMs <= 0 || await(child, stop, Math.min(LOOK_MS, leftMs))) {
          break;
        }
        boolean _ = recording.noteNames();
        if (hadTasks && !recording.hasTasks()) {
          hadTasks = false;
          console.err().println("rideau: the processes to record have all ended");
          if (endNs == 0 && child == null) {
            break;
          }
        }
      }
      if (child != null && child.await(0)) {
        code = child.exitCode();
      }
      summary = recording.finish();
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
      return ExitCode.ERROR;
    } finally {
      if (child != null) {
        child.end();
      }
    }
    console
        .err()
        .println(
            "rideau: %s; next: rideau explain %s"
                .formatted(SummaryText.of(summary), summary.output()));
    return code;
  }

  /// Waits for the end of the command or for a signal.
  private static boolean await(@Nullable RecordedCommand child, CountDownLatch stop, long ms)
      throws InterruptedException {
    return child == null
        ? stop.await(ms, TimeUnit.MILLISECONDS)
        : child.await(ms) || stop.getCount() == 0;
  }
}
