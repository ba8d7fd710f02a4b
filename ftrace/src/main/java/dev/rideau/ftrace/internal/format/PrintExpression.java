package dev.rideau.ftrace.internal.format;

import java.util.List;
import org.jspecify.annotations.Nullable;

/// A print format, parsed.
///
/// @param text what printf gets, null when the format was not understood
/// @param arguments its arguments
public record PrintExpression(@Nullable String text, List<Expression> arguments) {
  /// A format that was not understood.
  static final PrintExpression UNKNOWN = new PrintExpression(null, List.of());

  public PrintExpression {
    arguments = List.copyOf(arguments);
  }
}
