package dev.rideau.server.internal.view;

import dev.rideau.server.internal.http.Cancel;
import dev.rideau.server.internal.http.HttpFailure;
import dev.rideau.tables.TraceDatabase;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.concurrent.CancellationException;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/// Connections to a database for answers, a few at once. Thread-safe.
final class Sessions implements AutoCloseable {
  private static final long PATIENCE_SECONDS = 30;

  private final TraceDatabase database;
  private final Consumer<TraceDatabase> prepare;
  private final Semaphore permits;
  private final Deque<TraceDatabase> idle = new ArrayDeque<>();
  private boolean isClosed;

  /// @param most how many statements run at once
  /// @param prepare is handed each new connection before it is used
  Sessions(TraceDatabase database, int most, Consumer<TraceDatabase> prepare) {
    this.database = database;
    this.prepare = prepare;
    permits = new Semaphore(most, true);
  }

  /// Waits for a connection. When nobody waits for the answer any more its statement ends.
  Lease take(Cancel cancel) {
    Thread waiter = Thread.currentThread();
    try (Cancel.Registration _ = cancel.onCancel(waiter::interrupt)) {
      if (!permits.tryAcquire(PATIENCE_SECONDS, TimeUnit.SECONDS)) {
        throw new HttpFailure(503, "too many questions are being answered", "ask again later");
      }
    } catch (InterruptedException left) {
      throw new CancellationException("nobody waits for this answer");
    } finally {
      if (cancel.isCancelled()) {
        Thread.interrupted(); // it was for this wait
      }
    }
    try {
      return new Lease(session(), cancel);
    } catch (RuntimeException | Error failure) {
      permits.release();
      throw failure;
    }
  }

  private synchronized TraceDatabase session() {
    if (isClosed) {
      throw new HttpFailure(503, "the server stops", null);
    }
    TraceDatabase session = idle.poll();
    if (session == null) {
      session = database.another();
      prepare.accept(session);
    }
    return session;
  }

  private void giveBack(TraceDatabase session, boolean isUsable) {
    boolean keep;
    synchronized (this) {
      keep = isUsable && !isClosed;
      if (keep) {
        idle.push(session);
      }
    }
    if (!keep) {
      session.close();
    }
    permits.release();
  }

  @Override
  public synchronized void close() {
    isClosed = true;
    idle.forEach(TraceDatabase::close);
    idle.clear();
  }

  /// A connection for one answer. Owned by one thread.
  final class Lease implements AutoCloseable {
    private static final long AGAIN_MS = 50;

    private final TraceDatabase session;
    private final Cancel.Registration registration;
    private boolean isOver;
    private boolean isLimited;

    /// What ends a statement may end the statement that cleans up after it as well: then nobody
    /// knows in which state the connection is.
    private boolean isEnded;

    private Lease(TraceDatabase session, Cancel cancel) {
      this.session = session;
      registration = cancel.onCancel(this::end);
    }

    TraceDatabase database() {
      return session;
    }

    /// Lets statements see one machine only, until the lease is over.
    ///
    /// @param host its number; null for all
    TraceDatabase limitTo(@Nullable Integer host) {
      if (host != null || isLimited) {
        isLimited = true;
        session.limitTo(host);
      }
      return session;
    }

    // A statement that begins just now would not notice, so it is told again until the lease is
    // over.
    private synchronized void end() {
      if (isOver) {
        return;
      }
      isEnded = true;
      Thread.ofVirtual().name("rideau-cancel").start(this::endAgainAndAgain);
    }

    private synchronized void endAgainAndAgain() {
      try {
        while (!isOver) {
          session.cancel();
          wait(AGAIN_MS);
        }
      } catch (InterruptedException stopped) {
        Thread.currentThread().interrupt();
      }
    }

    @Override
    public void close() {
      registration.close();
      boolean isUsable;
      synchronized (this) {
        isOver = true;
        isUsable = !isEnded;
        notifyAll();
      }
      if (isLimited && isUsable) {
        session.limitTo(null);
      }
      giveBack(session, isUsable);
    }
  }
}
