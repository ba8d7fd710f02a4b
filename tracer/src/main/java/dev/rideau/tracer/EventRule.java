package dev.rideau.tracer;

import org.jspecify.annotations.Nullable;

/// Which events a session records, and into which channel.
///
/// @param pattern of names: `*` any text, `?` one character
/// @param least events must be at least as severe as this; null: any
/// @param condition on fields that must hold, as in `status >= 500 && path == "/shop*"`; null: none
/// @param channel name of the channel
public record EventRule(
    String pattern, @Nullable LogLevel least, @Nullable String condition, String channel) {

  /// All events whose name matches.
  public static EventRule named(String pattern) {
    return new EventRule(pattern, null, null, ChannelOptions.DEFAULT_NAME);
  }

  /// The same for events that are at least as severe as `level`.
  public EventRule atLeast(LogLevel level) {
    return new EventRule(pattern, level, condition, channel);
  }

  /// The same for events of which a condition on fields holds.
  ///
  /// Comparisons `==`, `!=`, `<`, `<=`, `>`, `>=` of a field with a number, a string in quotes
  /// (with `*` and `?` as patterns), a label of an enum in quotes, `true` or `false`; joined by
  /// `&&`, `||`, `!`, parentheses. Fields of nested records are written `request.id`. A comparison
  /// with an optional that is missing, or with anything inside it, is false, and an event without
  /// such a field is not recorded; where the pattern is the name of just one event, that is
  /// refused, or logged if the event is declared later.
  ///
  /// Numbers are `42`, `0x2a`, `0b101010` (from -2^63 to 2^64-1) or have a point or an exponent, as
  /// `1.5` and `1E3`; zeros in front mean nothing, `010` is ten. Integers are compared exactly,
  /// unsigned ones as unsigned. Floating-point fields are compared as Java compares doubles: of NaN
  /// only `!=` is true, -0.0 equals 0, and a float 0.1 is not the double 0.1.
  public EventRule where(String condition) {
    return new EventRule(pattern, least, condition, channel);
  }

  /// The same into another channel.
  public EventRule into(String channel) {
    return new EventRule(pattern, least, condition, channel);
  }
}
