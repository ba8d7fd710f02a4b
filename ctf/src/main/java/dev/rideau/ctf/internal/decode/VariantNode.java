package dev.rideau.ctf.internal.decode;

import dev.rideau.trace.VariantColumn;

/// A variant: the option that its selector chooses.
final class VariantNode extends Node {
  private final int selectorRegister;
  private final SelectorRanges[] ranges;
  private final Node[] options;
  private final long alignmentMask;
  private final int column;

  VariantNode(
      int selectorRegister,
      SelectorRanges[] ranges,
      Node[] options,
      int alignmentBits,
      int column) {
    this.selectorRegister = selectorRegister;
    this.ranges = ranges;
    this.options = options;
    alignmentMask = alignmentBits - 1L;
    this.column = column;
  }

  @Override
  long decode(DecodeState state, long position, int row) {
    long at = state.aligned(position, alignmentMask);
    if (at > state.limitBits) {
      return state.beyondLimit(at);
    }
    if (!state.registerIsSet[selectorRegister]) {
      return DecodeState.FAULT;
    }
    long selector = state.registers[selectorRegister];
    for (int option = 0; option < ranges.length; option++) {
      if (ranges[option].contains(selector)) {
        if (column >= 0) {
          ((VariantColumn) state.columns[column]).selected()[row] = option;
        }
        return options[option].decode(state, at, row);
      }
    }
    return DecodeState.FAULT;
  }
}
