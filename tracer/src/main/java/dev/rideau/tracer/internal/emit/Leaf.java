package dev.rideau.tracer.internal.emit;

import dev.rideau.tracer.internal.schema.FieldShape;
import dev.rideau.tracer.internal.schema.FieldShape.Enumeration;
import dev.rideau.tracer.internal.schema.FieldShape.Maybe;
import dev.rideau.tracer.internal.schema.FieldShape.NamedField;
import dev.rideau.tracer.internal.schema.FieldShape.Nested;
import dev.rideau.tracer.internal.schema.FieldShape.Scalar;
import dev.rideau.tracer.internal.schema.FieldShape.Sequence;
import dev.rideau.tracer.internal.schema.FieldShape.Text;
import java.util.ArrayList;
import java.util.List;

/// A value that a serialiser holds in a local variable: what is left of the fields when records and
/// optionals are taken apart. Enums are held as their value.
///
/// @param path names of fields, joined by dots
/// @param type of the variable: a primitive, String or an array of primitives
/// @param shape of the field; a [Maybe] for the variable that says whether there is a value
public record Leaf(String path, Class<?> type, FieldShape shape) {
  /// The leaves of an event, in the order of fields.
  public static List<Leaf> of(List<NamedField> fields) {
    List<Leaf> leaves = new ArrayList<>();
    add(fields, "", leaves);
    return leaves;
  }

  private static void add(List<NamedField> fields, String prefix, List<Leaf> leaves) {
    fields.forEach(field -> add(field.shape(), prefix + field.name(), leaves));
  }

  private static void add(FieldShape shape, String path, List<Leaf> leaves) {
    switch (shape) {
      case Scalar scalar -> leaves.add(new Leaf(path, scalar.type(), shape));
      case Enumeration _ -> leaves.add(new Leaf(path, int.class, shape));
      case Text _ -> leaves.add(new Leaf(path, String.class, shape));
      case Sequence sequence ->
          leaves.add(new Leaf(path, sequence.element().type().arrayType(), shape));
      case Nested nested -> add(nested.fields(), path + ".", leaves);
      case Maybe maybe -> {
        leaves.add(new Leaf(path, boolean.class, shape));
        add(maybe.value(), path, leaves);
      }
    }
  }
}
