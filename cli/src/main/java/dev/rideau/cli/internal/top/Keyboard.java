package dev.rideau.cli.internal.top;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.TimeUnit;

/// Single keys from the terminal. Restores it at the end.
final class Keyboard implements Keys {
  private final InputStream in = System.in;
  private final boolean raw;
  private final int[] size = size();

  /// Read already, but not an answer yet.
  private char ahead = NONE;

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

  @Override
  public char poll() {
    char key = next();
    if (key != ESCAPE) {
      return key;
    }
    // Arrows are ESC [ and a letter, which come at once.
    char bracket = next();
    if (bracket != '[' && bracket != 'O') {
      ahead = bracket;
      return ESCAPE;
    }
    return switch (next()) {
      case 'A' -> UP;
      case 'B' -> DOWN;
      default -> ESCAPE;
    };
  }

  private char next() {
    if (ahead != NONE) {
      char key = ahead;
      ahead = NONE;
      return key;
    }
    try {
      return raw && in.available() > 0 ? (char) in.read() : NONE;
    } catch (IOException closed) {
      return NONE;
    }
  }

  @Override
  public int screenLines() {
    return size[0];
  }

  @Override
  public int screenColumns() {
    return size[1];
  }

  /// `stty size` prints lines and columns of the terminal at its standard input.
  private static int[] size() {
    int[] size = new int[2];
    try {
      Process process =
          new ProcessBuilder("stty", "size").redirectInput(ProcessBuilder.Redirect.INHERIT).start();
      String text = new String(process.getInputStream().readAllBytes(), StandardCharsets.US_ASCII);
      String[] words = text.strip().split(" ", -1);
      if (words.length == 2) {
        size[0] = Integer.parseInt(words[0]);
        size[1] = Integer.parseInt(words[1]);
      }
    } catch (IOException | NumberFormatException _) {
      // Not known, then.
    }
    return size;
  }

  @Override
  public void close() {
    if (raw) {
      terminal("icanon", "echo");
    }
  }
}
