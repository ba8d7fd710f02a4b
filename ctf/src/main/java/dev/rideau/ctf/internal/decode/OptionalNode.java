package dev.rideau.ctf.internal.decode;

import dev.rideau.trace.Column;
import org.jspecify.annotations.Nullable;

/// An optional: present when its selector says so.
final class OptionalNode extends Node {
  private final int selectorRegister;
  private final @Nullable SelectorRanges ranges;
  private final Node content;
  private final long alignmentMask;
  private final int column;

  /// @param ranges null when the selector is a boolean
  OptionalNode(
      int selectorRegister,
      @Nullable SelectorRanges ranges,
      Node content,
      int alignmentBits,
      int column) {
    this.selectorRegister = selectorRegister;
    this.ranges = ranges;
    this.content = content;
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
    if (ranges == null ? selector != 0 : ranges.contains(selector)) {
      return content.decode(state, at, row);
    }
    if (column >= 0) {
      Column optional = state.columns[column];
      if (optional != null) {
        optional.markInvalid(row);
      }
    }
    return at;
  }
}
