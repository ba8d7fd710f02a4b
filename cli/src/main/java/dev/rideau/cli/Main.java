package dev.rideau.cli;

import dev.rideau.cli.internal.BrokenPipeException;
import dev.rideau.cli.internal.CommandFailure;
import dev.rideau.cli.internal.Console;
import dev.rideau.cli.internal.ErrorReport;
import dev.rideau.cli.internal.ExitCode;
import dev.rideau.cli.internal.HelpStyle;
import dev.rideau.cli.internal.Version;
import java.io.PrintWriter;
import java.util.List;
import picocli.CommandLine;
import picocli.CommandLine.ExecutionException;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.ParseResult;
import picocli.CommandLine.RunLast;
import picocli.CommandLine.UnmatchedArgumentException;

/// The entry of the `rideau` command.
public final class Main {
  private Main() {}

  /// Runs the command line and ends the process.
  public static void main(String[] arguments) {
    int code = run(Console.ofProcess(), arguments);
    // System.exit asks for a logger first, and the search for one opens every jar.
    if (code != ExitCode.OK) {
      System.exit(code);
    }
  }

  /// Runs one command line and returns its exit code. Never throws.
  ///
  /// @param console where the command prints; flushed at the end
  public static int run(Console console, String... arguments) {
    return run(console, Commands.ALL, arguments);
  }

  /// The same with other commands; for tests.
  static int run(Console console, List<Commands.Entry> commands, String... arguments) {
    try {
      int code = execute(console, commands, arguments);
      console.flush();
      return code;
    } catch (Throwable failure) {
      return ErrorReport.print(console, failure);
    }
  }

  // Scripts ask for the version first, so it does not wait for picocli.
  private static int execute(Console console, List<Commands.Entry> commands, String... arguments) {
    if (arguments.length == 1 && arguments[0].equals("--version")) {
      console.out().println(Version.line());
      return ExitCode.OK;
    }
    return commandLine(console, commands, arguments).execute(withoutComments(arguments));
  }

  // A statement that begins with a comment looks like an option, but no option's name has a blank.
  private static String[] withoutComments(String... arguments) {
    String[] words = arguments.clone();
    for (int i = 0; i < words.length; i++) {
      String name = words[i].split("=", 2)[0];
      if (name.startsWith("--") && name.chars().anyMatch(Character::isWhitespace)) {
        words[i] = " " + words[i];
      }
    }
    return words;
  }

  /// The command line with every command, for help, completion and man pages.
  static CommandLine everything(Console console) {
    return commandLine(console, Commands.ALL);
  }

  // Creating commands costs milliseconds, so only the one that is named is created.
  // No name, or an unknown one, needs them all: for the list in the help and for suggestions.
  private static CommandLine commandLine(
      Console console, List<Commands.Entry> commands, String... arguments) {
    CommandLine line = new CommandLine(new RideauCommand(console).spec());
    String first = arguments.length == 0 ? "" : arguments[0];
    boolean known = commands.stream().anyMatch(entry -> entry.name().equals(first));
    for (Commands.Entry entry : commands) {
      if (!known || entry.name().equals(first)) {
        line.addSubcommand(entry.name(), entry.create().apply(console).spec());
      }
    }
    line.setOut(console.out());
    line.setErr(console.err());
    line.setExecutionStrategy(Main::runLast);
    line.setExecutionExceptionHandler((failure, _, _) -> {
      flushQuietly(console);
      return ErrorReport.print(console, failure);
    });
    line.setParameterExceptionHandler((failure, _) -> printUsageError(console, failure));
    HelpStyle.apply(line, console.colours());
    return line;
  }

  // Help is printed outside of any command, and picocli shows a stack trace when that fails.
  private static int runLast(ParseResult parsed) {
    try {
      return new RunLast().execute(parsed);
    } catch (BrokenPipeException | CommandFailure failure) {
      throw new ExecutionException(parsed.commandSpec().commandLine(), "printing failed", failure);
    }
  }

  // What was printed before the fault still reaches the user.
  private static void flushQuietly(Console console) {
    try {
      console.flush();
    } catch (BrokenPipeException nobodyReads) {
      // the fault itself is what counts
    }
  }

  private static int printUsageError(Console console, ParameterException failure) {
    PrintWriter err = console.err();
    String command = failure.getCommandLine().getCommandSpec().qualifiedName();
    err.println(command + ": error: " + failure.getMessage());
    UnmatchedArgumentException.printSuggestions(failure, err);
    err.println("Try '" + command + " --help'.");
    err.flush();
    return ExitCode.USAGE;
  }
}
