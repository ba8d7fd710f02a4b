package dev.rideau.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.rideau.cli.internal.Command;
import dev.rideau.cli.internal.CommandFailure;
import dev.rideau.cli.internal.Console;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.NoSuchFileException;
import java.util.List;
import java.util.concurrent.Callable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

final class MainTest {
  @Test
  void printsTheVersionOfThePom() {
    Run run = Run.of("--version");
    assertThat(run.exitCode()).isZero();
    assertThat(run.stdout()).matches("rideau \\d+\\.\\d+\\.\\d+\\S* \\(Java 2\\d\\S*\\)\\R");
    assertThat(Run.of("-V")).isEqualTo(run);
  }

  @Test
  void withoutACommandExplainsItselfOnStderr() {
    Run run = Run.of();
    assertThat(run.exitCode()).isEqualTo(2);
    assertThat(run.stdout()).isEmpty();
    assertThat(run.stderr()).startsWith("Usage: rideau ").contains("Commands:");
  }

  @Test
  void helpGoesToStdout() {
    Run run = Run.of("--help");
    assertThat(run.exitCode()).isZero();
    assertThat(run.stdout()).startsWith("Usage: rideau ");
    assertThat(run.stderr()).isEmpty();
  }

  @Test
  void unknownCommandIsAUsageErrorWithASuggestion() {
    Run run = Run.of("generat");
    assertThat(run.exitCode()).isEqualTo(2);
    assertThat(run.stderr()).contains("generat").contains("Did you mean", "generate");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "cat|",
        "convert|nothing|-o|",
        "convert|nothing|--output=",
        "generate|man|",
      })
  void anEmptyPathIsNotTheWorkingDirectory(String arguments) {
    Run run = Run.of(arguments.split("\\|", -1));
    assertThat(run.exitCode()).isEqualTo(2);
    assertThat(run.stderr()).contains("the path is empty");
  }

  @Test
  void unknownOptionNamesTheCommandWhoseHelpHelps() {
    Run run = Run.of("generate", "man", "--colour", "folder");
    assertThat(run.exitCode()).isEqualTo(2);
    assertThat(run.stderr())
        .startsWith("rideau generate man: error: ")
        .contains("--colour")
        .contains("Try 'rideau generate man --help'.");
  }

  @Test
  void createsOnlyTheNamedCommand() {
    List<Commands.Entry> commands =
        List.of(
            throwing(() -> 7),
            new Commands.Entry(
                "other",
                _ -> {
                  throw new AssertionError("created though not asked for");
                }));
    assertThat(Run.of(commands, "fail").exitCode()).isEqualTo(7);
  }

  @Test
  void knownFailureIsAMessageWithAdvice() {
    Run run =
        fail(() -> {
          throw new CommandFailure("/t/metadata: is empty", "record again");
        });
    assertThat(run.exitCode()).isEqualTo(1);
    assertThat(run.stderr())
        .isEqualToNormalizingNewlines(
            """
            rideau: error: /t/metadata: is empty
            rideau: advice: record again
            """);
  }

  @Test
  void missingFileIsNamed() {
    Run run =
        fail(() -> {
          throw new NoSuchFileException("/no/trace");
        });
    assertThat(run.exitCode()).isEqualTo(1);
    assertThat(run.stderr().strip()).isEqualTo("rideau: error: /no/trace: does not exist");
  }

  @Test
  void unexpectedFailureShowsNoStackTrace() {
    Run run =
        fail(() -> {
          throw new IllegalStateException("impossible");
        });
    assertThat(run.exitCode()).isEqualTo(1);
    assertThat(run.stderr())
        .startsWith("rideau: internal error: IllegalStateException: impossible")
        .doesNotContain("\tat ");
  }

  @Test
  void errorsOfTheJvmAreGuardedToo() {
    Run run =
        fail(() -> {
          throw new StackOverflowError();
        });
    assertThat(run.exitCode()).isEqualTo(1);
    assertThat(run.stderr()).contains("StackOverflowError").doesNotContain("\tat ");
  }

  @ParameterizedTest
  @CsvSource({"--help", "cat --help", "generate --help"})
  void helpThatCannotBePrintedShowsNoStackTrace(String line) {
    OutputStream refusing =
        new OutputStream() {
          @Override
          public void write(int octet) throws IOException {
            throw new IOException("No space left on device");
          }
        };
    ByteArrayOutputStream stderr = new ByteArrayOutputStream();
    int _ = Main.run(Console.of(refusing, stderr), line.split(" "));
    assertThat(stderr.toString(StandardCharsets.UTF_8)).doesNotContain("\tat ");
  }

  private static Run fail(Callable<Integer> action) {
    return Run.of(List.of(throwing(action)), "fail");
  }

  private static Commands.Entry throwing(Callable<Integer> action) {
    return new Commands.Entry("fail", _ -> new FailCommand(action));
  }

  private static final class FailCommand extends Command {
    private final Callable<Integer> action;

    FailCommand(Callable<Integer> action) {
      super("fail");
      this.action = action;
    }

    @Override
    public Integer call() throws Exception {
      return action.call();
    }
  }
}
