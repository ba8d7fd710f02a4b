package dev.rideau.cli.internal.top;

import dev.rideau.cli.internal.Console;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/// Shows intervals, one over the other on a terminal, one below the other for scripts.
final class TopScreen implements AutoCloseable {
  private static final int KEY_MS = 50;
  private static final String CLEAR = "\u001b[H\u001b[2J";

  private final Console console;
  private final @Nullable Keyboard keyboard;
  private final int rows;
  private SortKey sort;
  private String filter;
  private boolean isTyping;
  private boolean isPaused;
  private boolean isEnded;
  private TopTracker.@Nullable Interval shown;
  private String shownCost = "";

  TopScreen(Console console, boolean batch, SortKey sort, String filter, int rows) {
    this.console = console;
    this.sort = sort;
    this.filter = filter;
    this.rows = rows;
    keyboard =
        !batch && console.stdinIsTerminal() && console.stdoutIsTerminal() ? Keyboard.open() : null;
  }

  boolean isEnded() {
    return isEnded;
  }

  void show(TopTracker.Interval interval, String ownCost) {
    if (!isPaused) {
      shown = interval;
      shownCost = ownCost;
    }
    draw();
  }

  private void draw() {
    TopTracker.Interval interval = shown;
    if (interval == null) {
      return;
    }
    List<String> lines = TopText.lines(interval, sort, filter, rows, shownCost);
    if (keyboard != null) {
      console.out().print(CLEAR);
    }
    lines.forEach(line -> console.out().println(line));
    if (keyboard != null) {
      console
          .out()
          .print(
              isTyping
                  ? "show only name or pid: " + filter
                  : (isPaused ? "(paused) " : "")
                      + "c w s d f n sort, / only one name or pid, space pause, q quit"
                      + (filter.isEmpty() ? "" : "; only " + filter));
    } else {
      console.out().println();
    }
    console.flush();
  }

  /// Waits for the end of the interval and minds the keys meanwhile.
  void await(CountDownLatch stop, long untilNs) {
    while (!isEnded && System.nanoTime() < untilNs) {
      long leftMs = Math.max(1, (untilNs - System.nanoTime()) / 1_000_000);
      try {
        if (stop.await(
            keyboard == null ? leftMs : Math.min(KEY_MS, leftMs), TimeUnit.MILLISECONDS)) {
          isEnded = true;
        }
      } catch (InterruptedException interrupted) {
        Thread.currentThread().interrupt();
        isEnded = true;
      }
      Keyboard keys = keyboard;
      if (keys != null) {
        for (char key = keys.poll(); key != 0; key = keys.poll()) {
          press(key);
          draw();
        }
      }
    }
  }

  private void press(char key) {
    if (isTyping) {
      switch (key) {
        case '\n', '\r' -> isTyping = false;
        case 27 -> {
          isTyping = false;
          filter = "";
        }
        case 8, 127 -> filter = filter.isEmpty() ? "" : filter.substring(0, filter.length() - 1);
        default -> filter += key;
      }
      return;
    }
    switch (key) {
      case 'q' -> isEnded = true;
      case ' ' -> isPaused = !isPaused;
      case '/' -> {
        isTyping = true;
        filter = "";
      }
      default -> {
        SortKey chosen = SortKey.of(key);
        sort = chosen == null ? sort : chosen;
      }
    }
  }

  @Override
  public void close() {
    if (keyboard != null) {
      keyboard.close();
      console.out().println();
      console.flush();
    }
  }
}
