package dev.rideau.reports;

import org.jspecify.annotations.Nullable;

/// What the values of a column of a [Report] are, and so how people want to read them.
public enum ColumnUnit {
  /// Any text.
  TEXT("text", false),
  /// A number that names something: a tid, a CPU, an error number. Never with separators.
  ID("id", true),
  /// How often something happened.
  COUNT("count", true),
  /// A number without unit.
  NUMBER("number", true),
  /// A length of time in nanoseconds.
  NANOSECONDS("ns", true),
  /// A time in nanoseconds on the timeline of the trace.
  TIME("time", true),
  BYTES("bytes", true),
  /// Bytes in a second.
  BYTES_PER_SECOND("bytes/s", true),
  /// How often in a second.
  PER_SECOND("/s", true),
  /// A share of a hundred.
  PERCENT("%", true),
  PAGES("pages", true),
  /// Of 512 bytes.
  SECTORS("sectors", true),
  KILOHERTZ("kHz", true),
  /// True or false.
  FLAG("flag", false);

  private final String text;
  private final boolean isNumber;

  ColumnUnit(String text, boolean isNumber) {
    this.text = text;
    this.isNumber = isNumber;
  }

  /// How headers write it.
  public String text() {
    return text;
  }

  /// Whether values stand at the right of their column and may be drawn.
  public boolean isNumber() {
    return isNumber;
  }

  /// The unit that headers write so; null when there is none.
  public static @Nullable ColumnUnit of(String text) {
    for (ColumnUnit unit : values()) {
      if (unit.text.equals(text)) {
        return unit;
      }
    }
    return null;
  }
}
