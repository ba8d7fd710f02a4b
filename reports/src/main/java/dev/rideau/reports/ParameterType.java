package dev.rideau.reports;

import org.jspecify.annotations.Nullable;

/// What a user may write for a parameter of a [Report].
public enum ParameterType {
  /// A time of the trace; nanoseconds in SQL.
  TIME("time"),
  /// A length of time, as in `20us`; nanoseconds in SQL.
  DURATION("duration"),
  /// A size, as in `64k`; bytes in SQL.
  BYTES("bytes"),
  /// A number from 0 on.
  COUNT("count"),
  /// How many equal parts something is cut into: at least one, and not more than anybody can see.
  PARTS("parts"),
  /// Any number.
  NUMBER("number"),
  /// Any text.
  TEXT("text"),
  /// Whole numbers with commas between; a list in SQL.
  IDS("ids"),
  /// Names with commas between, in which `*` and `?` stand for other characters; a list in SQL.
  NAMES("names");

  private final String text;

  ParameterType(String text) {
    this.text = text;
  }

  /// How headers write it.
  public String text() {
    return text;
  }

  /// The type that headers write so; null when there is none.
  public static @Nullable ParameterType of(String text) {
    for (ParameterType type : values()) {
      if (type.text.equals(text)) {
        return type;
      }
    }
    return null;
  }
}
