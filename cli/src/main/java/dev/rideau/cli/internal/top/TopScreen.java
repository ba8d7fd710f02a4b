package dev.rideau.cli.internal.top;

import dev.rideau.cli.internal.Console;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/// Shows intervals, one over the other on a terminal, one below the other for scripts.
final class TopScreen implements AutoCloseable {
  /// What a file of a process is called.
  interface FileNames {
    String of(int pid, int descriptor);
  }

  private static final int KEY_MS = 50;

  /// Lines that are no processes: summary, titles, keys.
  private static final int OTHER_LINES = 4;

  private static final int DETAIL_ROWS = 6;
  private static final String CLEAR = "\u001b[H\u001b[2J";
  private static final String MARK = "\u001b[7m";
  private static final String PLAIN = "\u001b[0m";

  private final Console console;
  private final @Nullable Keys keys;
  private final FileNames fileNames;
  private final int rows;

  /// Columns of the terminal, or 0 when they are not known or do not matter.
  private final int columns;

  private SortKey sort;
  private String filter;

  /// The process that is shown alone, or -1.
  private int alone;

  /// The process that the cursor is on, or -1.
  private int cursor = -1;

  private boolean isTyping;
  private boolean isPaused;
  private boolean isEnded;
  private TopTracker.@Nullable Interval shown;
  private String shownCost = "";

  /// @param keys null for scripts
  TopScreen(
      Console console,
      @Nullable Keys keys,
      FileNames fileNames,
      SortKey sort,
      String filter,
      int alone,
      int rows) {
    this.console = console;
    this.keys = keys;
    this.fileNames = fileNames;
    this.sort = sort;
    this.filter = filter;
    this.alone = alone;
    columns = keys == null ? 0 : keys.screenColumns();
    int lines = keys == null ? 0 : keys.screenLines();
    this.rows = lines > OTHER_LINES ? Math.min(rows, lines - OTHER_LINES) : rows;
  }

  boolean isEnded() {
    return isEnded;
  }

  boolean isPaused() {
    return isPaused;
  }

  boolean hasKeys() {
    return keys != null;
  }

  /// Says something until the first interval is there.
  void say(String text) {
    if (keys != null) {
      console.out().println(text);
      console.flush();
    }
  }

  /// What of a line fits on the screen; what wraps pushes the first line out of it.
  private String fit(String line) {
    return columns > 0 && line.length() > columns ? line.substring(0, columns) : line;
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
    if (keys != null) {
      console.out().print(CLEAR);
    }
    console.out().println(fit(TopText.summary(interval, shownCost)));
    (alone >= 0 ? process(interval) : processes(interval)).forEach(console.out()::println);
    if (keys != null) {
      console.out().print(fit(help()));
    } else {
      console.out().println();
    }
    console.flush();
  }

  private List<String> process(TopTracker.Interval interval) {
    for (Usage usage : interval.usages()) {
      if (usage.pid == alone) {
        int most = keys == null ? rows : Math.min(rows, DETAIL_ROWS);
        return TopText.process(interval, usage, most, fd -> fileNames.of(alone, fd)).stream()
            .map(this::fit)
            .toList();
      }
    }
    return List.of("process %d did nothing".formatted(alone));
  }

  private List<String> processes(TopTracker.Interval interval) {
    List<Usage> chosen = TopText.chosen(interval, sort, filter, rows);
    List<String> lines = new ArrayList<>(TopText.processes(interval, chosen, sort, columns));
    lines.replaceAll(this::fit);
    int at = keys == null ? -1 : place(chosen);
    if (at >= 0) {
      lines.set(at + 1, MARK + lines.get(at + 1) + PLAIN);
    }
    return lines;
  }

  /// Where the cursor is among these processes, or -1.
  private int place(List<Usage> chosen) {
    for (int i = 0; i < chosen.size(); i++) {
      if (chosen.get(i).pid == cursor) {
        return i;
      }
    }
    return -1;
  }

  private String help() {
    if (isTyping) {
      return "show only name or pid: " + filter;
    }
    String keysThere =
        alone >= 0
            ? "Esc all processes, space pause, q quit"
            : "order: c w s d f n i; up, down, Enter one process; / only name or pid; space pause;"
                + " q quit";
    return (isPaused ? "(paused) " : "")
        + keysThere
        + (filter.isEmpty() || alone >= 0 ? "" : "; only " + filter);
  }

  /// Waits for the end of the interval and minds the keys meanwhile.
  void await(CountDownLatch stop, long untilNs) {
    while (!isEnded && System.nanoTime() < untilNs) {
      long leftMs = Math.max(1, (untilNs - System.nanoTime()) / 1_000_000);
      try {
        if (stop.await(keys == null ? leftMs : Math.min(KEY_MS, leftMs), TimeUnit.MILLISECONDS)) {
          isEnded = true;
        }
      } catch (InterruptedException interrupted) {
        Thread.currentThread().interrupt();
        isEnded = true;
      }
      Keys pressed = keys;
      if (pressed != null) {
        for (char key = pressed.poll(); key != Keys.NONE; key = pressed.poll()) {
          press(key);
          draw();
        }
      }
    }
  }

  private void press(char key) {
    if (isTyping) {
      type(key);
    } else if (key == 'q') {
      isEnded = true;
    } else if (key == ' ') {
      isPaused = !isPaused;
    } else if (alone >= 0) {
      if (key == Keys.ESCAPE || key == 8 || key == 127) {
        alone = -1;
      }
    } else {
      choose(key);
    }
  }

  private void type(char key) {
    switch (key) {
      case '\n', '\r' -> isTyping = false;
      case Keys.ESCAPE -> {
        isTyping = false;
        filter = "";
      }
      case 8, 127 -> filter = filter.isEmpty() ? "" : filter.substring(0, filter.length() - 1);
      default -> filter += key >= ' ' ? String.valueOf(key) : "";
    }
  }

  private void choose(char key) {
    switch (key) {
      case Keys.UP, 'k' -> move(-1);
      case Keys.DOWN, 'j' -> move(1);
      case '\n', '\r' -> alone = cursor;
      case Keys.ESCAPE -> {
        cursor = -1;
        filter = "";
      }
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

  private void move(int by) {
    TopTracker.Interval interval = shown;
    if (interval != null) {
      List<Usage> chosen = TopText.chosen(interval, sort, filter, rows);
      if (!chosen.isEmpty()) {
        int at = place(chosen);
        cursor = chosen.get(at < 0 ? 0 : Math.clamp(at + by, 0, chosen.size() - 1)).pid;
      }
    }
  }

  @Override
  public void close() {
    if (keys != null) {
      keys.close();
      console.out().println();
      console.flush();
    }
  }
}
