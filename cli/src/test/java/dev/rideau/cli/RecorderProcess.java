package dev.rideau.cli;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.rideau.trace.testing.TracefsInstances;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;

/// `rideau record` in a process of its own, which a test can send signals.
final class RecorderProcess implements AutoCloseable {
  /// Generous, for a machine that does other things as well.
  private static final long PATIENCE_SECONDS = 60;

  private final Process process;
  private final BlockingQueue<String> lines = new LinkedBlockingQueue<>();

  private RecorderProcess(Process process) {
    this.process = process;
    Thread.ofPlatform().daemon().start(this::read);
  }

  /// Starts `rideau` with these arguments.
  static RecorderProcess start(String... arguments) throws IOException {
    return startThrough(List.of(), arguments);
  }

  /// Starts `rideau` as a script does in the background: with SIGINT ignored.
  static RecorderProcess startInBackground(String... arguments) throws IOException {
    return startThrough(List.of("env", "--ignore-signal=INT"), arguments);
  }

  /// Starts `rideau` where nobody has mounted tracefs.
  static RecorderProcess startWithoutTracefs(String... arguments) throws IOException {
    return startThrough(
        List.of(
            "unshare",
            "--mount",
            "sh",
            "-c",
            "umount -l /sys/kernel/tracing; umount -l /sys/kernel/debug; exec \"$@\"",
            "sh"),
        arguments);
  }

  private static RecorderProcess startThrough(List<String> program, String... arguments)
      throws IOException {
    List<String> command = new ArrayList<>(program);
    command.addAll(Run.command(arguments));
    return new RecorderProcess(
        new ProcessBuilder(command).redirectOutput(ProcessBuilder.Redirect.DISCARD).start());
  }

  private void read() {
    try (BufferedReader reader = process.errorReader(UTF_8)) {
      for (String line = reader.readLine(); line != null; line = reader.readLine()) {
        lines.add(line);
      }
    } catch (IOException failure) {
      throw new UncheckedIOException(failure);
    }
  }

  long pid() {
    return process.pid();
  }

  /// The next line on standard error that contains a text.
  String line(String part) throws InterruptedException {
    List<String> others = new ArrayList<>();
    long endNs = System.nanoTime() + TimeUnit.SECONDS.toNanos(PATIENCE_SECONDS);
    while (System.nanoTime() - endNs < 0) {
      String line = lines.poll(100, TimeUnit.MILLISECONDS);
      if (line != null && line.contains(part)) {
        return line;
      }
      if (line != null) {
        others.add(line);
      }
    }
    throw new AssertionError("no line with '" + part + "' among " + others);
  }

  /// Sends a signal: `INT`, `TERM`, `USR1`.
  void signal(String name) throws IOException, InterruptedException {
    new ProcessBuilder("kill", "-" + name, Long.toString(process.pid())).start().waitFor();
  }

  int exitCode() throws InterruptedException {
    if (!process.waitFor(PATIENCE_SECONDS, TimeUnit.SECONDS)) {
      throw new AssertionError("it still runs");
    }
    return process.exitValue();
  }

  /// Names of the instances of tracefs that are its own.
  List<String> instances() throws IOException {
    return TracefsInstances.of(process.pid());
  }

  @Override
  public void close() {
    process.destroyForcibly().onExit().join();
  }
}
