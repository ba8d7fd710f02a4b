package dev.rideau.ctf.internal.metadata.tsdl;

/// A place in the metadata text.
///
/// @param line from 1
/// @param column from 1
record TextPlace(int line, int column) {

  /// Where a text begins.
  static final TextPlace START = new TextPlace(1, 1);

  @Override
  public String toString() {
    return "line " + line;
  }
}
