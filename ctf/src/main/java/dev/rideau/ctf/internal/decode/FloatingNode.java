package dev.rideau.ctf.internal.decode;

import dev.rideau.trace.BitLayout;
import dev.rideau.trace.DoubleColumn;
import java.nio.ByteOrder;

/// A floating point number of 16, 32, 64 or 128 bits.
final class FloatingNode extends Node {
  private final BitLayout layout;
  private final long alignmentMask;
  private final boolean bigEndian;
  private final int column;

  FloatingNode(BitLayout layout, int column) {
    this.layout = layout;
    alignmentMask = layout.alignmentBits() - 1L;
    bigEndian = layout.byteOrder() == ByteOrder.BIG_ENDIAN;
    this.column = column;
  }

  @Override
  long decode(DecodeState state, long position, int row) {
    long start = state.aligned(position, alignmentMask);
    int byteOrder = bigEndian ? 2 : 1;
    if ((start & 7) != 0 && state.lastByteOrder != byteOrder && state.lastByteOrder != 0) {
      return start > state.limitBits ? state.beyondLimit(start) : DecodeState.FAULT;
    }
    long end = start + layout.lengthBits();
    if (end > state.limitBits) {
      return state.beyondLimit(end);
    }
    state.lastByteOrder = byteOrder;
    if (column >= 0) {
      ((DoubleColumn) state.columns[column]).values()[row] = value(state.bytes, start);
    }
    return end;
  }

  private double value(byte[] bytes, long start) {
    return switch (layout.lengthBits()) {
      case 16 -> Float.float16ToFloat((short) bits(bytes, start, 16));
      case 32 -> Float.intBitsToFloat((int) bits(bytes, start, 32));
      case 64 -> Double.longBitsToDouble(bits(bytes, start, 64));
      default -> {
        long first = bits(bytes, start, 64);
        long second = bits(bytes, start + 64, 64);
        yield bigEndian != layout.isReversed()
            ? WideFloats.toDouble(first, second)
            : WideFloats.toDouble(second, first);
      }
    };
  }

  private long bits(byte[] bytes, long start, int lengthBits) {
    long value =
        bigEndian
            ? FastBits.bigEndian(bytes, start, lengthBits)
            : FastBits.littleEndian(bytes, start, lengthBits);
    return layout.isReversed() ? Long.reverse(value) >>> (64 - lengthBits) : value;
  }
}
