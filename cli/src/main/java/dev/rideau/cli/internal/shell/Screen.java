package dev.rideau.cli.internal.shell;

import java.io.IOException;
import java.io.OutputStreamWriter;
import java.io.StringWriter;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import org.jline.terminal.Terminal;
import org.jspecify.annotations.Nullable;

/// Text on the screen, through a pager as soon as it is longer than the screen. `PAGER` names it;
/// else it is `less`, where that is installed.
final class Screen extends Writer {
  private final Terminal terminal;
  private final StringBuilder held = new StringBuilder();
  private int lines;
  private boolean decided;
  private Writer target = new StringWriter();
  private @Nullable Process pager;

  Screen(Terminal terminal) {
    this.terminal = terminal;
  }

  @Override
  public void write(char[] text, int offset, int length) throws IOException {
    if (decided) {
      send(text, offset, length);
      return;
    }
    held.append(text, offset, length);
    for (int i = offset; i < offset + length; i++) {
      lines += text[i] == '\n' ? 1 : 0;
    }
    if (lines >= Math.max(10, terminal.getSize().getRows() - 2)) {
      decide(true);
    }
  }

  private void send(char[] text, int offset, int length) throws IOException {
    try {
      target.write(text, offset, length);
    } catch (IOException closed) {
      throw pager != null ? new Left(closed) : closed;
    }
  }

  private void decide(boolean isLong) throws IOException {
    decided = true;
    target = terminal.writer();
    if (isLong) {
      String named = System.getenv("PAGER");
      String command = named == null || named.isBlank() ? "less -FRSX" : named;
      try {
        Process started =
            new ProcessBuilder(
                    "/bin/sh", "-c", "command -v less >/dev/null || exec cat; exec " + command)
                .redirectOutput(ProcessBuilder.Redirect.INHERIT)
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
        pager = started;
        target = new OutputStreamWriter(started.getOutputStream(), StandardCharsets.UTF_8);
      } catch (IOException noShell) {
        target = terminal.writer();
      }
    }
    char[] text = held.toString().toCharArray();
    held.setLength(0);
    send(text, 0, text.length);
  }

  @Override
  public void flush() throws IOException {
    if (decided) {
      try {
        target.flush();
      } catch (IOException closed) {
        throw pager != null ? new Left(closed) : closed;
      }
    }
  }

  @Override
  public void close() throws IOException {
    if (!decided) {
      decide(false);
    }
    Process running = pager;
    if (running == null) {
      target.flush();
      return;
    }
    try {
      target.close();
    } catch (IOException closed) {
      throw new Left(closed);
    } finally {
      waitFor(running);
    }
  }

  private static void waitFor(Process running) {
    try {
      running.waitFor();
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
    }
  }

  /// The reader has left the pager: nobody wants the rest.
  static final class Left extends IOException {
    private static final long serialVersionUID = 1L;

    Left(IOException cause) {
      super(cause);
    }
  }
}
