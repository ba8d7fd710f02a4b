package dev.rideau.cli.internal.convert;

import dev.rideau.trace.Attributes;
import dev.rideau.trace.BitLayout;
import dev.rideau.trace.FieldClass;
import dev.rideau.trace.TextEncoding;
import java.nio.ByteOrder;
import java.util.List;
import java.util.Set;

/// How LTTng records a value, and what must be done to the kernel's to get it.
enum FieldForm {
  S32(32, true, 10),
  S64(64, true, 10),
  U16(16, false, 10),
  U32(32, false, 10),
  U64(64, false, 10),
  X64(64, false, 16),
  /// A priority, counted from the lowest of real time.
  PRIORITY(32, true, 10),
  /// The kind of a block request: bits, of which the kernel's text has a letter each.
  REQUEST(32, false, 10),
  /// The process of the thread that the kernel's field names.
  PROCESS(32, true, 10),
  /// The name of a task.
  COMM(0, false, 10),
  /// Text up to a zero. Of a pointer the text is not known; it is empty then.
  STRING(0, false, 10);

  /// Bytes of the name of a task, its zero included.
  static final int COMM_BYTES = 16;

  private final int bits;
  private final boolean signed;
  private final int displayBase;

  FieldForm(int bits, boolean signed, int displayBase) {
    this.bits = bits;
    this.signed = signed;
    this.displayBase = displayBase;
  }

  /// Arguments that are not text though their type is that of text.
  private static final Set<String> BUFFERS =
      Set.of("buf", "u_msg_ptr", "special", "_description", "_callout_info");

  /// Arguments that are text though the call might write to it, going by their type.
  private static final Set<String> NAMES =
      Set.of("dev_name", "dir_name", "type", "name", "filename");

  /// The form of an argument of a system call.
  ///
  /// @param name what the kernel calls it
  /// @param type its C type
  static FieldForm ofArgument(String name, String type) {
    return switch (type) {
      case "const char *" -> BUFFERS.contains(name) ? X64 : STRING;
      case "char *" -> NAMES.contains(name) ? STRING : X64;
      // mmap has longs of which only so much means something.
      case "unsigned long" -> name.equals("prot") || name.equals("fd") ? S32 : U64;
      case "int", "pid_t", "key_t", "clockid_t", "const clockid_t", "mqd_t", "timer_t", "__s32" ->
          S32;
      case "key_serial_t" -> S32;
      case "unsigned int", "unsigned", "u32", "uid_t", "gid_t", "qid_t" -> U32;
      case "umode_t" -> U16;
      case "long", "loff_t", "off_t" -> S64;
      default -> type.endsWith("*") ? X64 : U64;
    };
  }

  FieldClass fieldClass() {
    return switch (this) {
      case COMM ->
          new FieldClass.StaticLengthString(COMM_BYTES, TextEncoding.UTF_8, 8, Attributes.NONE);
      case STRING -> new FieldClass.NullTerminatedString(TextEncoding.UTF_8, 8, Attributes.NONE);
      case S32, S64, U16, U32, U64, X64, PRIORITY, REQUEST, PROCESS ->
          new FieldClass.Int(
              BitLayout.of(bits, 8, ByteOrder.LITTLE_ENDIAN),
              signed,
              displayBase,
              List.of(),
              Set.of(),
              Attributes.NONE);
    };
  }

  /// The value cut to the bits of the field.
  long cut(long value) {
    int spare = Long.SIZE - bits;
    return signed ? value << spare >> spare : value << spare >>> spare;
  }
}
