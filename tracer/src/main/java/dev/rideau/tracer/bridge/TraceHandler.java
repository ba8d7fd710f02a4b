package dev.rideau.tracer.bridge;

import java.util.logging.Formatter;
import java.util.logging.Handler;
import java.util.logging.Level;
import java.util.logging.LogRecord;
import java.util.logging.SimpleFormatter;

/// A handler of java.util.logging that emits records as events.
///
/// ```java
/// Logger.getLogger("").addHandler(new TraceHandler());
/// ```
///
/// Or in `logging.properties`: `handlers = dev.rideau.tracer.bridge.TraceHandler`.
public final class TraceHandler extends Handler {
  private static final Formatter MESSAGES = new SimpleFormatter();

  /// A handler of all levels.
  public TraceHandler() {
    setLevel(Level.ALL);
  }

  @Override
  public void publish(LogRecord record) {
    if (!isLoggable(record)) {
      return;
    }
    String logger = record.getLoggerName();
    LogBridge.record(
        level(record.getLevel()),
        logger == null ? "" : logger,
        () -> MESSAGES.formatMessage(record),
        record.getThrown());
  }

  private static System.Logger.Level level(Level level) {
    int value = level.intValue();
    if (value >= Level.SEVERE.intValue()) {
      return System.Logger.Level.ERROR;
    }
    if (value >= Level.WARNING.intValue()) {
      return System.Logger.Level.WARNING;
    }
    return value >= Level.INFO.intValue() ? System.Logger.Level.INFO : System.Logger.Level.DEBUG;
  }

  @Override
  public void flush() {
    // Sessions write by themselves.
  }

  @Override
  public void close() {
    // There is nothing to let go.
  }
}
