package dev.rideau.tracer;

import static org.assertj.core.api.Assertions.assertThat;

import dev.rideau.tracer.bridge.JfrBridge;
import dev.rideau.tracer.bridge.TraceHandler;
import dev.rideau.tracer.bridge.TraceLogger;
import dev.rideau.tracer.bridge.slf4j.TraceSlf4jProvider;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.locks.LockSupport;
import java.util.logging.Level;
import java.util.logging.Logger;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Logging and the JVM's own events end up in the trace.
final class BridgesTest {
  @TempDir Path folder;

  private TraceSession session() {
    TraceSession session = Tracer.session("bridges").output(folder.resolve("trace")).create();
    session.enable(EventRule.named("log:*").atLeast(LogLevel.INFO));
    session.enable(EventRule.named("jvm:*"));
    session.start();
    return session;
  }

  @Test
  void logRecordsBecomeEvents() {
    Logger logger = Logger.getLogger("shop.orders");
    logger.setUseParentHandlers(false);
    logger.setLevel(Level.ALL);
    TraceHandler handler = new TraceHandler();
    logger.addHandler(handler);
    System.Logger systemLogger = new TraceLogger(new SilentLogger());
    try (TraceSession session = session()) {
      assertThat(session.isActive()).isTrue();
      logger.log(Level.SEVERE, "order {0} failed", 42);
      logger.log(Level.FINE, "not asked for");
      systemLogger.log(System.Logger.Level.WARNING, "{0} left", 3);
      systemLogger.log(
          System.Logger.Level.INFO, "with a cause", new IllegalStateException("because"));
    } finally {
      logger.removeHandler(handler);
    }
    assertThat(RecordedTrace.read(folder.resolve("trace")).events())
        .extracting(event -> event.name() + " " + event.values())
        .containsExactly(
            "log:error [shop.orders, order 42 failed, ]",
            "log:warning [silent, 3 left, ]",
            "log:info [silent, with a cause, java.lang.IllegalStateException: because]");
  }

  @Test
  void bridgesBehindEachOtherRecordOnce() {
    // Where System.Logger goes in a program that says nothing else.
    Logger logger = Logger.getLogger("shop.deliveries");
    logger.setUseParentHandlers(false);
    TraceHandler handler = new TraceHandler();
    logger.addHandler(handler);
    try (TraceSession session = session()) {
      assertThat(session.isActive()).isTrue();
      TraceLogger.of("shop.deliveries").log(System.Logger.Level.INFO, "parcel {0}", 5);
      TraceLogger.of("shop.deliveries")
          .log(System.Logger.Level.WARNING, "lost", new IllegalStateException("rain"));
      logger.info("by itself");
    } finally {
      logger.removeHandler(handler);
    }
    assertThat(RecordedTrace.read(folder.resolve("trace")).events())
        .extracting(event -> event.field("message"))
        .containsExactly("parcel 5", "lost", "by itself");
  }

  /// Keeps the output of the tests clean.
  private static final class SilentLogger implements System.Logger {
    @Override
    public String getName() {
      return "silent";
    }

    @Override
    public boolean isLoggable(Level level) {
      return false;
    }

    @Override
    public void log(
        Level level, java.util.ResourceBundle bundle, String message, Throwable thrown) {
      assertThat(message).isNotNull();
    }

    @Override
    public void log(
        Level level, java.util.ResourceBundle bundle, String format, Object... parameters) {
      assertThat(format).isNotNull();
    }
  }

  @Test
  void recordsOfSlf4jBecomeEvents() {
    try (TraceSession session = session()) {
      assertThat(session.isActive()).isTrue();
      TraceSlf4jProvider provider = new TraceSlf4jProvider();
      provider.initialize();
      org.slf4j.Logger logger = provider.getLoggerFactory().getLogger("shop.orders");
      logger.info("order {} of {}", 7, "Ann");
      logger
          .atWarn()
          .addArgument(3)
          .setCause(new IllegalStateException("empty"))
          .log("only {} left");
      assertThat(logger.isInfoEnabled()).isTrue();
    }
    RecordedTrace trace = RecordedTrace.read(folder.resolve("trace"));
    assertThat(trace.named("log:info").getFirst().payload())
        .containsEntry("logger", "shop.orders")
        .containsEntry("message", "order 7 of Ann");
    assertThat(trace.named("log:warning").getFirst().payload())
        .containsEntry("message", "only 3 left")
        .containsEntry("thrown", "java.lang.IllegalStateException: empty");
  }

  @Test
  @Tag("slow")
  void eventsOfTheJvmBecomeEvents() throws Exception {
    long before = System.nanoTime();
    long after;
    long own;
    try (TraceSession session = session()) {
      assertThat(session.isActive()).isTrue();
      try (JfrBridge bridge = new JfrBridge(Duration.ofMillis(5))) {
        System.gc();
        LockSupport.parkNanos(50_000_000);
        contend();
        after = System.nanoTime();
        own = threadOfTheTracer();
        assertThat(bridge).isNotNull();
      }
    }
    RecordedTrace trace = RecordedTrace.read(folder.resolve("trace"));
    assertThat(trace.diagnostics()).isEmpty();
    assertThat(trace.named("jvm:gc"))
        .anySatisfy(event -> {
          assertThat((long) event.field("begin_ns")).isBetween(before - 10_000_000, after);
          assertThat(event.field("cause")).isEqualTo("System.gc()");
        });
    assertThat(trace.named("jvm:park"))
        .anySatisfy(event -> {
          assertThat((long) event.field("duration_ns")).isGreaterThan(45_000_000);
          assertThat(event.field("java_thread_id")).isEqualTo(Thread.currentThread().threadId());
        });
    // It parks every ten milliseconds.
    assertThat(trace.named("jvm:park"))
        .extracting(event -> event.field("java_thread_id"))
        .doesNotContain(own);
    assertThat(trace.named("jvm:monitor_enter"))
        .anySatisfy(event -> {
          assertThat((long) event.field("duration_ns")).isGreaterThan(30_000_000);
          assertThat(event.field("class_name")).isEqualTo(BridgesTest.class.getName());
        });
    assertThat(trace.named("jvm:monitor_wait")).isNotEmpty();
    assertThat(trace.named("jvm:pause")).isNotEmpty();
    assertThat(trace.named("jvm:safepoint")).isNotEmpty();
  }

  private static long threadOfTheTracer() {
    return Thread.getAllStackTraces().keySet().stream()
        .filter(thread -> thread.getName().equals("rideau-tracer"))
        .findFirst()
        .orElseThrow()
        .threadId();
  }

  // Another thread waits for this monitor for 50 ms at least.
  private void contend() throws InterruptedException {
    Thread other;
    synchronized (this) {
      other =
          Thread.ofPlatform()
              .start(() -> {
                synchronized (this) {
                  notifyAll();
                }
              });
      while (other.getState() != Thread.State.BLOCKED) {
        Thread.onSpinWait();
      }
      LockSupport.parkNanos(50_000_000);
    }
    other.join();
    long end = System.nanoTime() + 30_000_000;
    synchronized (this) {
      while (System.nanoTime() < end) {
        wait(30);
      }
    }
  }
}
