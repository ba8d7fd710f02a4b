package dev.rideau.ctf.internal.decode;

import dev.rideau.trace.Batch;
import dev.rideau.trace.BytesColumn;
import dev.rideau.trace.Column;
import dev.rideau.trace.DoubleColumn;
import dev.rideau.trace.ListColumn;
import dev.rideau.trace.LongColumn;
import dev.rideau.trace.OptionalColumn;
import dev.rideau.trace.Scope;
import dev.rideau.trace.StructColumn;
import dev.rideau.trace.VariantColumn;
import java.util.HexFormat;
import org.jspecify.annotations.Nullable;

/// Writes down rows of columns: `payload{ a=1 s='6162' l=[2: 3 4] o=? 5 v=|1 6}`.
public final class ColumnText {
  private final StringBuilder text = new StringBuilder();

  private ColumnText() {}

  /// A row of a batch.
  public static String record(Batch batch, int row) {
    ColumnText text = new ColumnText();
    text.scope(Scope.COMMON_CONTEXT, batch.commonContext(), row);
    text.scope(Scope.SPECIFIC_CONTEXT, batch.specificContext(), row);
    text.scope(Scope.PAYLOAD, batch.payload(), row);
    return text.text.toString();
  }

  /// The only row of the header and the context of a packet.
  public static String packet(@Nullable StructColumn header, @Nullable StructColumn context) {
    ColumnText text = new ColumnText();
    text.scope(Scope.PACKET_HEADER, header, 0);
    text.scope(Scope.PACKET_CONTEXT, context, 0);
    return text.text.toString();
  }

  /// A number so that only equal ones look the same.
  static String number(double value) {
    return Double.toHexString(value);
  }

  private void scope(Scope scope, @Nullable StructColumn columns, int row) {
    if (columns != null) {
      text.append(scope.label());
      members(columns, row);
    }
  }

  private void members(StructColumn columns, int row) {
    text.append('{');
    for (int i = 0; i < columns.memberCount(); i++) {
      Column member = columns.member(i);
      if (member != null) {
        text.append(' ').append(columns.structure().members().get(i).name()).append('=');
        value(member, row);
      }
    }
    text.append('}');
  }

  private void value(Column column, int row) {
    boolean valid = column.isValid(row);
    if (column instanceof OptionalColumn optional) {
      text.append(valid ? '?' : '-');
      if (valid) {
        text.append(' ');
        value(optional.content(), row);
      }
      return;
    }
    if (!valid) {
      text.append("INVALID");
    }
    switch (column) {
      case LongColumn numbers -> text.append(numbers.value(row));
      case DoubleColumn numbers -> text.append(number(numbers.values()[row]));
      case BytesColumn bytes -> {
        int first = bytes.offsetsBytes()[row];
        int end = first + bytes.lengthsBytes()[row];
        text.append('\'');
        text.append(HexFormat.of().formatHex(bytes.bytes(), first, end));
        text.append('\'');
      }
      case ListColumn lists -> {
        int first = lists.offsets()[row];
        int length = lists.lengths()[row];
        text.append('[').append(length).append(':');
        for (int i = 0; i < length; i++) {
          text.append(' ');
          value(lists.elements(), first + i);
        }
        text.append(']');
      }
      case StructColumn structure -> members(structure, row);
      case VariantColumn variant -> {
        int option = variant.selected()[row];
        text.append('|').append(option).append(' ');
        value(variant.option(option), row);
      }
      case OptionalColumn _ -> throw new AssertionError("written above");
    }
  }
}
