package dev.rideau.server.internal.tsp;

import dev.rideau.server.internal.http.Cancel;

/// A text that does not let a pattern look at it for ever: some patterns take more time than there
/// is for long texts that they do not match. Used by one thread.
final class PatientText implements CharSequence {
  /// Looks that a text of a table is worth.
  private static final int MOST_LOOKS = 2_000_000;

  private final String text;
  private final Cancel cancel;
  private int looks;

  PatientText(String text, Cancel cancel) {
    this.text = text;
    this.cancel = cancel;
  }

  @Override
  public int length() {
    return text.length();
  }

  @Override
  public char charAt(int index) {
    if (++looks > MOST_LOOKS || ((looks & 0xffff) == 0 && cancel.isCancelled())) {
      throw TspFailure.malformed(
          "the search expression takes too long", "use one without nested repetition");
    }
    return text.charAt(index);
  }

  @Override
  public CharSequence subSequence(int start, int end) {
    return text.subSequence(start, end);
  }

  @Override
  public String toString() {
    return text;
  }
}
