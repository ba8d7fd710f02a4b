package dev.rideau.tracer.bridge.slf4j;

import dev.rideau.tracer.bridge.LogBridge;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.Marker;
import org.slf4j.event.Level;
import org.slf4j.helpers.LegacyAbstractLogger;
import org.slf4j.helpers.MessageFormatter;

/// An SLF4J logger that emits records as events and passes them on to another logger.
public final class TraceSlf4jLogger extends LegacyAbstractLogger {
  private static final long serialVersionUID = 1;

  private final transient Logger next;

  private TraceSlf4jLogger(String name, Logger next) {
    this.next = next;
    this.name = name;
  }

  /// The same logger, recorded too.
  ///
  /// @param next what would have got the records
  public static Logger of(Logger next) {
    return of(next.getName(), next);
  }

  static Logger of(String name, Logger next) {
    return next instanceof TraceSlf4jLogger ? next : new TraceSlf4jLogger(name, next);
  }

  private static System.Logger.Level level(Level level) {
    return switch (level) {
      case ERROR -> System.Logger.Level.ERROR;
      case WARN -> System.Logger.Level.WARNING;
      case INFO -> System.Logger.Level.INFO;
      case DEBUG -> System.Logger.Level.DEBUG;
      case TRACE -> System.Logger.Level.TRACE;
    };
  }

  private boolean isWanted(Level level) {
    return LogBridge.isEnabled(level(level)) || next.isEnabledForLevel(level);
  }

  @Override
  public boolean isTraceEnabled() {
    return isWanted(Level.TRACE);
  }

  @Override
  public boolean isDebugEnabled() {
    return isWanted(Level.DEBUG);
  }

  @Override
  public boolean isInfoEnabled() {
    return isWanted(Level.INFO);
  }

  @Override
  public boolean isWarnEnabled() {
    return isWanted(Level.WARN);
  }

  @Override
  public boolean isErrorEnabled() {
    return isWanted(Level.ERROR);
  }

  @Override
  protected @Nullable String getFullyQualifiedCallerName() {
    return TraceSlf4jLogger.class.getName();
  }

  @Override
  protected void handleNormalizedLoggingCall(
      Level level,
      @Nullable Marker marker,
      @Nullable String pattern,
      @Nullable Object @Nullable [] arguments,
      @Nullable Throwable thrown) {
    LogBridge.record(
        level(level),
        getName(),
        () -> String.valueOf(MessageFormatter.basicArrayFormat(pattern, arguments)),
        thrown);
    if (next.isEnabledForLevel(level)) {
      LogBridge.passOn(() -> passOn(level, marker, pattern, arguments, thrown));
    }
  }

  private void passOn(
      Level level,
      @Nullable Marker marker,
      @Nullable String pattern,
      @Nullable Object @Nullable [] arguments,
      @Nullable Throwable thrown) {
    var builder = next.atLevel(level);
    if (marker != null) {
      builder = builder.addMarker(marker);
    }
    if (thrown != null) {
      builder = builder.setCause(thrown);
    }
    if (arguments == null) {
      builder.log(pattern);
    } else {
      builder.log(pattern, arguments);
    }
  }
}
