package dev.rideau.cli.internal.top;

import static org.assertj.core.api.Assertions.assertThat;

import dev.rideau.cli.internal.Console;
import dev.rideau.cli.internal.top.TopUse.Meaning;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.EnumSet;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/// What keys do, without a terminal.
final class TopScreenTest {
  private static final String HOME = "\u001b[H\u001b[2J";

  /// Keys that somebody will have pressed.
  private static final class Pressed implements Keys {
    private final StringBuilder waiting = new StringBuilder();
    boolean isClosed;
    int columns = 120;

    @Override
    public char poll() {
      if (waiting.isEmpty()) {
        return NONE;
      }
      char key = waiting.charAt(0);
      waiting.deleteCharAt(0);
      return key;
    }

    @Override
    public int screenLines() {
      return 24;
    }

    @Override
    public int screenColumns() {
      return columns;
    }

    @Override
    public void close() {
      isClosed = true;
    }
  }

  private final Pressed keys = new Pressed();
  private final ByteArrayOutputStream out = new ByteArrayOutputStream();
  private final TopScreen screen =
      new TopScreen(
          Console.of(out, new ByteArrayOutputStream()),
          keys,
          (pid, fd) -> "/file-" + fd,
          SortKey.CPU,
          "",
          -1,
          20);

  @AfterEach
  void theTerminalIsRestored() {
    screen.close();
    assertThat(keys.isClosed).isTrue();
  }

  private static TopTracker.Interval interval(long cpuNs) {
    Usage worker = new Usage(10, "worker");
    worker.cpuNs = cpuNs;
    worker.thread(10).cpuNs = cpuNs;
    worker.thread(10).name = "worker";
    worker.call("fsync").count = 3;
    worker.call("fsync").longestNs = 5_000_000;
    worker.files.put(4, 4096L);
    Usage waiter = new Usage(20, "waiter");
    waiter.cpuNs = 1_000_000;
    waiter.waitNs = 70_000_000;
    return new TopTracker.Interval(
        0, 1_000_000_000, 2, true, 0, 0, 9, EnumSet.allOf(Meaning.class), List.of(worker, waiter));
  }

  /// What the screen shows after these keys.
  private String press(String pressed) {
    keys.waiting.append(pressed);
    screen.await(new CountDownLatch(1), System.nanoTime() + 1_000_000);
    return now();
  }

  private String now() {
    String all = out.toString(StandardCharsets.UTF_8);
    return all.substring(all.lastIndexOf(HOME) + HOME.length());
  }

  /// Names of processes from top to bottom.
  private static List<String> names(String shown) {
    return shown
        .lines()
        .filter(line -> line.contains("er") && !line.contains("order") && !line.contains("PID"))
        .map(line -> line.replaceAll("\\x1b\\[\\d*m", "").replaceAll(".*\\s", ""))
        .filter(name -> name.equals("worker") || name.equals("waiter"))
        .toList();
  }

  @Test
  void keysChooseTheOrder() {
    screen.show(interval(500_000_000), "; top itself 1 %");
    assertThat(now()).startsWith("1.00 s, 2 CPUs").contains("top itself 1 %");
    assertThat(names(now())).containsExactly("worker", "waiter");
    assertThat(names(press("w"))).containsExactly("waiter", "worker");
    assertThat(names(press("c"))).containsExactly("worker", "waiter");
    assertThat(press("i")).contains("by irqs");
  }

  @Test
  void enterShowsTheProcessUnderTheCursorAloneAndEscapeAllAgain() {
    screen.show(interval(500_000_000), "");
    String shown = press("" + Keys.DOWN);
    assertThat(shown).contains("\u001b[7m     10");
    shown = press("" + Keys.DOWN);
    assertThat(shown).contains("\u001b[7m     20");
    shown = press(Keys.UP + "\n");
    assertThat(shown)
        .contains("process 10 worker", "fsync", "5.00", "/file-4")
        .doesNotContain("waiter");
    assertThat(names(press("" + Keys.ESCAPE))).containsExactly("worker", "waiter");
  }

  @Test
  void slashChoosesByName() {
    screen.show(interval(500_000_000), "");
    assertThat(press("/wox")).contains("show only name or pid: wox");
    assertThat(names(press("\b"))).containsExactly("worker");
    assertThat(names(press("\n"))).containsExactly("worker");
    assertThat(names(press("" + Keys.ESCAPE))).containsExactly("worker", "waiter");
  }

  @Test
  void spaceKeepsWhatIsShown() {
    screen.show(interval(500_000_000), "");
    assertThat(press(" ")).contains("(paused)", "50.0");
    screen.show(interval(250_000_000), "");
    assertThat(now()).contains("50.0").doesNotContain("25.0");
    press(" ");
    screen.show(interval(250_000_000), "");
    assertThat(now()).contains("25.0");
  }

  @Test
  void qEnds() {
    screen.show(interval(500_000_000), "");
    press("q");
    assertThat(screen.isEnded()).isTrue();
  }

  @Test
  void linesAreCutToTheWidthOfTheTerminal() {
    Pressed narrow = new Pressed();
    narrow.columns = 40;
    ByteArrayOutputStream text = new ByteArrayOutputStream();
    try (TopScreen small =
        new TopScreen(
            Console.of(text, new ByteArrayOutputStream()),
            narrow,
            (pid, fd) -> "",
            SortKey.CPU,
            "",
            -1,
            20)) {
      small.show(interval(500_000_000), "");
    }
    assertThat(text.toString(StandardCharsets.UTF_8).replace(HOME, "").lines())
        .anyMatch(line -> line.contains("10   50.0") && line.endsWith("worker"))
        .allMatch(line -> line.length() <= 40);
  }
}
