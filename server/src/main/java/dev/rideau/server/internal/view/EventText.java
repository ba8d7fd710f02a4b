package dev.rideau.server.internal.view;

import dev.rideau.trace.Batch;
import dev.rideau.trace.BytesColumn;
import dev.rideau.trace.Column;
import dev.rideau.trace.DoubleColumn;
import dev.rideau.trace.FieldClass;
import dev.rideau.trace.ListColumn;
import dev.rideau.trace.LongColumn;
import dev.rideau.trace.Mapping;
import dev.rideau.trace.OptionalColumn;
import dev.rideau.trace.Scope;
import dev.rideau.trace.StructColumn;
import dev.rideau.trace.VariantColumn;

/// Fields of a record as text: `name = value, name = value`. For the few records that are looked
/// at.
final class EventText {
  private static final int LONGEST = 4096;

  private final StringBuilder text = new StringBuilder();

  private EventText() {}

  static String of(Batch batch, int row) {
    EventText out = new EventText();
    for (Scope scope : new Scope[] {Scope.PAYLOAD, Scope.SPECIFIC_CONTEXT, Scope.COMMON_CONTEXT}) {
      StructColumn columns = batch.columns(scope);
      if (columns != null) {
        out.members(columns, row);
      }
    }
    return out.text.toString();
  }

  private void members(StructColumn struct, int row) {
    FieldClass.Structure structure = struct.structure();
    for (int i = 0; i < structure.members().size() && text.length() < LONGEST; i++) {
      Column member = struct.member(i);
      if (member != null) {
        if (!text.isEmpty() && text.charAt(text.length() - 1) != ' ') {
          text.append(", ");
        }
        text.append(structure.members().get(i).name()).append(" = ");
        value(member, row);
      }
    }
  }

  private void value(Column column, int row) {
    if (text.length() >= LONGEST) {
      text.append('…');
      return;
    }
    if (!column.isValid(row)) {
      text.append("none");
      return;
    }
    switch (column) {
      case LongColumn number -> number(number, row);
      case DoubleColumn number -> text.append(number.values()[row]);
      case BytesColumn bytes when bytes.fieldClass() instanceof FieldClass.Text ->
          text.append('"').append(bytes.text(row)).append('"');
      case BytesColumn bytes -> text.append(bytes.lengthsBytes()[row]).append(" bytes");
      case ListColumn list -> {
        text.append("[ ");
        int from = list.offsets()[row];
        int to = from + list.lengths()[row];
        for (int i = from; i < to && text.length() < LONGEST; i++) {
          if (i > from) {
            text.append(", ");
          }
          value(list.elements(), i);
        }
        text.append(" ]");
      }
      case StructColumn struct -> {
        text.append("{ ");
        members(struct, row);
        text.append(" }");
      }
      case OptionalColumn optional -> value(optional.content(), row);
      case VariantColumn variant -> value(variant.option(variant.selected()[row]), row);
    }
  }

  private void number(LongColumn column, int row) {
    long value = column.value(row);
    switch (column.fieldClass()) {
      case FieldClass.Bool _ -> text.append(value != 0);
      case FieldClass.Integral integral -> {
        for (Mapping mapping : integral.mappings()) {
          if (mapping.contains(value, integral.signed())) {
            text.append('"').append(mapping.label()).append("\" (");
            whole(integral, value);
            text.append(')');
            return;
          }
        }
        whole(integral, value);
      }
      default -> text.append("0x").append(Long.toHexString(value));
    }
  }

  private void whole(FieldClass.Integral integral, long value) {
    if (integral.displayBase() == 16) {
      text.append("0x").append(Long.toHexString(value));
    } else {
      text.append(integral.signed() ? Long.toString(value) : Long.toUnsignedString(value));
    }
  }
}
