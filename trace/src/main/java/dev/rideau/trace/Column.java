package dev.rideau.trace;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/// The values of one field over the rows of a [Batch] or over the elements of a [ListColumn].
///
/// A column is a growable primitive array with a validity bitmap. The members of a structure, the
/// content of an optional and the options of a variant have the rows of their parent; only the
/// elements of a list have rows of their own. What a row without value holds in the arrays is
/// undefined.
///
/// Columns are owned by their batch and share its ownership mode. The decoder that fills them is
/// the only writer; arrays handed out by accessors are not copies and are replaced when the column
/// grows, so fetch them once per batch.
public abstract sealed class Column
    permits LongColumn,
        DoubleColumn,
        BytesColumn,
        ListColumn,
        StructColumn,
        VariantColumn,
        OptionalColumn {

  private final FieldClass fieldClass;
  private long @Nullable [] invalid;
  private boolean allValid = true;

  Column(FieldClass fieldClass) {
    this.fieldClass = fieldClass;
  }

  /// The tree of empty columns for a field class.
  public static Column of(FieldClass fieldClass) {
    return switch (fieldClass) {
      case FieldClass.BitArray _,
          FieldClass.BitMap _,
          FieldClass.Bool _,
          FieldClass.Int _,
          FieldClass.VariableLengthInt _ ->
          new LongColumn(fieldClass);
      case FieldClass.Floating _ -> new DoubleColumn(fieldClass);
      case FieldClass.NullTerminatedString _,
          FieldClass.StaticLengthString _,
          FieldClass.DynamicLengthString _,
          FieldClass.StaticLengthBlob _,
          FieldClass.DynamicLengthBlob _ ->
          new BytesColumn(fieldClass);
      case FieldClass.StaticLengthArray array -> new ListColumn(array, of(array.element()));
      case FieldClass.DynamicLengthArray array -> new ListColumn(array, of(array.element()));
      case FieldClass.Structure structure -> new StructColumn(structure);
      case FieldClass.Optional optional -> new OptionalColumn(optional, of(optional.content()));
      case FieldClass.Variant variant -> new VariantColumn(variant);
    };
  }

  /// The description of the field.
  public final FieldClass fieldClass() {
    return fieldClass;
  }

  /// Whether the row holds a value. A row without one was not there in the record (an absent
  /// optional) or could not be told (a tracer that lacks the field).
  public final boolean isValid(int row) {
    long[] bits = invalid;
    return bits == null || row >> 6 >= bits.length || (bits[row >> 6] & (1L << row)) == 0;
  }

  /// Whether no row was marked as without value.
  public final boolean isAllValid() {
    return allValid;
  }

  /// Says that the row holds no value.
  public final void markInvalid(int row) {
    allValid = false;
    long[] bits = invalid;
    int word = row >> 6;
    if (bits == null) {
      bits = new long[Math.max(word + 1, 64)];
      invalid = bits;
    } else if (word >= bits.length) {
      bits = Arrays.copyOf(bits, Math.max(word + 1, bits.length * 2));
      invalid = bits;
    }
    bits[word] |= 1L << row;
  }

  /// Makes room for `rows` rows, in this column and in those below that share its rows.
  public abstract void ensureCapacity(int rows);

  /// Forgets all rows, keeps the memory.
  public void clear() {
    long[] bits = invalid;
    if (bits != null && !allValid) {
      Arrays.fill(bits, 0);
    }
    allValid = true;
  }

  /// The capacity to grow to when `rows` rows are needed and `capacity` are there.
  static int grown(int capacity, int rows) {
    return Math.max(rows, Math.max(16, capacity + (capacity >> 1)));
  }
}
