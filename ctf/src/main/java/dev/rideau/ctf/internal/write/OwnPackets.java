package dev.rideau.ctf.internal.write;

import dev.rideau.trace.BytesColumn;
import dev.rideau.trace.Column;
import dev.rideau.trace.DoubleColumn;
import dev.rideau.trace.FieldClass;
import dev.rideau.trace.FieldClass.Structure;
import dev.rideau.trace.ListColumn;
import dev.rideau.trace.LongColumn;
import dev.rideau.trace.MemberSelection;
import dev.rideau.trace.OptionalColumn;
import dev.rideau.trace.StructColumn;
import dev.rideau.trace.VariantColumn;
import org.jspecify.annotations.Nullable;

/// Headers and contexts for packets that are not copied: a row of zeros to start with.
final class OwnPackets {
  private OwnPackets() {}

  static @Nullable StructColumn row(@Nullable Structure structure) {
    if (structure == null) {
      return null;
    }
    StructColumn column = StructColumn.of(structure, MemberSelection.ALL);
    column.ensureCapacity(1);
    fill(column, 0);
    return column;
  }

  private static void fill(Column column, int row) {
    switch (column) {
      case LongColumn _, DoubleColumn _, BytesColumn _ -> {}
      case VariantColumn variant -> fill(variant.option(0), row);
      case OptionalColumn optional -> optional.markInvalid(row);
      case StructColumn struct -> {
        for (int i = 0; i < struct.memberCount(); i++) {
          Column member = struct.member(i);
          if (member != null) {
            fill(member, row);
          }
        }
      }
      case ListColumn list -> {
        int length =
            list.fieldClass() instanceof FieldClass.StaticLengthArray array
                ? Math.toIntExact(array.length())
                : 0;
        int first = list.append(row, length);
        for (int i = 0; i < length; i++) {
          fill(list.elements(), first + i);
        }
      }
    }
  }
}
