package dev.rideau.tracer.internal.schema;

import java.util.List;

/// What a value of a field looks like.
public sealed interface FieldShape {
  /// A primitive value.
  ///
  /// @param type the Java primitive
  /// @param unsigned of an integer
  /// @param base in which an integer is shown
  record Scalar(Class<?> type, boolean unsigned, int base) implements FieldShape {
    /// Bytes of the value.
    public int bytes() {
      if (type == boolean.class || type == byte.class) {
        return 1;
      }
      if (type == short.class || type == char.class) {
        return 2;
      }
      return type == int.class || type == float.class ? 4 : 8;
    }

    /// Whether it is a floating-point number.
    public boolean isFloat() {
      return type == float.class || type == double.class;
    }
  }

  /// A constant of an enum; null has a label of its own.
  record Enumeration(Class<?> type, List<String> labels) implements FieldShape {
    /// The value of null: the one behind the last constant.
    public int nullCode() {
      return labels.size();
    }

    /// Bytes of the value.
    public int bytes() {
      return labels.size() < 256 ? 1 : labels.size() < 65_536 ? 2 : 4;
    }
  }

  /// A string in UTF-8 up to a zero byte; null is an empty one.
  ///
  /// @param limit most bytes
  record Text(int limit) implements FieldShape {}

  /// An array of primitives; null is an empty one.
  ///
  /// @param limit most elements
  record Sequence(Scalar element, int limit) implements FieldShape {}

  /// A record in a record; null has zeros in all fields.
  record Nested(Class<?> type, List<NamedField> fields) implements FieldShape {}

  /// A value that may be missing.
  ///
  /// @param wrapper Optional, OptionalInt, OptionalLong, OptionalDouble, or the box of a primitive
  /// @param value what is inside
  record Maybe(Class<?> wrapper, FieldShape value) implements FieldShape {}

  /// A field.
  ///
  /// @param name what readers see
  /// @param accessor name of the record component; empty of parameters
  /// @param type the declared type
  record NamedField(String name, String accessor, Class<?> type, FieldShape shape) {}
}
