package dev.rideau.ftrace;

import dev.rideau.ftrace.internal.format.EventClassMaker;
import dev.rideau.ftrace.internal.format.FormatParser;
import dev.rideau.trace.EventClass;
import dev.rideau.trace.FieldClass;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// What an event format file says: `events/sched/sched_switch/format` of tracefs.
///
/// ```
/// record   common fields | fixed part of the own fields | what located fields point to
/// byte     0             8
/// ```
///
/// Immutable.
///
/// @param system the group of events, `sched`
/// @param name the event name, `sched_switch`
/// @param id what the first two bytes of a record hold
/// @param commonFields fields that all events have, by offset
/// @param fields the event's own fields, in the order of the file
/// @param printFormat what stands behind `print fmt:`
/// @param abi what its bytes look like
public record EventFormat(
    String system,
    String name,
    int id,
    List<FormatField> commonFields,
    List<FormatField> fields,
    String printFormat,
    KernelAbi abi) {

  public EventFormat {
    commonFields = List.copyOf(commonFields);
    fields = List.copyOf(fields);
  }

  /// Reads the text of a format file.
  ///
  /// @throws dev.rideau.trace.TraceException when it is no such text; the message says which line
  public static EventFormat parse(String system, String text, KernelAbi abi) {
    return new FormatParser(system, text, abi).parse();
  }

  /// The own field called `name`, or null.
  public @Nullable FormatField field(String name) {
    return find(fields, name);
  }

  /// The common field called `name`, or null.
  public @Nullable FormatField commonField(String name) {
    return find(commonFields, name);
  }

  private static @Nullable FormatField find(List<FormatField> among, String name) {
    for (FormatField field : among) {
      if (field.name().equals(name)) {
        return field;
      }
    }
    return null;
  }

  /// First byte behind the fixed part; no record is shorter.
  public int fixedBytes() {
    int end = 0;
    for (FormatField field : commonFields) {
      end = Math.max(end, field.endBytes());
    }
    for (FormatField field : fields) {
      end = Math.max(end, field.endBytes());
    }
    return end;
  }

  /// The event class with the own fields as payload.
  ///
  /// An array whose length a record gives becomes two members: `_NAME_length`, then the elements.
  /// Values that the print format gives names to are labels of their integers.
  public EventClass eventClass(int ordinal) {
    return EventClassMaker.eventClass(this, ordinal);
  }

  /// The common fields but for the event's id, as the context that all records have.
  public FieldClass.Structure commonContext() {
    return EventClassMaker.commonContext(this);
  }
}
