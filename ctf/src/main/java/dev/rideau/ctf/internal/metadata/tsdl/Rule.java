package dev.rideau.ctf.internal.metadata.tsdl;

/// The rules that a metadata text can break, by the names that diagnostics give them.
enum Rule {
  SYNTAX("tsdl-syntax"),
  LIMIT("tsdl-limit"),
  UNKNOWN_ATTRIBUTE("tsdl-unknown-attribute"),
  DUPLICATE_ATTRIBUTE("tsdl-duplicate-attribute"),
  MISSING_ATTRIBUTE("tsdl-missing-attribute"),
  ATTRIBUTE_VALUE("tsdl-attribute-value"),
  DUPLICATE_BLOCK("tsdl-duplicate-block"),
  MISSING_BLOCK("tsdl-missing-block"),
  TYPE_NAME("tsdl-type-name"),
  DUPLICATE_NAME("tsdl-duplicate-name"),
  ENUMERATION("tsdl-enumeration"),
  ARRAY_LENGTH("tsdl-array-length"),
  LOCATION("tsdl-location"),
  LENGTH("tsdl-length"),
  SELECTOR("tsdl-selector"),
  CLOCK("tsdl-clock"),
  WELL_KNOWN_FIELD("tsdl-well-known-field"),
  CLASS_ID("tsdl-class-id"),
  EMPTY_EVENT("tsdl-empty-event");

  private final String label;

  Rule(String label) {
    this.label = label;
  }

  String label() {
    return label;
  }
}
