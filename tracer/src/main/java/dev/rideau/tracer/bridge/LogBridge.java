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

  /// Records a message.
  ///
  /// @param message asked for only when a session wants it
  public static void record(
      System.Logger.Level level,
      String logger,
      Supplier<String> message,
      @Nullable Throwable thrown) {
    if (!isEnabled(level)) {
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
}
