package dev.rideau.tracer.internal.schema;

import dev.rideau.tracer.internal.schema.FieldShape.Enumeration;
import dev.rideau.tracer.internal.schema.FieldShape.Maybe;
import dev.rideau.tracer.internal.schema.FieldShape.NamedField;
import dev.rideau.tracer.internal.schema.FieldShape.Nested;
import dev.rideau.tracer.internal.schema.FieldShape.Scalar;
import dev.rideau.tracer.internal.schema.FieldShape.Sequence;
import dev.rideau.tracer.internal.schema.FieldShape.Text;
import java.util.List;

/// Where fields lie in a payload.
public enum Layout {
  /// Byte after byte.
  PACKED,
  /// Each value at a multiple of its own size; records and payloads begin at multiples of 8.
  ALIGNED;

  /// Bytes at whose multiples a value of that size begins.
  public int alignment(int bytes) {
    return this == PACKED ? 1 : bytes;
  }

  /// Bytes at whose multiples the first byte of a field lies: for an array that of its length.
  public int beginning(FieldShape shape) {
    return shape instanceof Sequence ? alignment(4) : alignment(shape);
  }

  /// Bytes at whose multiples a structure with this field begins.
  public int alignment(FieldShape shape) {
    return switch (shape) {
      case Scalar scalar -> alignment(scalar.bytes());
      case Enumeration enumeration -> alignment(enumeration.bytes());
      case Text _, Maybe _ -> 1;
      case Sequence sequence -> Math.max(alignment(4), alignment(sequence.element().bytes()));
      case Nested nested -> alignment(nested.fields());
    };
  }

  /// Bytes at whose multiples a structure begins.
  public int alignment(List<NamedField> fields) {
    int most = 1;
    for (NamedField field : fields) {
      most = Math.max(most, alignment(field.shape()));
    }
    return most;
  }

  /// The layout of a payload as a program for [dev.rideau.tracer.internal.buffer.RecordLayouts].
  public String program(List<NamedField> fields) {
    StringBuilder program = new StringBuilder();
    fields.forEach(field -> append(field.shape(), program));
    return program.toString();
  }

  private void append(FieldShape shape, StringBuilder program) {
    int alignment = beginning(shape);
    if (alignment > 1) {
      program.append('a').append(alignment).append(' ');
    }
    switch (shape) {
      case Scalar scalar -> program.append(scalar.bytes()).append(' ');
      case Enumeration enumeration -> program.append(enumeration.bytes()).append(' ');
      case Text _ -> program.append("s ");
      case Sequence sequence -> {
        program.append('q').append(alignment(sequence.element().bytes()));
        program.append(',').append(sequence.element().bytes()).append(' ');
      }
      case Nested nested -> nested.fields().forEach(field -> append(field.shape(), program));
      case Maybe maybe -> {
        program.append("?(");
        append(maybe.value(), program);
        program.append(") ");
      }
    }
  }
}
