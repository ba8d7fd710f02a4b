package dev.rideau.tracer.bridge;

import java.text.MessageFormat;
import java.util.MissingResourceException;
import java.util.ResourceBundle;
import org.jspecify.annotations.Nullable;

/// A [System.Logger] that emits records as events and passes them on to another logger.
public final class TraceLogger implements System.Logger {
  private final System.Logger next;

  /// @param next what would have got the records
  public TraceLogger(System.Logger next) {
    this.next = next;
  }

  /// The logger of that name, recorded too.
  public static System.Logger of(String name) {
    return new TraceLogger(System.getLogger(name));
  }

  @Override
  public String getName() {
    return next.getName();
  }

  @Override
  public boolean isLoggable(Level level) {
    return LogBridge.isEnabled(level) || next.isLoggable(level);
  }

  @Override
  public void log(
      Level level,
      @Nullable ResourceBundle bundle,
      @Nullable String message,
      @Nullable Throwable thrown) {
    LogBridge.record(level, getName(), () -> localised(bundle, message), thrown);
    LogBridge.passOn(() -> next.log(level, bundle, message, thrown));
  }

  @Override
  public void log(
      Level level,
      @Nullable ResourceBundle bundle,
      @Nullable String format,
      @Nullable Object @Nullable ... parameters) {
    LogBridge.record(
        level, getName(), () -> formatted(localised(bundle, format), parameters), null);
    LogBridge.passOn(() -> next.log(level, bundle, format, parameters));
  }

  private static String formatted(String format, @Nullable Object @Nullable [] parameters) {
    if (parameters == null || parameters.length == 0) {
      return format;
    }
    try {
      return MessageFormat.format(format, parameters);
    } catch (IllegalArgumentException wrong) {
      return format;
    }
  }

  private static String localised(@Nullable ResourceBundle bundle, @Nullable String message) {
    if (bundle == null || message == null) {
      return message == null ? "" : message;
    }
    try {
      return bundle.getString(message);
    } catch (MissingResourceException absent) {
      return message;
    }
  }
}
