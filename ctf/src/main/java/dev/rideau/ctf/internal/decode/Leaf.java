package dev.rideau.ctf.internal.decode;

import dev.rideau.trace.Column;

/// A field at a fixed distance from the start of its [Segment]: reads it for many records at once.
///
/// One small loop per kind of field over one array per column is what a compiler makes the most of;
/// the choice between kinds is made once per block and column, not per record. Immutable and
/// shared.
abstract class Leaf {
  /// Number of the column, in the batch of the event class.
  final int column;

  /// Distance of the first byte from the start of the segment.
  final int offsetBytes;

  Leaf(int column, int offsetBytes) {
    this.column = column;
    this.offsetBytes = offsetBytes;
  }

  /// Fills rows 0 to `count` of the column.
  ///
  /// @param starts byte in `bytes` where each row's segment starts
  abstract void fill(Column column, byte[] bytes, int[] starts, int count);
}
