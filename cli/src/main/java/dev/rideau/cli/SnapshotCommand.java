package dev.rideau.cli;

import dev.rideau.cli.internal.Command;
import dev.rideau.cli.internal.CommandFailure;
import dev.rideau.cli.internal.Console;
import dev.rideau.cli.internal.ExitCode;
import dev.rideau.cli.internal.record.RecordFailure;
import dev.rideau.record.FlightRecorder;
import dev.rideau.record.RecordException;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;

/// `rideau snapshot`: has running flight recorders write what they have.
final class SnapshotCommand extends Command {
  private final Console console;
  private final Supplier<List<String>> pids =
      words("PID", "Only these flight recorders. Default: all that run.");

  SnapshotCommand(Console console) {
    super("snapshot");
    this.console = console;
    describe(
        "Have running flight recorders (rideau record --flight) write their last seconds.",
        "They say where, and go on. The same as sending them SIGUSR1.");
    examples("  sudo rideau record --flight -o /var/tmp/flight.dat &", "  sudo rideau snapshot");
  }

  @Override
  public Integer call() {
    try {
      List<Long> running = FlightRecorder.running();
      List<Long> chosen = new ArrayList<>();
      for (String pid : pids.get()) {
        if (!pid.matches("\\d{1,10}")) {
          throw wrong("'" + pid + "' is no process id");
        }
        chosen.add(Long.parseLong(pid));
      }
      chosen = chosen.isEmpty() ? running : chosen;
      if (chosen.isEmpty()) {
        throw new CommandFailure(
            "no flight recorder runs", "Start one: sudo rideau record --flight");
      }
      for (long pid : chosen) {
        if (!running.contains(pid) || !FlightRecorder.ask(pid)) {
          throw new CommandFailure(
              "process %d is no flight recorder of ours".formatted(pid), "Leave the number out.");
        }
        console.out().println("asked flight recorder " + pid);
      }
      return ExitCode.OK;
    } catch (RecordException failure) {
      throw RecordFailure.of(failure, "snapshot");
    }
  }
}
