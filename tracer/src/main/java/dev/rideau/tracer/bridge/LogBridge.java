package dev.rideau.tracer.bridge;

import dev.rideau.tracer.Tracer;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/// Emits log records as events of the provider `log`: `log:error`, `log:warning`, `log:info`,
/// `log:debug`. The entrance for every logging library; see [TraceHandler] and [TraceLogger].
///
/// From SLF4J or Log4j: call [#record] in an appender of a few lines.
public final class LogBridge {
  private static final LogEvents EVENTS = Tracer.provider(LogEvents.class);

  // Set while a thread hands a record that was recorded on to the logger behind.
  private static final ThreadLocal<Boolean> PASSING = ThreadLocal.withInitial(() -> false);

  private LogBridge() {}

  /// Whether a session wants records of this level.
  public static boolean isEnabled(System.Logger.Level level) {
    return switch (level) {
      case ERROR -> EVENTS.errorEnabled();
      case WARNING -> EVENTS.warningEnabled();
      case INFO -> EVENTS.infoEnabled();
      case TRACE, DEBUG, ALL -> EVENTS.debugEnabled();
      case OFF -> false;
    };
  }

  /// Records a message. Where bridges stand behind each other the first one records.
  ///
  /// @param message asked for only when a session wants it
  public static void record(
      System.Logger.Level level,
      String logger,
      Supplier<String> message,
      @Nullable Throwable thrown) {
    if (!isEnabled(level) || PASSING.get()) {
      return;
    }
    String text = message.get();
    String cause = thrown == null ? null : thrown.toString();
    switch (level) {
      case ERROR -> EVENTS.error(logger, text, cause);
      case WARNING -> EVENTS.warning(logger, text, cause);
      case INFO -> EVENTS.info(logger, text, cause);
      case TRACE, DEBUG, ALL -> EVENTS.debug(logger, text, cause);
      case OFF -> {}
    }
  }

  /// Lets a logger behind this bridge have what was recorded. Another bridge behind it, as that of
  /// java.util.logging behind [System.Logger], does not record it again.
  public static void passOn(Runnable next) {
    boolean before = PASSING.get();
    PASSING.set(true);
    try {
      next.run();
    } finally {
      PASSING.set(before);
    }
  }
}
