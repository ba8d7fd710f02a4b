package dev.rideau.ctf.internal.decode;

import dev.rideau.trace.BitLayout;
import dev.rideau.trace.BytesColumn;
import dev.rideau.trace.Column;
import dev.rideau.trace.DoubleColumn;
import dev.rideau.trace.ListColumn;
import dev.rideau.trace.LongColumn;
import java.nio.ByteOrder;

/// The kinds of [Leaf].
final class Leaves {
  private Leaves() {}

  /// The leaf of an integer, bit array, bit map or boolean.
  static Leaf integer(BitLayout layout, long offsetBits, boolean signed, boolean bool, int column) {
    int offsetBytes = (int) (offsetBits >>> 3);
    boolean plain = (offsetBits & 7) == 0 && !layout.isReversed() && !bool;
    if (plain && layout.byteOrder() == ByteOrder.LITTLE_ENDIAN) {
      switch (layout.lengthBits()) {
        case 8 -> {
          return signed ? new Byte(column, offsetBytes) : new UnsignedByte(column, offsetBytes);
        }
        case 16 -> {
          return new Short(column, offsetBytes, signed);
        }
        case 32 -> {
          return signed ? new Int(column, offsetBytes) : new UnsignedInt(column, offsetBytes);
        }
        case 64 -> {
          return new Long64(column, offsetBytes);
        }
        default -> {}
      }
    }
    return new Bits(column, offsetBits, layout, signed, bool);
  }

  /// The leaf of a floating point number of 16, 32 or 64 bits.
  static Leaf floating(BitLayout layout, long offsetBits, int column) {
    return new Floating(column, offsetBits, layout);
  }

  /// The leaf of a string or blob of fixed length.
  ///
  /// @param unitBytes length of a code unit, 0 for a blob
  static Leaf bytes(int lengthBytes, int unitBytes, long offsetBits, int column) {
    return new Bytes(column, (int) (offsetBits >>> 3), lengthBytes, unitBytes);
  }

  /// The leaf of an array of integers of fixed length.
  static Leaf array(
      BitLayout element, boolean signed, int length, long strideBits, long offsetBits, int column) {
    return new Array(column, offsetBits, element, signed, length, strideBits);
  }

  private static long bits(byte[] bytes, long bit, BitLayout layout, boolean signed) {
    int lengthBits = layout.lengthBits();
    long value =
        layout.byteOrder() == ByteOrder.BIG_ENDIAN
            ? FastBits.bigEndian(bytes, bit, lengthBits)
            : FastBits.littleEndian(bytes, bit, lengthBits);
    if (layout.isReversed()) {
      value = Long.reverse(value) >>> (64 - lengthBits);
    }
    int unused = 64 - lengthBits;
    return signed ? value << unused >> unused : value;
  }

  private static final class Byte extends Leaf {
    Byte(int column, int offsetBytes) {
      super(column, offsetBytes);
    }

    @Override
    void fill(Column column, byte[] bytes, int[] starts, int count) {
      long[] values = ((LongColumn) column).values();
      int offset = offsetBytes;
      for (int i = 0; i < count; i++) {
        values[i] = bytes[starts[i] + offset];
      }
    }
  }

  private static final class UnsignedByte extends Leaf {
    UnsignedByte(int column, int offsetBytes) {
      super(column, offsetBytes);
    }

    @Override
    void fill(Column column, byte[] bytes, int[] starts, int count) {
      long[] values = ((LongColumn) column).values();
      int offset = offsetBytes;
      for (int i = 0; i < count; i++) {
        values[i] = bytes[starts[i] + offset] & 0xff;
      }
    }
  }

  private static final class Short extends Leaf {
    private final long mask;

    Short(int column, int offsetBytes, boolean signed) {
      super(column, offsetBytes);
      mask = signed ? -1L : 0xffff;
    }

    @Override
    void fill(Column column, byte[] bytes, int[] starts, int count) {
      long[] values = ((LongColumn) column).values();
      int offset = offsetBytes;
      for (int i = 0; i < count; i++) {
        values[i] = (short) FastBits.SHORT_LE.get(bytes, starts[i] + offset) & mask;
      }
    }
  }

  private static final class Int extends Leaf {
    Int(int column, int offsetBytes) {
      super(column, offsetBytes);
    }

    @Override
    void fill(Column column, byte[] bytes, int[] starts, int count) {
      long[] values = ((LongColumn) column).values();
      int offset = offsetBytes;
      for (int i = 0; i < count; i++) {
        values[i] = (int) FastBits.INT_LE.get(bytes, starts[i] + offset);
      }
    }
  }

  private static final class UnsignedInt extends Leaf {
    UnsignedInt(int column, int offsetBytes) {
      super(column, offsetBytes);
    }

    @Override
    void fill(Column column, byte[] bytes, int[] starts, int count) {
      long[] values = ((LongColumn) column).values();
      int offset = offsetBytes;
      for (int i = 0; i < count; i++) {
        values[i] = (int) FastBits.INT_LE.get(bytes, starts[i] + offset) & 0xffff_ffffL;
      }
    }
  }

  private static final class Long64 extends Leaf {
    Long64(int column, int offsetBytes) {
      super(column, offsetBytes);
    }

    @Override
    void fill(Column column, byte[] bytes, int[] starts, int count) {
      long[] values = ((LongColumn) column).values();
      int offset = offsetBytes;
      for (int i = 0; i < count; i++) {
        values[i] = (long) FastBits.LONG_LE.get(bytes, starts[i] + offset);
      }
    }
  }

  private static final class Bits extends Leaf {
    private final long offsetBits;
    private final BitLayout layout;
    private final boolean signed;
    private final boolean bool;

    Bits(int column, long offsetBits, BitLayout layout, boolean signed, boolean bool) {
      super(column, (int) (offsetBits >>> 3));
      this.offsetBits = offsetBits;
      this.layout = layout;
      this.signed = signed;
      this.bool = bool;
    }

    @Override
    void fill(Column column, byte[] bytes, int[] starts, int count) {
      long[] values = ((LongColumn) column).values();
      for (int i = 0; i < count; i++) {
        long value = bits(bytes, ((long) starts[i] << 3) + offsetBits, layout, signed);
        values[i] = bool ? (value != 0 ? 1 : 0) : value;
      }
    }
  }

  private static final class Floating extends Leaf {
    private final long offsetBits;
    private final BitLayout layout;

    Floating(int column, long offsetBits, BitLayout layout) {
      super(column, (int) (offsetBits >>> 3));
      this.offsetBits = offsetBits;
      this.layout = layout;
    }

    @Override
    void fill(Column column, byte[] bytes, int[] starts, int count) {
      double[] values = ((DoubleColumn) column).values();
      for (int i = 0; i < count; i++) {
        long value = bits(bytes, ((long) starts[i] << 3) + offsetBits, layout, false);
        values[i] =
            switch (layout.lengthBits()) {
              case 16 -> Float.float16ToFloat((short) value);
              case 32 -> Float.intBitsToFloat((int) value);
              default -> Double.longBitsToDouble(value);
            };
      }
    }
  }

  private static final class Bytes extends Leaf {
    private final int lengthBytes;
    private final int unitBytes;

    Bytes(int column, int offsetBytes, int lengthBytes, int unitBytes) {
      super(column, offsetBytes);
      this.lengthBytes = lengthBytes;
      this.unitBytes = unitBytes;
    }

    @Override
    void fill(Column column, byte[] bytes, int[] starts, int count) {
      BytesColumn values = (BytesColumn) column;
      values.share(bytes);
      int[] offsets = values.offsetsBytes();
      int[] lengths = values.lengthsBytes();
      for (int i = 0; i < count; i++) {
        int first = starts[i] + offsetBytes;
        offsets[i] = first;
        int end =
            unitBytes == 0
                ? -1
                : FastBits.indexOfZeroUnit(bytes, first, first + lengthBytes, unitBytes);
        lengths[i] = end < 0 ? lengthBytes : end - first;
      }
    }
  }

  private static final class Array extends Leaf {
    private final long offsetBits;
    private final BitLayout element;
    private final boolean signed;
    private final int length;
    private final long strideBits;

    Array(
        int column,
        long offsetBits,
        BitLayout element,
        boolean signed,
        int length,
        long strideBits) {
      super(column, (int) (offsetBits >>> 3));
      this.offsetBits = offsetBits;
      this.element = element;
      this.signed = signed;
      this.length = length;
      this.strideBits = strideBits;
    }

    @Override
    void fill(Column column, byte[] bytes, int[] starts, int count) {
      ListColumn lists = (ListColumn) column;
      for (int i = 0; i < count; i++) {
        int first = lists.append(i, length);
        long[] values = ((LongColumn) lists.elements()).values();
        long bit = ((long) starts[i] << 3) + offsetBits;
        for (int j = 0; j < length; j++) {
          values[first + j] = bits(bytes, bit, element, signed);
          bit += strideBits;
        }
      }
    }
  }
}
