package dev.rideau.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedReader;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// `rideau serve` or `rideau open` as a process of its own.
final class ServeProgram implements AutoCloseable {
  private static final Pattern ADDRESS = Pattern.compile("rideau: (http\\S+)");

  /// Far more than the second that is wanted: other work must not fail a test.
  private static final long ENDS_WITHIN_SECONDS = 20;

  private final Process process;
  private final BufferedReader out;
  private final BufferedReader err;

  private ServeProgram(Process process) {
    this.process = process;
    out = process.inputReader();
    err = process.errorReader();
  }

  static ServeProgram start(ProcessBuilder builder) throws IOException {
    return new ServeProgram(builder.start());
  }

  static ServeProgram start(List<String> command) throws IOException {
    return start(new ProcessBuilder(command));
  }

  /// Waits until it listens; to be asked once.
  String address() throws IOException {
    String line = out.readLine();
    Matcher address = ADDRESS.matcher(String.valueOf(line));
    assertThat(address.find()).as(line).isTrue();
    return address.group(1);
  }

  String errorLine() throws IOException {
    return String.valueOf(err.readLine());
  }

  /// What it has used of processors.
  Duration cpuTime() {
    return process.info().totalCpuDuration().orElse(Duration.ZERO);
  }

  /// Ends it as Ctrl-C does, by the same hooks; returns what else it complained of.
  String end() throws InterruptedException, IOException {
    // Not destroy() of the process itself, which closes its streams as well.
    process.toHandle().destroy();
    assertThat(process.waitFor(ENDS_WITHIN_SECONDS, TimeUnit.SECONDS)).isTrue();
    return err.readAllAsString();
  }

  @Override
  public void close() {
    process.destroyForcibly();
  }
}
