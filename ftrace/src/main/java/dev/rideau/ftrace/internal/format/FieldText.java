package dev.rideau.ftrace.internal.format;

import dev.rideau.ftrace.EventFormat;
import dev.rideau.ftrace.FormatField;
import dev.rideau.ftrace.TextBytes;

/// Prints records whose print format is not understood, field by field, as libtraceevent does.
final class FieldText {
  private final TextBytes out;
  private final RowValues values;

  FieldText(TextBytes out, RowValues values) {
    this.out = out;
    this.values = values;
  }

  /// Appends all fields of the row that [RowValues] has entered.
  void put(EventFormat format) {
    out.put("[FAILED TO PARSE]");
    for (FormatField field : format.fields()) {
      out.put(' ');
      out.put(field.name());
      out.put('=');
      printField(field);
    }
  }

  private void printField(FormatField field) {
    Expression.Field expression = new Expression.Field(field);
    switch (field.kind()) {
      case INTEGER -> {
        long value = values.number(expression);
        if (field.isPointer()) {
          hex(value);
        } else {
          out.putDecimal(value, field.signed());
        }
      }
      case TEXT, LOCATED_TEXT, TRAILING_TEXT -> {
        if (values.text(expression)) {
          out.put(values.found(), values.foundOffset(), values.foundLength());
        }
      }
      case ARRAY, BYTES, LOCATED_ARRAY, TRAILING_ARRAY -> {
        out.put("ARRAY[");
        if (values.list(expression)) {
          for (int i = 0; i < values.listLength(); i++) {
            if (i > 0) {
              out.put(", ");
            }
            out.putDigits(
                Expression.Cast.cut(values.listElement(i), field.elementBytes(), false), 4, false);
          }
        }
        out.put(']');
      }
    }
  }

  private void hex(long value) {
    out.put("0x");
    out.putDigits(value, 4, false);
  }
}
