package dev.rideau.cli;

import dev.rideau.cli.internal.Command;
import dev.rideau.cli.internal.CommandFailure;
import dev.rideau.cli.internal.Console;
import dev.rideau.cli.internal.ExitCode;
import dev.rideau.tracer.TracerClient;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/// `rideau trace`: controls the tracer in running Java programs.
final class TraceCommand extends Command {
  TraceCommand(Console console) {
    super("trace");
    describe(
        "Control the tracer in a Java program of yours that is running.",
        "Without a session an action is done to all sessions of the program.");
    examples(
        "  rideau trace list",
        "  rideau trace start 4711 --output=/tmp/shop-trace --events='shop:*'",
        "  rideau trace stop 4711",
        "  rideau trace snapshot 4711 --session=flight");
    subcommand(new ListSessions(console));
    subcommand(new Start(console));
    subcommand(new Act(console, "stop", "Stop recording and write everything to the files."));
    subcommand(new Act(console, "flush", "Write everything recorded so far to the files."));
    subcommand(new Act(console, "snapshot", "Write what the buffers hold; prints the folder."));
    subcommand(
        new Act(console, "rotate", "Move what was recorded into a trace; prints the folder."));
  }

  @Override
  public Integer call() {
    throw wrong("an action is missing: list, start, stop, flush, snapshot or rotate");
  }

  private static List<String> send(long pid, String... words) {
    try {
      return TracerClient.send(pid, words);
    } catch (IOException failure) {
      String message = failure.getMessage();
      throw new CommandFailure(
          message == null ? failure.toString() : message,
          "'rideau trace list' shows what there is");
    }
  }

  private static List<String> sessions(long pid) {
    return send(pid, "list").stream().map(line -> line.substring(0, line.indexOf('\t'))).toList();
  }

  /// `rideau trace list`.
  private static final class ListSessions extends Command {
    private final Console console;

    ListSessions(Console console) {
      super("list");
      this.console = console;
      describe("List sessions: process, name, state, events lost, folder.");
      examples("  rideau trace list");
    }

    @Override
    public Integer call() throws IOException {
      Collection<Long> processes = TracerClient.processes();
      for (long pid : processes) {
        if (ProcessHandle.of(pid).isPresent()) {
          show(pid);
        }
      }
      return ExitCode.OK;
    }

    /// One that does not answer does not hide the others.
    private void show(long pid) {
      try {
        List<String> sessions = TracerClient.send(pid, "list");
        for (String line : sessions) {
          console.out().println(pid + "\t" + line);
        }
        if (sessions.isEmpty()) {
          console
              .err()
              .println(
                  "rideau: note: process "
                      + pid
                      + " has no session; 'rideau trace start "
                      + pid
                      + " --output=DIR' makes one");
        }
      } catch (IOException failure) {
        console.err().println("rideau: note: " + failure.getMessage());
      }
    }
  }

  /// `rideau trace start`.
  private static final class Start extends Act {
    private static final String NEW_SESSION = "remote";

    private final Supplier<@Nullable Path> output =
        option("--output=DIR", Path.class, "Record to this new folder, in a new session.");
    private final Supplier<@Nullable String> events =
        option("--events=PATTERN", String.class, "Events of the new session; default all.");

    Start(Console console) {
      super(console, "start", "Let sessions record, or go on; or make a new one.");
      examples("  rideau trace start 4711 --output=/tmp/shop-trace --events='shop:*'");
    }

    @Override
    public Integer call() {
      Path folder = output.get();
      String pattern = events.get();
      if (folder == null) {
        if (pattern != null) {
          throw wrong("--events needs --output: a session that exists has its events");
        }
        return super.call();
      }
      String name = session();
      // The program may be at work elsewhere.
      show(
          "create",
          name == null ? NEW_SESSION : name,
          folder.toAbsolutePath().toString(),
          pattern == null ? "*" : pattern);
      return ExitCode.OK;
    }
  }

  /// The other actions.
  private static class Act extends Command {
    private final Console console;
    private final String action;
    private final Supplier<Long> process =
        argument("PID", Long.class, "The process of the program.");
    private final Supplier<@Nullable String> session =
        option("--session=NAME", String.class, "Just this session.");

    Act(Console console, String action, String description) {
      super(action);
      this.console = console;
      this.action = action;
      describe(description);
      examples("  rideau trace " + action + " 4711");
    }

    @Override
    public Integer call() {
      String only = session.get();
      List<String> names = new ArrayList<>(only == null ? sessions(process.get()) : List.of(only));
      for (String name : names) {
        show(action, name);
      }
      return ExitCode.OK;
    }

    @Nullable String session() {
      return session.get();
    }

    void show(String... words) {
      for (String line : send(process.get(), words)) {
        console.out().println(line);
      }
    }
  }
}
