package dev.rideau.server.internal.view;

/// Something wrong or unusual about the bytes of a trace.
///
/// @param severity `error` or `warning`
/// @param rule short stable name of what was broken
/// @param origin file, packet and bit; empty when not known
/// @param message what was found
/// @param advice what to do; empty for nothing
/// @param beginNs absolute; together with the end the time that it touches
/// @param endNs absolute; before the begin where the time is not known
/// @param row id of the row of the CPU that it concerns, -1 for all
public record Fault(
    String severity,
    String rule,
    String origin,
    String message,
    String advice,
    long beginNs,
    long endNs,
    int row) {

  /// Whether it is known when.
  public boolean hasTime() {
    return endNs >= beginNs;
  }

  /// All of it in one line, as the commands print it.
  public String text() {
    return (origin.isEmpty() ? "" : origin + ": ")
        + message
        + " ["
        + rule
        + "]"
        + (advice.isEmpty() ? "" : ". " + advice);
  }
}
