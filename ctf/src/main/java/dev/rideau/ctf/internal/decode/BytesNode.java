package dev.rideau.ctf.internal.decode;

import dev.rideau.trace.BytesColumn;

/// A string or blob whose length is fixed or in a register.
final class BytesNode extends Node {
  private final long fixedLengthBytes;
  private final int lengthRegister;

  /// Length of a code unit of text, 0 for blobs, which have no terminator.
  private final int unitBytes;

  private final long alignmentMask;
  private final int column;

  BytesNode(
      long fixedLengthBytes, int lengthRegister, int unitBytes, int alignmentBits, int column) {
    this.fixedLengthBytes = fixedLengthBytes;
    this.lengthRegister = lengthRegister;
    this.unitBytes = unitBytes;
    alignmentMask = alignmentBits - 1L;
    this.column = column;
  }

  @Override
  long decode(DecodeState state, long position, int row) {
    long lengthBytes = fixedLengthBytes;
    if (lengthRegister >= 0) {
      if (!state.registerIsSet[lengthRegister]) {
        return DecodeState.FAULT;
      }
      lengthBytes = state.registers[lengthRegister];
    }
    if (lengthBytes < 0) {
      return DecodeState.FAULT;
    }
    long start = state.aligned(position, alignmentMask);
    if (start > state.limitBits || lengthBytes > (state.limitBits - start) >>> 3) {
      return start > state.finalLimitBits || lengthBytes > (state.finalLimitBits - start) >>> 3
          ? DecodeState.FAULT
          : DecodeState.MORE;
    }
    if (column >= 0) {
      int first = (int) (start >>> 3);
      int length = (int) lengthBytes;
      if (unitBytes > 0) {
        int end = FastBits.indexOfZeroUnit(state.bytes, first, first + length, unitBytes);
        length = end < 0 ? length : end - first;
      }
      BytesColumn values = (BytesColumn) state.columns[column];
      values.share(state.bytes);
      values.offsetsBytes()[row] = first;
      values.lengthsBytes()[row] = length;
    }
    return start + (lengthBytes << 3);
  }
}
