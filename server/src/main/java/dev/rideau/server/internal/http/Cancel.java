package dev.rideau.server.internal.http;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CancellationException;

/// Whether somebody still waits for an answer. Thread-safe.
public final class Cancel {
  private final List<Runnable> actions = new ArrayList<>();
  private volatile boolean isCancelled;
  private volatile boolean isTimeout;

  /// One that nobody cancels.
  public static Cancel never() {
    return new Cancel();
  }

  public boolean isCancelled() {
    return isCancelled;
  }

  /// Whether the time was up, and not that the client left.
  public boolean isTimeout() {
    return isTimeout;
  }

  /// @throws CancellationException when nobody waits any more
  public void check() {
    if (isCancelled) {
      throw new CancellationException("nobody waits for this answer");
    }
  }

  /// Does something when nobody waits any more, at once if that is so already; on the thread that
  /// finds it out, so it must be short.
  ///
  /// @return to be closed when the work is done
  public Registration onCancel(Runnable action) {
    synchronized (this) {
      if (!isCancelled) {
        actions.add(action);
        return () -> {
          synchronized (this) {
            actions.remove(action);
          }
        };
      }
    }
    action.run();
    return () -> {};
  }

  /// What [#onCancel] is undone with.
  public interface Registration extends AutoCloseable {
    @Override
    void close();
  }

  /// Nobody waits any more.
  public void cancel() {
    List<Runnable> due;
    synchronized (this) {
      if (isCancelled) {
        return;
      }
      isCancelled = true;
      due = List.copyOf(actions);
      actions.clear();
    }
    due.forEach(Runnable::run);
  }

  /// The time is up.
  public void timeOut() {
    isTimeout = true;
    cancel();
  }
}
