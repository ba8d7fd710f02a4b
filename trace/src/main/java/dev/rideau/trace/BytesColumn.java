package dev.rideau.trace;

import java.util.Arrays;

/// Strings and blobs: places in an array of bytes that all rows share, usually the very bytes that
/// the records were decoded from. Strings end before their terminator.
public final class BytesColumn extends Column {
  private static final byte[] NO_BYTES = new byte[0];

  private byte[] bytes = NO_BYTES;
  private int[] offsetsBytes = new int[0];
  private int[] lengthsBytes = new int[0];

  BytesColumn(FieldClass fieldClass) {
    super(fieldClass);
  }

  /// The array that the offsets refer to.
  public byte[] bytes() {
    return bytes;
  }

  /// Says which array the offsets refer to, for all rows at once.
  public void share(byte[] bytes) {
    this.bytes = bytes;
  }

  /// Where the value of each row starts.
  public int[] offsetsBytes() {
    return offsetsBytes;
  }

  /// How long the value of each row is.
  public int[] lengthsBytes() {
    return lengthsBytes;
  }

  /// The text of one row. Allocates: for messages and tests, not for the data plane.
  public String text(int row) {
    TextEncoding encoding =
        fieldClass() instanceof FieldClass.Text text ? text.encoding() : TextEncoding.UTF_8;
    return new String(bytes, offsetsBytes[row], lengthsBytes[row], encoding.charset());
  }

  @Override
  public void ensureCapacity(int rows) {
    if (rows > offsetsBytes.length) {
      int capacity = grown(offsetsBytes.length, rows);
      offsetsBytes = Arrays.copyOf(offsetsBytes, capacity);
      lengthsBytes = Arrays.copyOf(lengthsBytes, capacity);
    }
  }
}
