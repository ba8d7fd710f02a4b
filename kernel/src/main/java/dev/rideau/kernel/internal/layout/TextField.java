package dev.rideau.kernel.internal.layout;

import dev.rideau.trace.BytesColumn;
import org.jspecify.annotations.Nullable;

/// A text field of an event class, bound to its column in the batches of one cursor. A field that
/// records do not have is empty.
public final class TextField {
  private static final byte[] NO_BYTES = new byte[0];

  private final @Nullable BytesColumn column;

  TextField(@Nullable BytesColumn column) {
    this.column = column;
  }

  /// Whether records of the class have the field.
  public boolean isRecorded() {
    return column != null;
  }

  /// The array that holds the texts of all rows.
  public byte[] bytes() {
    BytesColumn texts = column;
    return texts == null ? NO_BYTES : texts.bytes();
  }

  /// Where the text of a row begins.
  public int from(int row) {
    BytesColumn texts = column;
    return texts == null ? 0 : texts.offsetsBytes()[row];
  }

  /// Where the text of a row ends.
  public int to(int row) {
    BytesColumn texts = column;
    return texts == null ? 0 : texts.offsetsBytes()[row] + texts.lengthsBytes()[row];
  }
}
