package dev.rideau.perf.internal.file;

/// The kernel's description of a tracepoint, as text.
///
/// @param system the part of the name before the colon
public record FormatText(String system, String text) {

  /// The id in the line `ID: 123`, or -1.
  public long id() {
    return line("ID:") instanceof String number && number.matches("\\d{1,9}")
        ? Long.parseLong(number)
        : -1;
  }

  /// The name in the line `name: …`, without the system.
  public String name() {
    return line("name:") instanceof String name ? name : "unnamed";
  }

  private @org.jspecify.annotations.Nullable String line(String key) {
    return text.lines()
        .filter(each -> each.startsWith(key))
        .map(each -> each.substring(key.length()).strip())
        .findFirst()
        .orElse(null);
  }
}
