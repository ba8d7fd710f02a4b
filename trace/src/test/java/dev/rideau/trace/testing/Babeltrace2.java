package dev.rideau.trace.testing;

import java.io.ByteArrayOutputStream;
import java.io.File;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Assumptions;

/// The program `babeltrace2` as an independent oracle.
///
/// A test that compares with it carries the tag `oracle` and is skipped, with a message, where the
/// program is not installed. It always runs with `TZ=UTC` and the locale `C`, so that its text is
/// the same on every machine.
public final class Babeltrace2 {
  private static final long LIMIT_SECONDS = 300;
  private static final File DEV_NULL = new File("/dev/null");

  private Babeltrace2() {}

  /// What one run left behind.
  ///
  /// @param stdout the bytes it printed, exactly
  /// @param stderr its warnings and errors as text
  public record Result(int exitCode, byte[] stdout, String stderr) {
    /// Standard output as text.
    public String text() {
      return new String(stdout, StandardCharsets.UTF_8);
    }
  }

  /// The installed program, or empty.
  public static Optional<Path> program() {
    String path = System.getenv("PATH");
    if (path == null) {
      return Optional.empty();
    }
    for (String folder : path.split(":", -1)) {
      Path program = Path.of(folder.isEmpty() ? "." : folder, "babeltrace2");
      if (Files.isExecutable(program)) {
        return Optional.of(program);
      }
    }
    return Optional.empty();
  }

  /// Skips the calling test where babeltrace2 is not installed.
  public static void require() {
    Assumptions.assumeTrue(
        program().isPresent(), "skipped: babeltrace2 is not installed (apt install babeltrace2)");
  }

  /// Runs babeltrace2 with `arguments` and waits for its end; skips the calling test where it is
  /// absent.
  public static Result run(Object... arguments) {
    require();
    List<String> command = new ArrayList<>();
    command.add(program().orElseThrow().toString());
    for (Object argument : arguments) {
      command.add(argument.toString());
    }
    ProcessBuilder builder = new ProcessBuilder(command);
    builder.environment().put("TZ", "UTC");
    builder.environment().put("LC_ALL", "C");
    try {
      Process process = builder.redirectInput(ProcessBuilder.Redirect.from(DEV_NULL)).start();
      // Both pipes must be drained at once, or the program blocks when the other one is full.
      ByteArrayOutputStream stderr = new ByteArrayOutputStream();
      Thread drain =
          Thread.ofVirtual().name("babeltrace2-stderr").start(() -> drain(process, stderr));
      byte[] stdout = process.getInputStream().readAllBytes();
      drain.join();
      if (!process.waitFor(LIMIT_SECONDS, TimeUnit.SECONDS)) {
        process.destroyForcibly();
        throw new IllegalStateException("still running after its output ended: " + command);
      }
      return new Result(process.exitValue(), stdout, stderr.toString(StandardCharsets.UTF_8));
    } catch (IOException failure) {
      throw new UncheckedIOException("cannot run " + command, failure);
    } catch (InterruptedException failure) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("interrupted while running " + command, failure);
    }
  }

  private static void drain(Process process, ByteArrayOutputStream into) {
    try (InputStream stderr = process.getErrorStream()) {
      stderr.transferTo(into);
    } catch (IOException failure) {
      throw new UncheckedIOException(failure);
    }
  }
}
