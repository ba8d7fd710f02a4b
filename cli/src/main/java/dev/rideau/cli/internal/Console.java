package dev.rideau.cli.internal;

import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.OutputStream;
import java.io.OutputStreamWriter;
import java.io.PrintStream;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;

/// The three ways in which a command speaks: bytes and text on standard output, text on standard
/// error.
///
/// The launcher tells which of them are terminals (system property `rideau.terminals`, a list of
/// `0`, `1` and `2`): the shell knows it for nothing, the JVM does not know it per stream.
public final class Console {
  private static final String TERMINALS = System.getProperty("rideau.terminals", "");

  private final Stdout stdout;
  private final PrintWriter out;
  private final PrintWriter err;
  private final StatusLine statusLine;
  private final boolean stdinIsTerminal;
  private final boolean stdoutIsTerminal;
  private final boolean stderrIsTerminal;

  private Console(
      Stdout stdout,
      PrintStream err,
      boolean stdinIsTerminal,
      boolean stdoutIsTerminal,
      boolean stderrIsTerminal) {
    this.stdout = stdout;
    this.out = new PrintWriter(new OutputStreamWriter(stdout, StandardCharsets.UTF_8), false);
    this.statusLine = new StatusLine(new OutputStreamWriter(err, StandardCharsets.UTF_8));
    this.err = new PrintWriter(statusLine, true);
    this.stdinIsTerminal = stdinIsTerminal;
    this.stdoutIsTerminal = stdoutIsTerminal;
    this.stderrIsTerminal = stderrIsTerminal;
  }

  /// The console of this process.
  public static Console ofProcess() {
    PrintStream err =
        new PrintStream(new FileOutputStream(FileDescriptor.err), true, StandardCharsets.UTF_8);
    return new Console(
        Stdout.ofProcess(),
        err,
        TERMINALS.contains("0"),
        TERMINALS.contains("1"),
        TERMINALS.contains("2"));
  }

  /// A console without terminals that writes to the given streams; for tests.
  public static Console of(OutputStream stdout, OutputStream stderr) {
    PrintStream err = new PrintStream(stderr, true, StandardCharsets.UTF_8);
    return new Console(Stdout.of(stdout), err, false, false, false);
  }

  /// Standard output for bytes in bulk. Not ordered with [#out]: a command uses one of the two.
  public Stdout stdout() {
    return stdout;
  }

  /// Standard output for a little text; buffered until [#flush].
  public PrintWriter out() {
    return out;
  }

  /// Standard error; every line goes out at once.
  public PrintWriter err() {
    return err;
  }

  /// The line below all that [#err] prints.
  StatusLine statusLine() {
    return statusLine;
  }

  /// Whether a person types at standard input.
  public boolean stdinIsTerminal() {
    return stdinIsTerminal;
  }

  /// Whether a person watches standard output, so that colours are welcome.
  public boolean stdoutIsTerminal() {
    return stdoutIsTerminal;
  }

  /// Whether a person watches standard error, so that progress is welcome.
  public boolean stderrIsTerminal() {
    return stderrIsTerminal;
  }

  /// Whether to colour standard output: a terminal, and the user has not set `NO_COLOR`.
  public boolean colours() {
    String refused = System.getenv("NO_COLOR");
    return stdoutIsTerminal && (refused == null || refused.isEmpty());
  }

  /// Sends what [#out] still holds.
  public void flush() {
    out.flush();
    err.flush();
  }
}
