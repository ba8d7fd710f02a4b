package dev.rideau.tables.internal.events;

import dev.rideau.trace.Column;
import dev.rideau.trace.FieldClass;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.duckdb.RawVectors;
import org.jspecify.annotations.Nullable;

/// Copies rows of a column of event records into a vector of the database. Immutable and shared.
///
/// ```
/// integers                 BIGINT, or UBIGINT when unsigned and of 64 bits
/// enumerations             VARCHAR: the label, else the number
/// bit arrays and maps      UBIGINT
/// booleans, reals          BOOLEAN, DOUBLE
/// texts, blobs             VARCHAR, BLOB
/// arrays                   lists
/// structures               structures
/// optionals                their content, or NULL
/// variants                 structures with a member for each option, one of which has a value
/// ```
abstract sealed class VectorWriter
    permits VectorWriter.Plain,
        NestedWriters.Lists,
        NestedWriters.Structures,
        NestedWriters.Optionals,
        NestedWriters.Variants {

  /// Values of one of the database's own types.
  abstract static sealed class Plain extends VectorWriter
      permits NumberWriters.Integers,
          NumberWriters.Truth,
          NumberWriters.Reals,
          TextWriters.Labels,
          TextWriters.Texts,
          TextWriters.Blobs {
    private final String typeText;
    private final int type;

    Plain(String typeText, int type) {
      this.typeText = typeText;
      this.type = type;
    }

    @Override
    final String typeText() {
      return typeText;
    }

    @Override
    final ByteBuffer type() {
      return RawVectors.type(type);
    }
  }

  /// The writer for fields of a class.
  static VectorWriter of(FieldClass fieldClass) {
    return switch (fieldClass) {
      case FieldClass.Int integer ->
          integer.mappings().isEmpty()
              ? new NumberWriters.Integers(!integer.signed() && integer.layout().lengthBits() > 63)
              : new TextWriters.Labels(integer);
      case FieldClass.VariableLengthInt integer ->
          integer.mappings().isEmpty()
              ? new NumberWriters.Integers(!integer.signed())
              : new TextWriters.Labels(integer);
      case FieldClass.BitArray _, FieldClass.BitMap _ -> new NumberWriters.Integers(true);
      case FieldClass.Bool _ -> new NumberWriters.Truth();
      case FieldClass.Floating _ -> new NumberWriters.Reals();
      case FieldClass.Text _ -> new TextWriters.Texts();
      case FieldClass.StaticLengthBlob _, FieldClass.DynamicLengthBlob _ -> new TextWriters.Blobs();
      case FieldClass.StaticLengthArray array -> new NestedWriters.Lists(of(array.element()));
      case FieldClass.DynamicLengthArray array -> new NestedWriters.Lists(of(array.element()));
      case FieldClass.Structure structure -> NestedWriters.Structures.of(structure);
      case FieldClass.Optional optional -> new NestedWriters.Optionals(of(optional.content()));
      case FieldClass.Variant variant -> NestedWriters.Variants.of(variant);
    };
  }

  /// The type as SQL spells it.
  abstract String typeText();

  /// The type; the caller destroys it.
  abstract ByteBuffer type();

  /// Copies rows `from` to `from + count` to the rows of `vector` from `first` on.
  ///
  /// @param valid bit `i` tells whether row `from + i` is there at all; null when all are
  abstract void write(
      Column column, int from, int count, long @Nullable [] valid, ByteBuffer vector, int first);

  /// Says of rows of `vector` that they hold no value. The database asks members of a structure
  /// without asking the structure, and members hold what was in the memory before: they must say it
  /// too.
  void writeNone(ByteBuffer vector, int first, int count) {
    markValid(vector, first, count, new long[(count + 63) >> 6]);
  }

  /// Which of the rows hold a value, null when all do.
  static long @Nullable [] validOf(Column column, int from, int count, long @Nullable [] parent) {
    if (column.isAllValid()) {
      return parent;
    }
    long[] valid = new long[(count + 63) >> 6];
    for (int i = 0; i < count; i++) {
      if (column.isValid(from + i) && isSet(parent, i)) {
        valid[i >> 6] |= 1L << i;
      }
    }
    return valid;
  }

  static boolean isSet(long @Nullable [] valid, int i) {
    return valid == null || (valid[i >> 6] & (1L << i)) != 0;
  }

  /// Tells the vector which rows from `first` on hold no value.
  static void markValid(ByteBuffer vector, int first, int count, long @Nullable [] valid) {
    if (valid == null) {
      return;
    }
    ByteBuffer bits = RawVectors.validity(vector, first + count);
    for (int i = 0; i < count; i++) {
      if (!isSet(valid, i)) {
        int row = first + i;
        int word = (row >> 6) * Long.BYTES;
        bits.putLong(word, bits.getLong(word) & ~(1L << row));
      }
    }
  }

  /// Names that differ from one another without regard to case.
  static List<String> distinctNames(List<@Nullable String> names) {
    Set<String> taken = new HashSet<>();
    List<String> distinct = new ArrayList<>();
    for (int i = 0; i < names.size(); i++) {
      String given = names.get(i);
      String name = given == null || given.isEmpty() ? "option_" + i : given;
      String unique = name;
      for (int copy = 2; !taken.add(unique.toLowerCase(Locale.ROOT)); copy++) {
        unique = name + "_" + copy;
      }
      distinct.add(unique);
    }
    return distinct;
  }
}
