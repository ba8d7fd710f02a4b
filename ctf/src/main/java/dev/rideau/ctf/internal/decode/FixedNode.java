package dev.rideau.ctf.internal.decode;

import dev.rideau.trace.BitLayout;
import dev.rideau.trace.LongColumn;
import java.nio.ByteOrder;

/// A bit array, bit map, boolean or integer of fixed length.
final class FixedNode extends Node {
  private final int lengthBits;
  private final long alignmentMask;
  private final boolean bigEndian;
  private final boolean reversed;
  private final boolean signed;
  private final boolean bool;
  private final boolean setsClock;
  private final boolean setsEventClass;
  private final int register;
  private final int column;

  FixedNode(
      BitLayout layout,
      boolean signed,
      boolean bool,
      boolean setsClock,
      boolean setsEventClass,
      int register,
      int column) {
    lengthBits = layout.lengthBits();
    alignmentMask = layout.alignmentBits() - 1L;
    bigEndian = layout.byteOrder() == ByteOrder.BIG_ENDIAN;
    reversed = layout.isReversed();
    this.signed = signed;
    this.bool = bool;
    this.setsClock = setsClock;
    this.setsEventClass = setsEventClass;
    this.register = register;
    this.column = column;
  }

  @Override
  long decode(DecodeState state, long position, int row) {
    long start = state.aligned(position, alignmentMask);
    int byteOrder = bigEndian ? 2 : 1;
    if ((start & 7) != 0 && state.lastByteOrder != byteOrder && state.lastByteOrder != 0) {
      return start > state.limitBits ? state.beyondLimit(start) : DecodeState.FAULT;
    }
    long end = start + lengthBits;
    if (end > state.limitBits) {
      return state.beyondLimit(end);
    }
    state.lastByteOrder = byteOrder;
    long value =
        bigEndian
            ? FastBits.bigEndian(state.bytes, start, lengthBits)
            : FastBits.littleEndian(state.bytes, start, lengthBits);
    if (reversed) {
      value = Long.reverse(value) >>> (64 - lengthBits);
    }
    if (signed) {
      int unused = 64 - lengthBits;
      value = value << unused >> unused;
    } else if (bool) {
      value = value != 0 ? 1 : 0;
    }
    if (column >= 0) {
      ((LongColumn) state.columns[column]).values()[row] = value;
    }
    if (register >= 0) {
      state.setRegister(register, value);
    }
    if (setsClock) {
      state.clockValue = Clocks.updated(state.clockValue, value, lengthBits);
    }
    if (setsEventClass) {
      state.eventClassId = value;
    }
    return end;
  }
}
