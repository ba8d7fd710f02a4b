package dev.rideau.ctf.internal.decode;

import dev.rideau.trace.BytesColumn;

/// Text up to a zero code unit.
final class NullTerminatedNode extends Node {
  private final int unitBytes;
  private final long alignmentMask;
  private final int column;

  NullTerminatedNode(int unitBytes, int alignmentBits, int column) {
    this.unitBytes = unitBytes;
    alignmentMask = alignmentBits - 1L;
    this.column = column;
  }

  @Override
  long decode(DecodeState state, long position, int row) {
    long start = state.aligned(position, alignmentMask);
    if (start > state.limitBits) {
      return state.beyondLimit(start);
    }
    int first = (int) (start >>> 3);
    int end =
        FastBits.indexOfZeroUnit(state.bytes, first, (int) (state.limitBits >>> 3), unitBytes);
    if (end < 0) {
      // Not ended: a fault only if there is nothing left to look at.
      return state.beyondLimit(state.limitBits + 1);
    }
    if (column >= 0) {
      BytesColumn values = (BytesColumn) state.columns[column];
      values.share(state.bytes);
      values.offsetsBytes()[row] = first;
      values.lengthsBytes()[row] = end - first;
    }
    return (end + (long) unitBytes) << 3;
  }
}
