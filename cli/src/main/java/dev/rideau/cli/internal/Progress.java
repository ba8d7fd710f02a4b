package dev.rideau.cli.internal;

import java.util.Locale;
import java.util.function.LongSupplier;

/// One line on standard error that tells how far a long command is.
///
/// Silent for the first second, and altogether where nobody watches. Any thread may call [#update]
/// as often as it likes: it costs a clock reading, and nothing at all where nobody watches.
public final class Progress implements AutoCloseable {
  private static final long FIRST_NS = 1_000_000_000L;
  private static final long EVERY_NS = 200_000_000L;

  private final StatusLine statusLine;
  private final boolean watched;
  private final String activity;
  private final LongSupplier clockNs;
  private volatile long nextNs;
  private boolean shown;

  Progress(StatusLine statusLine, boolean watched, String activity, LongSupplier clockNs) {
    this.statusLine = statusLine;
    this.watched = watched;
    this.activity = activity;
    this.clockNs = clockNs;
    this.nextNs = watched ? clockNs.getAsLong() + FIRST_NS : 0;
  }

  /// For a command that prints nothing while it works.
  ///
  /// @param activity what the program does, as in `reading`
  public static Progress start(Console console, String activity) {
    return new Progress(
        console.statusLine(), console.stderrIsTerminal(), activity, System::nanoTime);
  }

  /// For a command that prints while it works: silent when its output goes to the same terminal.
  public static Progress startWhilePrinting(Console console, String activity) {
    boolean watched = console.stderrIsTerminal() && !console.stdoutIsTerminal();
    return new Progress(console.statusLine(), watched, activity, System::nanoTime);
  }

  /// Tells how far the work is.
  ///
  /// @param doneBytes bytes worked through so far
  /// @param totalBytes bytes there are, or 0 where that is unknown
  public void update(long doneBytes, long totalBytes) {
    if (watched && clockNs.getAsLong() - nextNs >= 0) {
      show(doneBytes, totalBytes);
    }
  }

  private synchronized void show(long doneBytes, long totalBytes) {
    long now = clockNs.getAsLong();
    if (now - nextNs < 0) {
      return; // another thread was here first
    }
    nextNs = now + EVERY_NS;
    shown = true;
    String line = "rideau: " + activity + " ";
    if (totalBytes > 0) {
      long percent = Math.min(100, (long) (100.0 * doneBytes / totalBytes));
      line += percent + " % (" + size(doneBytes) + " of " + size(totalBytes) + ")";
    } else {
      line += size(doneBytes);
    }
    statusLine.show(line);
  }

  /// Takes the line away until there is news.
  public void pause() {
    close();
  }

  /// Takes the line away.
  @Override
  public synchronized void close() {
    if (shown) {
      shown = false;
      statusLine.erase();
    }
  }

  private static String size(long bytes) {
    if (bytes < 1_000_000) {
      return bytes / 1000 + " kB";
    }
    if (bytes < 1_000_000_000) {
      return bytes / 1_000_000 + " MB";
    }
    return String.format(Locale.ROOT, "%.1f GB", bytes / 1e9);
  }
}
