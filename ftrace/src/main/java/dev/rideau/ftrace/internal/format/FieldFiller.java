package dev.rideau.ftrace.internal.format;

import dev.rideau.ftrace.FormatField;
import dev.rideau.ftrace.KernelAbi;
import dev.rideau.trace.BytesColumn;
import dev.rideau.trace.Column;
import dev.rideau.trace.ListColumn;
import dev.rideau.trace.LongColumn;
import java.nio.ByteOrder;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/// Fills the column of one field for many records at once.
public abstract sealed class FieldFiller {
  final FormatField field;
  final boolean swapped;
  final int offset;
  final int size;

  private FieldFiller(FormatField field, KernelAbi abi) {
    this.field = field;
    swapped = abi.byteOrder() != ByteOrder.LITTLE_ENDIAN;
    offset = field.offsetBytes();
    size = field.sizeBytes();
  }

  /// A filler for a field.
  ///
  /// @param value the column of the field, null when only the length is wanted
  /// @param length the column of the number of elements, null when not wanted or when there is none
  public static FieldFiller of(
      FormatField field, KernelAbi abi, @Nullable Column value, @Nullable LongColumn length) {
    return switch (value) {
      case LongColumn integers -> new Integers(field, abi, integers);
      case BytesColumn text -> new Text(field, abi, text);
      case ListColumn list -> new Elements(field, abi, list, length);
      case null -> new Elements(field, abi, null, length);
      default -> throw new IllegalStateException("column of " + field);
    };
  }

  /// Fills the rows from 0 up to `rows`.
  ///
  /// @param whole whether the fixed part of every record is there
  /// @return how many values are not there
  public abstract int fill(byte[] bytes, int[] starts, int[] ends, int rows, boolean whole);

  /// One integer.
  private static final class Integers extends FieldFiller {
    private final LongColumn column;

    Integers(FormatField field, KernelAbi abi, LongColumn column) {
      super(field, abi);
      this.column = column;
    }

    @Override
    public int fill(byte[] bytes, int[] starts, int[] ends, int rows, boolean whole) {
      long[] values = column.values();
      if (!whole) {
        return fillChecked(bytes, starts, ends, rows, values);
      }
      int offset = this.offset;
      if (swapped) {
        for (int row = 0; row < rows; row++) {
          values[row] =
              KernelBytes.integer(bytes, starts[row] + offset, size, field.signed(), true);
        }
        return 0;
      }
      boolean signed = field.signed();
      switch (size) {
        case 8 -> {
          for (int row = 0; row < rows; row++) {
            values[row] = KernelBytes.longLe(bytes, starts[row] + offset);
          }
        }
        case 4 -> {
          long mask = signed ? -1L : 0xFFFF_FFFFL;
          for (int row = 0; row < rows; row++) {
            values[row] = KernelBytes.intLe(bytes, starts[row] + offset) & mask;
          }
        }
        case 2 -> {
          long mask = signed ? -1L : 0xFFFFL;
          for (int row = 0; row < rows; row++) {
            values[row] = KernelBytes.shortLe(bytes, starts[row] + offset) & mask;
          }
        }
        default -> {
          long mask = signed ? -1L : 0xFFL;
          for (int row = 0; row < rows; row++) {
            values[row] = bytes[starts[row] + offset] & mask;
          }
        }
      }
      return 0;
    }

    private int fillChecked(byte[] bytes, int[] starts, int[] ends, int rows, long[] values) {
      int missing = 0;
      for (int row = 0; row < rows; row++) {
        int at = starts[row] + offset;
        if (at + size <= ends[row]) {
          values[row] = KernelBytes.integer(bytes, at, size, field.signed(), swapped);
        } else {
          values[row] = 0;
          column.markInvalid(row);
          missing++;
        }
      }
      return missing;
    }
  }

  /// Text of any kind.
  private static final class Text extends FieldFiller {
    private final BytesColumn column;

    Text(FormatField field, KernelAbi abi, BytesColumn column) {
      super(field, abi);
      this.column = column;
    }

    @Override
    public int fill(byte[] bytes, int[] starts, int[] ends, int rows, boolean whole) {
      column.share(bytes);
      int[] offsets = column.offsetsBytes();
      int[] lengths = column.lengthsBytes();
      FormatField.Kind kind = field.kind();
      int missing = 0;
      for (int row = 0; row < rows; row++) {
        int start = starts[row];
        int end = ends[row];
        int at = start + offset;
        int length;
        if (at + size > end) {
          length = -1;
        } else if (kind == FormatField.Kind.LOCATED_TEXT) {
          int word = KernelBytes.word(bytes, at, swapped);
          at = start + (word & 0xFFFF) + (field.isRelative() ? offset + size : 0);
          length = at + (word >>> 16) <= end ? word >>> 16 : -1;
        } else {
          length = kind == FormatField.Kind.TEXT ? size : end - at;
        }
        if (length < 0) {
          offsets[row] = 0;
          lengths[row] = 0;
          column.markInvalid(row);
          missing++;
        } else {
          offsets[row] = at;
          lengths[row] = KernelBytes.textLength(bytes, at, length);
        }
      }
      return missing;
    }
  }

  /// Arrays of any kind, and structures as arrays of bytes.
  private static final class Elements extends FieldFiller {
    private final @Nullable ListColumn column;
    private final @Nullable LongColumn lengthColumn;

    Elements(
        FormatField field,
        KernelAbi abi,
        @Nullable ListColumn column,
        @Nullable LongColumn lengthColumn) {
      super(field, abi);
      this.column = column;
      this.lengthColumn = lengthColumn;
    }

    @Override
    public int fill(byte[] bytes, int[] starts, int[] ends, int rows, boolean whole) {
      int missing = 0;
      for (int row = 0; row < rows; row++) {
        int start = starts[row];
        int end = ends[row];
        int at = start + offset;
        int length = end - at;
        if (at + size > end) {
          length = -1;
        } else if (field.kind() == FormatField.Kind.LOCATED_ARRAY) {
          int word = KernelBytes.word(bytes, at, swapped);
          at = start + (word & 0xFFFF) + (field.isRelative() ? offset + size : 0);
          length = at + (word >>> 16) <= end ? word >>> 16 : -1;
        } else if (field.kind() != FormatField.Kind.TRAILING_ARRAY) {
          length = size;
        }
        if (length < 0) {
          missing++;
        }
        put(bytes, at, length, row);
      }
      return missing;
    }

    private void put(byte[] bytes, int at, int lengthBytes, int row) {
      int elementBytes = field.elementBytes();
      int count = Math.max(0, lengthBytes) / elementBytes;
      if (lengthColumn != null) {
        lengthColumn.values()[row] = count;
        if (lengthBytes < 0) {
          lengthColumn.markInvalid(row);
        }
      }
      if (column != null) {
        boolean fixed = lengthBytes < 0 && field.sizeBytes() > 0 && lengthColumn == null;
        // Arrays of fixed length keep it even where the record is cut: writers count on it.
        int elements = fixed && isFixed() ? size / elementBytes : count;
        int first = column.append(row, elements);
        long[] values = ((LongColumn) column.elements()).values();
        if (lengthBytes < 0) {
          column.markInvalid(row);
          Arrays.fill(values, first, first + elements, 0);
          return;
        }
        for (int i = 0; i < count; i++) {
          values[first + i] =
              KernelBytes.integer(
                  bytes, at + i * elementBytes, elementBytes, field.signed(), swapped);
        }
      }
    }

    private boolean isFixed() {
      return field.kind() == FormatField.Kind.ARRAY || field.kind() == FormatField.Kind.BYTES;
    }
  }
}
