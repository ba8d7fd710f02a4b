package dev.rideau.kernel;

/// The unit of the numbers of a column.
public enum Unit {
  NONE(""),
  NANOSECONDS("ns"),
  BYTES("bytes"),
  PAGES("pages"),
  SECTORS("sectors of 512 bytes"),
  KILOHERTZ("kHz"),
  COUNT("count");

  private final String text;

  Unit(String text) {
    this.text = text;
  }

  /// How it is written behind a number; empty for [#NONE].
  public String text() {
    return text;
  }
}
