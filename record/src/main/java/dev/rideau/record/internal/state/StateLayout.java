package dev.rideau.record.internal.state;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/// How records of an event of the state dump lie in memory: as the kernel's own, the common fields
/// first, texts behind the fixed part.
final class StateLayout {
  private static final int COMMON_BYTES = 8;
  private static final int LONGEST_TEXT = 1000;

  private enum Type {
    INT("int", 4, 1, "%d"),
    UNSIGNED("unsigned int", 4, 0, "%u"),
    LONG("u64", 8, 0, "%llu"),
    TEXT("__data_loc char[]", 4, 0, "%s");

    private final String declaration;
    private final int bytes;
    private final int signed;
    private final String conversion;

    Type(String declaration, int bytes, int signed, String conversion) {
      this.declaration = declaration;
      this.bytes = bytes;
      this.signed = signed;
      this.conversion = conversion;
    }
  }

  private final StateEvent event;
  private final List<String> names = new ArrayList<>();
  private final List<Type> types = new ArrayList<>();
  private final List<Integer> offsets = new ArrayList<>();
  private final int fixedBytes;

  StateLayout(StateEvent event) {
    this.event = event;
    int offset = COMMON_BYTES;
    for (String field : event.fields()) {
      int space = field.lastIndexOf(' ');
      Type type =
          switch (field.substring(0, space)) {
            case "int" -> Type.INT;
            case "unsigned int" -> Type.UNSIGNED;
            case "u64" -> Type.LONG;
            default -> Type.TEXT;
          };
      offset = (offset + type.bytes - 1) / type.bytes * type.bytes;
      names.add(field.substring(space + 1));
      types.add(type);
      offsets.add(offset);
      offset += type.bytes;
    }
    fixedBytes = offset;
  }

  /// The text of a format file.
  String format() {
    StringBuilder text = new StringBuilder();
    text.append("name: ")
        .append(event.title())
        .append("\nID: ")
        .append(event.id())
        .append("\nformat:\n");
    field(text, "unsigned short", "common_type", 0, 2, 0);
    field(text, "unsigned char", "common_flags", 2, 1, 0);
    field(text, "unsigned char", "common_preempt_count", 3, 1, 0);
    field(text, "int", "common_pid", 4, 4, 1);
    text.append('\n');
    StringBuilder print = new StringBuilder();
    StringBuilder arguments = new StringBuilder();
    for (int i = 0; i < names.size(); i++) {
      Type type = types.get(i);
      String name = names.get(i);
      field(text, type.declaration, name, offsets.get(i), type.bytes, type.signed);
      print.append(i == 0 ? "" : " ").append(name).append('=').append(type.conversion);
      arguments.append(", ").append(type == Type.TEXT ? "__get_str(" + name + ")" : "REC->" + name);
    }
    text.append("\nprint fmt: \"").append(print).append('"').append(arguments).append('\n');
    return text.toString();
  }

  private static void field(
      StringBuilder text, String type, String name, int offset, int size, int signed) {
    text.append("\tfield:").append(type).append(' ').append(name);
    text.append(";\toffset:").append(offset);
    text.append(";\tsize:").append(size);
    text.append(";\tsigned:").append(signed).append(";\n");
  }

  /// The bytes of a record.
  ///
  /// @param tid who made it
  /// @param values `Integer`, `Long` or `String`, one for each field
  ByteBuffer record(int tid, Object... values) {
    byte[][] texts = new byte[values.length][];
    int length = fixedBytes;
    for (int i = 0; i < values.length; i++) {
      if (types.get(i) == Type.TEXT) {
        String text = (String) values[i];
        String cut = text.length() > LONGEST_TEXT ? text.substring(0, LONGEST_TEXT) : text;
        texts[i] = (cut + "\0").getBytes(StandardCharsets.UTF_8);
        length += texts[i].length;
      }
    }
    ByteBuffer record = ByteBuffer.allocate(length).order(ByteOrder.LITTLE_ENDIAN);
    record.putShort((short) event.id()).put((byte) 0).put((byte) 0).putInt(tid);
    int at = fixedBytes;
    for (int i = 0; i < values.length; i++) {
      int offset = offsets.get(i);
      if (types.get(i) == Type.TEXT) {
        record.putInt(offset, at | texts[i].length << 16);
        record.put(at, texts[i]);
        at += texts[i].length;
      } else if (types.get(i) == Type.LONG) {
        record.putLong(offset, ((Number) values[i]).longValue());
      } else {
        record.putInt(offset, ((Number) values[i]).intValue());
      }
    }
    return record.clear();
  }
}
