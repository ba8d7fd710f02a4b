package dev.rideau.cli;

import dev.rideau.cli.internal.Command;
import dev.rideau.cli.internal.CommandFailure;
import dev.rideau.cli.internal.Console;
import dev.rideau.cli.internal.ExitCode;
import dev.rideau.tracer.Recovery;
import java.io.IOException;
import java.nio.file.Path;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/// `rideau recover`: finishes the trace of a program that was killed.
final class RecoverCommand extends Command {
  private final Console console;
  private final Supplier<Path> folder =
      argument("DIR", Path.class, "The folder that the program recorded to.");
  private final Supplier<@Nullable Path> output =
      option(
          "-o, --output=DIR",
          Path.class,
          "Write the whole trace to this new folder and leave the other one as it is.");

  RecoverCommand(Console console) {
    super("recover");
    this.console = console;
    describe(
        "Finish the trace of a program that was killed while it recorded itself with the tracer.",
        "Every event that the program had committed, and that was not overwritten, is added to the"
            + " trace; records that were being written are left out. The ring buffers are removed"
            + " when all is done.");
    examples("  rideau recover mytrace", "  rideau recover mytrace -o whole");
  }

  @Override
  public Integer call() {
    Path target = output.get();
    try {
      Recovery.Result result =
          target == null ? Recovery.recover(folder.get()) : Recovery.recover(folder.get(), target);
      for (String note : result.notes()) {
        console.err().println("rideau recover: " + note);
      }
      console
          .out()
          .println(
              "%s: %s recovered, %s had been lost while recording"
                  .formatted(
                      result.folder(),
                      count(result.packets(), "packet"),
                      count(result.lostEvents(), "event")));
      return ExitCode.OK;
    } catch (IOException failure) {
      throw new CommandFailure(
          message(failure), "nothing was removed; what was recorded is still there", failure);
    }
  }

  private static String count(long number, String what) {
    return "%,d %s".formatted(number, number == 1 ? what : what + "s");
  }

  private static String message(IOException failure) {
    String message = failure.getMessage();
    return message == null ? failure.toString() : message;
  }
}
