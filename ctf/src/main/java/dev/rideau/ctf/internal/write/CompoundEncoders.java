package dev.rideau.ctf.internal.write;

import dev.rideau.trace.Column;
import dev.rideau.trace.ListColumn;
import dev.rideau.trace.OptionalColumn;
import dev.rideau.trace.StructColumn;
import dev.rideau.trace.VariantColumn;

/// Encoders of fields that consist of fields.
final class CompoundEncoders {
  private CompoundEncoders() {}

  /// Members of a structure. Fields that were made up take the column of the member they serve.
  static final class Struct extends FieldEncoder {
    private final int alignmentBits;
    private final FieldEncoder[] encoders;

    /// For each encoder the index of its member's column.
    private final int[] columns;

    Struct(int alignmentBits, FieldEncoder[] encoders, int[] columns) {
      this.alignmentBits = alignmentBits;
      this.encoders = encoders;
      this.columns = columns;
    }

    @Override
    void encode(RecordOutput output, Column column, int row) {
      StructColumn struct = (StructColumn) column;
      if (alignmentBits > 1) {
        output.bits.align(alignmentBits);
      }
      for (int i = 0; i < encoders.length; i++) {
        Column member = struct.member(columns[i]);
        if (member == null) {
          throw new IllegalArgumentException(
              "member '%s' is needed but its column is left out"
                  .formatted(struct.structure().members().get(columns[i]).name()));
        }
        encoders[i].encode(output, member, row);
      }
    }
  }

  /// A structure that was made up to hold a field and what that field depends on.
  static final class Wrapped extends FieldEncoder {
    private final int alignmentBits;
    private final FieldEncoder[] encoders;

    Wrapped(int alignmentBits, FieldEncoder[] encoders) {
      this.alignmentBits = alignmentBits;
      this.encoders = encoders;
    }

    @Override
    void encode(RecordOutput output, Column column, int row) {
      output.bits.align(alignmentBits);
      for (FieldEncoder encoder : encoders) {
        encoder.encode(output, column, row);
      }
    }
  }

  /// Elements of an array.
  static final class Array extends FieldEncoder {
    private final int alignmentBits;
    private final FieldEncoder element;
    private final int key;
    private final long staticLength;

    /// @param key where the length is kept, or [ScalarEncoders#NO_KEY]
    /// @param staticLength the length the field class says, or -1
    Array(int alignmentBits, FieldEncoder element, int key, long staticLength) {
      this.alignmentBits = alignmentBits;
      this.element = element;
      this.key = key;
      this.staticLength = staticLength;
    }

    @Override
    void encode(RecordOutput output, Column column, int row) {
      ListColumn list = (ListColumn) column;
      int length = list.lengths()[row];
      long wanted = key >= 0 ? output.keys[key] : staticLength;
      if (wanted >= 0 && wanted != length) {
        throw new IllegalArgumentException(
            "an array has %d elements but its length is %d".formatted(length, wanted));
      }
      output.bits.align(alignmentBits);
      Column elements = list.elements();
      int first = list.offsets()[row];
      for (int i = 0; i < length; i++) {
        element.encode(output, elements, first + i);
      }
    }
  }

  /// The option that the column selects.
  static final class Variant extends FieldEncoder {
    private final int alignmentBits;
    private final FieldEncoder[] options;

    Variant(int alignmentBits, FieldEncoder[] options) {
      this.alignmentBits = alignmentBits;
      this.options = options;
    }

    @Override
    void encode(RecordOutput output, Column column, int row) {
      VariantColumn variant = (VariantColumn) column;
      int selected = variant.selected()[row];
      output.bits.align(alignmentBits);
      options[selected].encode(output, variant.option(selected), row);
    }
  }

  /// The content where the column has one.
  static final class Optional extends FieldEncoder {
    private final int alignmentBits;
    private final FieldEncoder content;

    Optional(int alignmentBits, FieldEncoder content) {
      this.alignmentBits = alignmentBits;
      this.content = content;
    }

    @Override
    void encode(RecordOutput output, Column column, int row) {
      output.bits.align(alignmentBits);
      if (column.isValid(row)) {
        content.encode(output, ((OptionalColumn) column).content(), row);
      }
    }
  }
}
