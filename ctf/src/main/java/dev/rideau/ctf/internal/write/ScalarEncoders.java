package dev.rideau.ctf.internal.write;

import dev.rideau.trace.BitLayout;
import dev.rideau.trace.BytesColumn;
import dev.rideau.trace.Column;
import dev.rideau.trace.DoubleColumn;
import dev.rideau.trace.ListColumn;
import dev.rideau.trace.LongColumn;
import dev.rideau.trace.VariantColumn;
import java.nio.ByteOrder;

/// Encoders of numbers.
final class ScalarEncoders {
  private ScalarEncoders() {}

  /// No key: nothing depends on the value.
  static final int NO_KEY = -1;

  /// The fastest encoder for an integer of fixed length.
  ///
  /// @param key index in [RecordOutput#keys] to keep the value in, or [#NO_KEY]
  static FieldEncoder fixedInteger(BitLayout layout, int key, boolean movesClock) {
    boolean plain =
        key == NO_KEY
            && !movesClock
            && layout.byteOrder() == ByteOrder.LITTLE_ENDIAN
            && !layout.isReversed()
            && layout.alignmentBits() == 8;
    if (plain && layout.lengthBits() == 64) {
      return new AlignedLong();
    }
    if (plain && layout.lengthBits() == 32) {
      return new AlignedInt();
    }
    return new FixedInteger(layout, key, movesClock);
  }

  private static final class AlignedLong extends FieldEncoder {
    @Override
    void encode(RecordOutput output, Column column, int row) {
      output.bits.align(8);
      output.bits.putAlignedLong(((LongColumn) column).value(row));
    }
  }

  private static final class AlignedInt extends FieldEncoder {
    @Override
    void encode(RecordOutput output, Column column, int row) {
      output.bits.align(8);
      output.bits.putAlignedInt((int) ((LongColumn) column).value(row));
    }
  }

  private static final class FixedInteger extends FieldEncoder {
    private final BitLayout layout;
    private final int key;
    private final boolean movesClock;

    FixedInteger(BitLayout layout, int key, boolean movesClock) {
      this.layout = layout;
      this.key = key;
      this.movesClock = movesClock;
    }

    @Override
    void encode(RecordOutput output, Column column, int row) {
      long value = ((LongColumn) column).value(row);
      output.bits.put(layout, value);
      if (key >= 0) {
        output.keys[key] = value;
      }
      if (movesClock) {
        output.moveClock(value, layout.lengthBits());
      }
    }
  }

  /// LEB128, as short as possible.
  static final class VariableLength extends FieldEncoder {
    private final boolean signed;
    private final int key;
    private final boolean movesClock;

    VariableLength(boolean signed, int key, boolean movesClock) {
      this.signed = signed;
      this.key = key;
      this.movesClock = movesClock;
    }

    @Override
    void encode(RecordOutput output, Column column, int row) {
      long value = ((LongColumn) column).value(row);
      int lengthBits = put(output.bits, value, signed, 1);
      if (key >= 0) {
        output.keys[key] = value;
      }
      if (movesClock) {
        output.moveClock(value, Math.min(64, lengthBits));
      }
    }

    /// @param leastBytes how many bytes to use at least
    /// @return how many bits of the value the bytes hold
    static int put(BitWriter bits, long value, boolean signed, int leastBytes) {
      bits.align(8);
      long rest = value;
      int count = 0;
      boolean more = true;
      while (more) {
        int seven = (int) rest & 0x7f;
        rest = signed ? rest >> 7 : rest >>> 7;
        count++;
        boolean whole = signed ? rest == ((seven & 0x40) == 0 ? 0 : -1) : rest == 0;
        more = !whole || count < leastBytes;
        bits.putByte(more ? seven | 0x80 : seven);
      }
      return count * 7;
    }
  }

  /// A floating point number of 16, 32, 64 or 128 bits.
  static final class Floating extends FieldEncoder {
    private final BitLayout layout;

    Floating(BitLayout layout) {
      this.layout = layout;
    }

    @Override
    void encode(RecordOutput output, Column column, int row) {
      double value = ((DoubleColumn) column).value(row);
      switch (layout.lengthBits()) {
        case 16 -> output.bits.put(layout, Float.floatToFloat16((float) value) & 0xffffL);
        case 32 -> output.bits.put(layout, Float.floatToRawIntBits((float) value) & 0xffff_ffffL);
        case 64 -> output.bits.put(layout, Double.doubleToRawLongBits(value));
        default -> putWide(output.bits, value);
      }
    }

    // The half with the most significant bits comes first where bits do.
    private void putWide(BitWriter bits, double value) {
      long high = WideFloat.high(value);
      long low = WideFloat.low(value);
      boolean leastFirst = (layout.byteOrder() == ByteOrder.LITTLE_ENDIAN) != layout.isReversed();
      BitLayout half =
          new BitLayout(64, layout.alignmentBits(), layout.byteOrder(), layout.bitOrder());
      bits.put(half, leastFirst ? low : high);
      bits.put(
          new BitLayout(64, 1, layout.byteOrder(), layout.bitOrder()), leastFirst ? high : low);
    }
  }

  /// A tag that was made up for a variant: the index of the option.
  static final class VariantTag extends FieldEncoder {
    private final BitLayout layout;

    VariantTag(BitLayout layout) {
      this.layout = layout;
    }

    @Override
    void encode(RecordOutput output, Column column, int row) {
      output.bits.put(layout, ((VariantColumn) column).selected()[row]);
    }
  }

  /// A tag that was made up for an optional: whether the content is there.
  static final class OptionalTag extends FieldEncoder {
    private final BitLayout layout;

    OptionalTag(BitLayout layout) {
      this.layout = layout;
    }

    @Override
    void encode(RecordOutput output, Column column, int row) {
      output.bits.put(layout, column.isValid(row) ? 1 : 0);
    }
  }

  /// A length that was made up for an array, a string or a blob.
  static final class Length extends FieldEncoder {
    private final BitLayout layout;

    Length(BitLayout layout) {
      this.layout = layout;
    }

    @Override
    void encode(RecordOutput output, Column column, int row) {
      long length =
          column instanceof ListColumn list
              ? list.lengths()[row]
              : ((BytesColumn) column).lengthsBytes()[row];
      output.bits.put(layout, length);
    }
  }
}
