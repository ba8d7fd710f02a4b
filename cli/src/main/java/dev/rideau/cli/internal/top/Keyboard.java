package dev.rideau.cli.internal.top;

import java.io.IOException;
import java.io.InputStream;
import java.util.concurrent.TimeUnit;

/// Single keys from the terminal. Restores it at the end.
final class Keyboard implements AutoCloseable {
  private final InputStream in = System.in;
  private final boolean raw;

  private Keyboard(boolean raw) {
    this.raw = raw;
  }

  static Keyboard open() {
    return new Keyboard(terminal("-icanon", "-echo", "min", "0", "time", "0"));
  }

  private static boolean terminal(String... settings) {
    String[] command = new String[settings.length + 1];
    command[0] = "stty";
    System.arraycopy(settings, 0, command, 1, settings.length);
    try {
      Process process = new ProcessBuilder(command).inheritIO().start();
      return process.waitFor(1, TimeUnit.SECONDS) && process.exitValue() == 0;
    } catch (IOException failure) {
      return false;
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
      return false;
    }
  }

  /// The key pressed, or 0.
  char poll() {
    try {
      return raw && in.available() > 0 ? (char) in.read() : 0;
    } catch (IOException closed) {
      return 0;
    }
  }

  @Override
  public void close() {
    if (raw) {
      terminal("icanon", "echo");
    }
  }
}
