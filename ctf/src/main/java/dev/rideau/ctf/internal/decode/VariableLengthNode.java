package dev.rideau.ctf.internal.decode;

import dev.rideau.trace.LongColumn;

/// A LEB128 integer.
final class VariableLengthNode extends Node {
  private final boolean signed;
  private final boolean setsClock;
  private final boolean setsEventClass;
  private final int register;
  private final int column;

  VariableLengthNode(
      boolean signed, boolean setsClock, boolean setsEventClass, int register, int column) {
    this.signed = signed;
    this.setsClock = setsClock;
    this.setsEventClass = setsEventClass;
    this.register = register;
    this.column = column;
  }

  @Override
  long decode(DecodeState state, long position, int row) {
    long at = (position + 7) & ~7L;
    long value = 0;
    int lengthBits = 0;
    int current;
    do {
      if (at + 8 > state.limitBits) {
        return state.beyondLimit(at + 8);
      }
      current = state.bytes[(int) (at >>> 3)];
      if (lengthBits == 63) {
        int rest = current & 0x7f;
        boolean fits = signed ? rest == 0 || rest == 0x7f : rest <= 1;
        if (!fits || current < 0) {
          return DecodeState.FAULT;
        }
      }
      at += 8;
      value |= (current & 0x7fL) << lengthBits;
      lengthBits += 7;
    } while (current < 0);
    if (signed && lengthBits < 64) {
      int unused = 64 - lengthBits;
      value = value << unused >> unused;
    }
    if (column >= 0) {
      ((LongColumn) state.columns[column]).values()[row] = value;
    }
    if (register >= 0) {
      state.setRegister(register, value);
    }
    if (setsClock) {
      state.clockValue = Clocks.updated(state.clockValue, value, Math.min(lengthBits, 64));
    }
    if (setsEventClass) {
      state.eventClassId = value;
    }
    return at;
  }
}
