package dev.rideau.ftrace.internal.format;

import dev.rideau.ftrace.EventFormat;
import dev.rideau.ftrace.FormatField;
import dev.rideau.ftrace.KernelAbi;
import dev.rideau.trace.Diagnostic;
import dev.rideau.trace.Origin;
import dev.rideau.trace.TraceException;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Reads the text of an event format file line by line.
///
/// ```
/// name: sched_switch
/// ID: 372
/// format:
///     field:unsigned short common_type;  offset:0;  size:2;  signed:0;
///
///     field:char prev_comm[16];          offset:8;  size:16; signed:0;
///
/// print fmt: "prev_comm=%s ...", REC->prev_comm, ...
/// ```
///
/// The fields before the empty line are common to all events. Kernels before 2.6.34 write no
/// `signed`.
public final class FormatParser {
  private static final int MOST_FIELDS = 4096;
  private static final int MOST_RECORD_BYTES = 1 << 20;

  private final String system;
  private final String[] lines;
  private final KernelAbi abi;
  private int line;

  /// A parser of one text.
  public FormatParser(String system, String text, KernelAbi abi) {
    this.system = system;
    this.abi = abi;
    lines = text.split("\n", -1);
  }

  /// What the text says.
  public EventFormat parse() {
    String name = null;
    int id = -1;
    String printFormat = "";
    List<FormatField> common = new ArrayList<>();
    List<FormatField> own = new ArrayList<>();
    for (line = 0; line < lines.length; line++) {
      String text = lines[line].strip();
      if (text.startsWith("field:") || text.startsWith("field special:")) {
        FormatField field = field(text.substring(text.indexOf(':') + 1));
        if (common.size() + own.size() >= MOST_FIELDS) {
          throw fault("more than %d fields".formatted(MOST_FIELDS));
        }
        (own.isEmpty() && field.name().startsWith("common_") ? common : own).add(field);
      } else if (text.startsWith("name:")) {
        name = text.substring("name:".length()).strip();
      } else if (text.startsWith("ID:")) {
        id = (int) number("ID", text.substring("ID:".length()), 0xFFFF_FFFFL);
      } else if (text.startsWith("print fmt:")) {
        printFormat = rest(text.substring("print fmt:".length()).strip());
      }
    }
    line = 0;
    if (name == null || name.isEmpty()) {
      throw fault("the line 'name:' is missing");
    }
    if (id < 0) {
      throw fault("the line 'ID:' is missing or its number is out of range");
    }
    return new EventFormat(system, name, id, common, own, printFormat, abi);
  }

  /// The print format and what stands on the lines below it.
  private String rest(String first) {
    StringBuilder text = new StringBuilder(first);
    for (line++; line < lines.length; line++) {
      if (!lines[line].isBlank()) {
        text.append('\n').append(lines[line].strip());
      }
    }
    return text.toString();
  }

  private FormatField field(String text) {
    String[] parts = text.split(";", -1);
    int offset = -1;
    int size = -1;
    Boolean signed = null;
    for (int i = 1; i < parts.length; i++) {
      String part = parts[i].strip();
      if (part.startsWith("offset:")) {
        offset = (int) number("offset", part.substring(7), MOST_RECORD_BYTES);
      } else if (part.startsWith("size:")) {
        size = (int) number("size", part.substring(5), MOST_RECORD_BYTES);
      } else if (part.startsWith("signed:")) {
        signed = number("signed", part.substring(7), 1) == 1;
      }
    }
    if (offset < 0 || size < 0) {
      throw fault("a field without offset or size");
    }
    return declared(parts[0].strip(), offset, size, signed);
  }

  /// Splits `TYPE NAME[LENGTH]` and tells what kind of field it is.
  private FormatField declared(String text, int offset, int size, @Nullable Boolean signed) {
    String rest = text;
    String length = null;
    if (rest.endsWith("]")) {
      int open = rest.lastIndexOf('[');
      if (open < 0) {
        throw fault("'%s' has a bracket that nothing opens".formatted(text));
      }
      length = rest.substring(open + 1, rest.length() - 1).strip();
      rest = rest.substring(0, open).stripTrailing();
      while (rest.endsWith("]") && rest.lastIndexOf('[') > 0) {
        // The outer lengths of an array of arrays: its bytes are one row of elements.
        length = null;
        rest = rest.substring(0, rest.lastIndexOf('[')).stripTrailing();
      }
      if (length == null) {
        length = "?";
      }
    }
    int nameStart = rest.length();
    while (nameStart > 0 && isNamePart(rest.charAt(nameStart - 1))) {
      nameStart--;
    }
    String name = rest.substring(nameStart);
    String type = rest.substring(0, nameStart).strip();
    if (name.isEmpty() || type.isEmpty()) {
      throw fault("'%s' is no declaration of a field".formatted(text));
    }
    boolean isSigned = signed != null ? signed : CTypes.isSigned(type);
    if (type.startsWith("__data_loc") || type.startsWith("__rel_loc")) {
      return located(name, type, offset, size, isSigned);
    }
    int known = CTypes.sizeBytes(type, abi.longBytes());
    if (length != null) {
      return array(name, type, offset, size, isSigned, length, known);
    }
    boolean integer = size == 1 || size == 2 || size == 4 || size == 8;
    boolean structure = type.startsWith("struct ") || type.startsWith("union ");
    FormatField.Kind kind =
        integer && (!structure || type.endsWith("*"))
            ? FormatField.Kind.INTEGER
            : FormatField.Kind.BYTES;
    return new FormatField(
        name, type, offset, size, isSigned, kind, kind == FormatField.Kind.INTEGER ? size : 1);
  }

  private FormatField located(String name, String type, int offset, int size, boolean signed) {
    if (size != 4) {
      throw fault("the location of '%s' has %d bytes and not 4".formatted(name, size));
    }
    int start = type.indexOf("loc") + 3;
    int end = type.indexOf('[', start);
    String element = type.substring(start, end < 0 ? type.length() : end).strip();
    boolean text = CTypes.isCharacter(element) && end >= 0;
    int known = CTypes.sizeBytes(element, abi.longBytes());
    if (element.equals("cpumask_t")) {
      known = abi.longBytes();
    }
    return new FormatField(
        name,
        type,
        offset,
        size,
        signed && CTypes.isSigned(element),
        text ? FormatField.Kind.LOCATED_TEXT : FormatField.Kind.LOCATED_ARRAY,
        known > 0 ? known : 1);
  }

  private FormatField array(
      String name,
      String type,
      int offset,
      int size,
      boolean signed,
      String length,
      int knownBytes) {
    boolean text = CTypes.isCharacter(type);
    if (size == 0) {
      FormatField.Kind kind =
          text ? FormatField.Kind.TRAILING_TEXT : FormatField.Kind.TRAILING_ARRAY;
      return new FormatField(name, type, offset, 0, signed, kind, Math.max(1, knownBytes));
    }
    if (text) {
      return new FormatField(name, type, offset, size, signed, FormatField.Kind.TEXT, 1);
    }
    int element = knownBytes;
    if (element == 0 && !length.isEmpty() && length.length() < 7 && isDigits(length)) {
      int count = Integer.parseInt(length);
      element = count > 0 && size % count == 0 ? size / count : 0;
    }
    boolean integers =
        (element == 1 || element == 2 || element == 4 || element == 8) && size % element == 0;
    return new FormatField(
        name,
        type,
        offset,
        size,
        signed,
        integers ? FormatField.Kind.ARRAY : FormatField.Kind.BYTES,
        integers ? element : 1);
  }

  private long number(String what, String text, long most) {
    String digits = text.strip();
    if (digits.isEmpty() || digits.length() > 10 || !isDigits(digits)) {
      throw fault("'%s' behind '%s:' is no number".formatted(digits, what));
    }
    long value = Long.parseLong(digits);
    if (value > most) {
      throw fault("%d behind '%s:' is above %d".formatted(value, what, most));
    }
    return value;
  }

  private static boolean isDigits(String text) {
    for (int i = 0; i < text.length(); i++) {
      if (text.charAt(i) < '0' || text.charAt(i) > '9') {
        return false;
      }
    }
    return true;
  }

  private static boolean isNamePart(char c) {
    return c == '_' || c >= '0' && c <= '9' || c >= 'a' && c <= 'z' || c >= 'A' && c <= 'Z';
  }

  private TraceException fault(String message) {
    return new TraceException(
        Diagnostic.error(
            "event-format",
            "the format of an event of '%s' breaks a rule: %s".formatted(system, message),
            Origin.ofText(null, line + 1, 1),
            "Records of this event are left out; the kernel writes this text."));
  }
}
