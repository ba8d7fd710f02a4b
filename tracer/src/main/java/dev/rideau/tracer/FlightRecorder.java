package dev.rideau.tracer;

import dev.rideau.tracer.internal.session.Registry;
import dev.rideau.tracer.internal.session.TriggerEvents;
import dev.rideau.tracer.internal.session.TriggerRules;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;

/// Takes snapshots of a session when something happens: an event, an exception, a call that took
/// too long.
///
/// ```java
/// FlightRecorder recorder = new FlightRecorder(session, Duration.ofSeconds(10));
/// recorder.onEvent(EventRule.named("shop:request").where("status >= 500"));
/// recorder.onException(OutOfMemoryError.class);
/// recorder.onLatency(Duration.ofMillis(200));
/// …
/// long begin = recorder.begin();
/// handle(request);
/// recorder.end(begin);
/// ```
///
/// A snapshot is taken by a thread of its own, so who triggers it does not wait; a `rideau:trigger`
/// event tells the moment and the reason; it comes after the event that was waited for, if the same
/// session records that. After a snapshot there is a pause in which triggers are ignored.
public final class FlightRecorder implements AutoCloseable {
  private static final long NEVER = Long.MAX_VALUE;

  private final TraceSession session;
  private final long pauseNs;
  private final AtomicLong notBefore = new AtomicLong(System.nanoTime());
  private final List<Class<? extends Throwable>> exceptions = new CopyOnWriteArrayList<>();
  private final List<Path> snapshots = new CopyOnWriteArrayList<>();
  private final java.util.Set<Thread> working = ConcurrentHashMap.newKeySet();
  private final TriggerRules rules = new TriggerRules(this::trigger);
  private final Thread.UncaughtExceptionHandler handler = this::uncaught;
  private volatile Thread.@Nullable UncaughtExceptionHandler before;
  private volatile long limitNs = NEVER;

  /// Triggers nothing yet.
  ///
  /// @param session usually with a channel of [BufferMode#OVERWRITE]
  /// @param pause least time between two snapshots
  public FlightRecorder(TraceSession session, Duration pause) {
    this.session = session;
    pauseNs = pause.toNanos();
    session.enable(EventRule.named(TriggerEvents.NAME).into(session.firstChannel()));
    Registry.add(rules);
  }

  /// Takes a snapshot when such an event is emitted, whether a session records it or not. The
  /// channel of the rule means nothing here.
  public FlightRecorder onEvent(EventRule rule) {
    Registry.enable(rules, rule);
    return this;
  }

  /// Takes a snapshot when an exception of this type ends a thread, or is given to
  /// [#examine(Throwable)]. The exception goes on to the handler that was there before, or is
  /// printed as the JVM does.
  public FlightRecorder onException(Class<? extends Throwable> type) {
    if (exceptions.isEmpty()) {
      before = Thread.getDefaultUncaughtExceptionHandler();
      Thread.setDefaultUncaughtExceptionHandler(handler);
    }
    exceptions.add(type);
    return this;
  }

  private void uncaught(Thread thread, Throwable thrown) {
    try {
      examine(thrown);
    } finally {
      Thread.UncaughtExceptionHandler next = before;
      if (next != null) {
        next.uncaughtException(thread, thrown);
      } else {
        print(thread, thrown);
      }
    }
  }

  // The group of a thread prints where there is no default handler, and asks it where there is one:
  // this one, again.
  private void print(Thread thread, Throwable thrown) {
    ThreadGroup group = thread.getThreadGroup();
    if (group == null) {
      return;
    }
    Thread.setDefaultUncaughtExceptionHandler(null);
    try {
      group.uncaughtException(thread, thrown);
    } finally {
      if (Thread.getDefaultUncaughtExceptionHandler() == null) {
        Thread.setDefaultUncaughtExceptionHandler(handler);
      }
    }
  }

  /// Takes a snapshot when a call between [#begin()] and [#end(long)] takes longer than this.
  public FlightRecorder onLatency(Duration limit) {
    limitNs = limit.toNanos();
    return this;
  }

  /// Triggers if the exception, or a cause of it, is of a type that was asked for.
  public void examine(Throwable thrown) {
    Throwable each = thrown;
    for (int depth = 0; each != null && depth < 32; depth++) {
      for (Class<? extends Throwable> type : exceptions) {
        if (type.isInstance(each)) {
          trigger(each.getClass().getName());
          return;
        }
      }
      each = each.getCause();
    }
  }

  /// The beginning of what may take too long.
  public long begin() {
    return System.nanoTime();
  }

  /// The end of it; triggers if it took longer than the limit.
  ///
  /// @param begin what [#begin()] returned
  public void end(long begin) {
    long latency = System.nanoTime() - begin;
    if (latency > limitNs) {
      trigger("latency of " + latency + " ns");
    }
  }

  /// Takes a snapshot, unless there was one just now. Returns at once.
  ///
  /// @return whether one will be taken
  public boolean trigger(String reason) {
    long now = System.nanoTime();
    long earliest = notBefore.get();
    if (now - earliest < 0 || !notBefore.compareAndSet(earliest, now + pauseNs)) {
      return false;
    }
    TriggerEvents.record(reason);
    Thread worker =
        Thread.ofPlatform().daemon().name("rideau-flight-recorder").unstarted(this::take);
    working.add(worker);
    worker.start();
    return true;
  }

  private void take() {
    try {
      snapshots.add(session.snapshot());
    } catch (IOException failure) {
      System.getLogger("dev.rideau.tracer")
          .log(
              System.Logger.Level.ERROR,
              "no snapshot: session={0}, reason={1}",
              session.name(),
              failure.getMessage());
    } finally {
      working.remove(Thread.currentThread());
    }
  }

  /// Folders of the snapshots taken so far.
  public List<Path> snapshots() {
    return List.copyOf(snapshots);
  }

  /// Triggers no more, and waits for a snapshot that is being taken. The session stays open.
  @Override
  public void close() {
    Registry.remove(rules);
    if (!exceptions.isEmpty()) {
      // Whoever came later passes on to this one, which passes on to the one before.
      if (handler.equals(Thread.getDefaultUncaughtExceptionHandler())) {
        Thread.setDefaultUncaughtExceptionHandler(before);
      }
      exceptions.clear();
    }
    limitNs = NEVER;
    try {
      for (Thread worker : working) {
        worker.join();
      }
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
    }
  }
}
