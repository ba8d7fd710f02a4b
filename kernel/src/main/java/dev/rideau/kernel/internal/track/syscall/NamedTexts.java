package dev.rideau.kernel.internal.track.syscall;

import dev.rideau.trace.Column;
import dev.rideau.trace.StructColumn;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Writes the members of a structure as `name = value, name = value`. Lengths of the arrays that
/// follow them, padding, and the number that ftrace tells of each call, are left out.
final class NamedTexts {
  private final byte[][] names;
  private final FieldText[] values;

  /// @param omitted a member that is not wanted
  NamedTexts(@Nullable StructColumn struct, String omitted) {
    List<byte[]> foundNames = new ArrayList<>();
    List<FieldText> foundValues = new ArrayList<>();
    int count = struct == null ? 0 : struct.memberCount();
    for (int i = 0; struct != null && i < count; i++) {
      Column column = struct.member(i);
      String name = struct.structure().members().get(i).name();
      boolean isLength = name.startsWith("_") && name.endsWith("_length");
      boolean isOwn = name.equals("padding") || name.equals("__syscall_nr");
      if (column != null && !isLength && !isOwn && !name.equals(omitted)) {
        foundNames.add((name + " = ").getBytes(StandardCharsets.UTF_8));
        foundValues.add(FieldText.of(name, column));
      }
    }
    names = foundNames.toArray(byte[][]::new);
    values = foundValues.toArray(FieldText[]::new);
  }

  void put(int row, ByteText into) {
    boolean isFirst = true;
    for (int i = 0; i < names.length; i++) {
      if (values[i].isThere(row)) {
        if (!isFirst) {
          into.put(',').put(' ');
        }
        isFirst = false;
        into.put(names[i]);
        values[i].put(row, into);
      }
    }
  }
}
