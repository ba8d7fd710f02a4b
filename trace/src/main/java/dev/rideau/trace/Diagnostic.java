package dev.rideau.trace;

import org.jspecify.annotations.Nullable;

/// Something that a person who reads a trace should know about it.
///
/// @param severity how bad it is
/// @param rule short stable name of the rule that the input breaks, in kebab case
/// @param message what was found, a sentence without a full stop
/// @param origin where
/// @param beginNs begin of the time range concerned, or [PacketIndex#UNKNOWN]
/// @param endNs end of the time range concerned, or [PacketIndex#UNKNOWN]
/// @param advice what the user can do, or null
public record Diagnostic(
    Severity severity,
    String rule,
    String message,
    Origin origin,
    long beginNs,
    long endNs,
    @Nullable String advice) {

  /// A diagnostic without time range.
  public static Diagnostic of(
      Severity severity, String rule, String message, Origin origin, @Nullable String advice) {
    return new Diagnostic(
        severity, rule, message, origin, PacketIndex.UNKNOWN, PacketIndex.UNKNOWN, advice);
  }

  /// An error without time range.
  public static Diagnostic error(
      String rule, String message, Origin origin, @Nullable String advice) {
    return of(Severity.ERROR, rule, message, origin, advice);
  }

  /// The text for people: `origin: message [rule]. Advice.`
  @Override
  public String toString() {
    StringBuilder text = new StringBuilder();
    String place = origin.toString();
    if (!place.isEmpty()) {
      text.append(place).append(": ");
    }
    text.append(message).append(" [").append(rule).append(']');
    if (advice != null) {
      text.append(". ").append(advice);
    }
    return text.toString();
  }
}
