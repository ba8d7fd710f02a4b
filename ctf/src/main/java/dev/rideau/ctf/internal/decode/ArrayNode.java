package dev.rideau.ctf.internal.decode;

import dev.rideau.trace.ListColumn;

/// An array whose length is fixed or in a register.
final class ArrayNode extends Node {
  private final long fixedLength;
  private final int lengthRegister;
  private final Node element;

  /// Least number of bits that an element takes, so that a length can be held against what is left
  /// before room is made for so many.
  private final long leastElementBits;

  private final long alignmentMask;
  private final int column;

  ArrayNode(
      long fixedLength,
      int lengthRegister,
      Node element,
      long leastElementBits,
      int alignmentBits,
      int column) {
    this.fixedLength = fixedLength;
    this.lengthRegister = lengthRegister;
    this.element = element;
    this.leastElementBits = leastElementBits;
    alignmentMask = alignmentBits - 1L;
    this.column = column;
  }

  @Override
  long decode(DecodeState state, long position, int row) {
    long length = fixedLength;
    if (lengthRegister >= 0) {
      if (!state.registerIsSet[lengthRegister]) {
        return DecodeState.FAULT;
      }
      length = state.registers[lengthRegister];
    }
    if (length < 0) {
      return DecodeState.FAULT;
    }
    long at = state.aligned(position, alignmentMask);
    if (at > state.limitBits) {
      return state.beyondLimit(at);
    }
    if (leastElementBits > 0) {
      if (length > (state.limitBits - at) / leastElementBits) {
        return length > (state.finalLimitBits - at) / leastElementBits
            ? DecodeState.FAULT
            : DecodeState.MORE;
      }
    }
    if (!state.countElements(length, leastElementBits == 0)) {
      return DecodeState.FAULT;
    }
    int count = (int) length;
    int first = column < 0 ? 0 : ((ListColumn) state.columns[column]).append(row, count);
    for (int i = 0; i < count; i++) {
      at = element.decode(state, at, first + i);
      if (at < 0) {
        return at;
      }
    }
    return at;
  }
}
