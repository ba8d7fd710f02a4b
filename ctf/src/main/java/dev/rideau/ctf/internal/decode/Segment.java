package dev.rideau.ctf.internal.decode;

import dev.rideau.trace.BytesColumn;
import dev.rideau.trace.Column;
import org.jspecify.annotations.Nullable;

/// A part of an event record whose fields lie at fixed distances from its start, up to and with the
/// null-terminated string that ends it, if one does. Immutable and shared.
///
/// ```
/// record   |context, ints ........ "text\0"|ints .... "text\0"|ints ...|
///           segment 0                       segment 1          segment 2
/// ```
final class Segment {
  private final int alignmentMaskBytes;
  private final int lengthBytes;
  private final Leaf[] leaves;
  private final boolean endsWithString;
  private final int stringColumn;

  /// @param stringColumn number of the string's column, -1 when nobody wants it
  Segment(
      int alignmentBytes,
      int lengthBytes,
      Leaf[] leaves,
      boolean endsWithString,
      int stringColumn) {
    alignmentMaskBytes = alignmentBytes - 1;
    this.lengthBytes = lengthBytes;
    this.leaves = leaves;
    this.endsWithString = endsWithString;
    this.stringColumn = stringColumn;
  }

  /// Length of the segment when it is the same wherever the segment starts, or -1.
  int fixedLengthBytes() {
    return endsWithString || alignmentMaskBytes != 0 ? -1 : lengthBytes;
  }

  /// Bytes of alignment of its start less one.
  int alignmentMaskBytes() {
    return alignmentMaskBytes;
  }

  /// Length from the aligned start to the end or to the string that ends it.
  int lengthBytes() {
    return lengthBytes;
  }

  /// Whether the segment ends with a string, whose end differs from record to record.
  boolean endsWithString() {
    return endsWithString;
  }

  /// Finds the end of the segment in one record.
  ///
  /// @param at byte in the window where the segment before ended
  /// @param limit byte in the window behind the last one that may be read
  /// @return the byte behind the segment, or -1 when it does not end before the limit
  int skip(byte[] bytes, int at, int limit) {
    int end = ((at + alignmentMaskBytes) & ~alignmentMaskBytes) + lengthBytes;
    if (end > limit) {
      return -1;
    }
    if (endsWithString) {
      int zero = FastBits.indexOfZero(bytes, end, limit);
      return zero < 0 ? -1 : zero + 1;
    }
    return end;
  }

  /// Fills the columns of the segment and moves `starts` to its ends.
  ///
  /// @param starts byte in the window where the segment before ended, in each row
  /// @param ends byte behind the segment in each row; only for those that end with a string
  void fill(@Nullable Column[] columns, byte[] bytes, int[] starts, int[] ends, int count) {
    if (alignmentMaskBytes != 0) {
      int mask = alignmentMaskBytes;
      for (int i = 0; i < count; i++) {
        starts[i] = (starts[i] + mask) & ~mask;
      }
    }
    for (Leaf leaf : leaves) {
      Column column = columns[leaf.column];
      if (column != null) {
        leaf.fill(column, bytes, starts, count);
      }
    }
    if (endsWithString) {
      fillString(columns, bytes, starts, ends, count);
    } else if (lengthBytes != 0) {
      for (int i = 0; i < count; i++) {
        starts[i] += lengthBytes;
      }
    }
  }

  private void fillString(
      @Nullable Column[] columns, byte[] bytes, int[] starts, int[] ends, int count) {
    if (stringColumn >= 0) {
      BytesColumn column = (BytesColumn) columns[stringColumn];
      if (column == null) {
        throw new IllegalStateException("column " + stringColumn + " is not bound");
      }
      column.share(bytes);
      int[] offsets = column.offsetsBytes();
      int[] lengths = column.lengthsBytes();
      int skipped = lengthBytes;
      for (int i = 0; i < count; i++) {
        int first = starts[i] + skipped;
        offsets[i] = first;
        lengths[i] = ends[i] - 1 - first;
      }
    }
    System.arraycopy(ends, 0, starts, 0, count);
  }
}
