package dev.rideau.kernel.internal.slice;

import dev.rideau.kernel.internal.layout.ModelEvent;
import dev.rideau.kernel.internal.layout.RecordFields;
import dev.rideau.trace.DataStreamClass;
import dev.rideau.trace.EventClass;
import dev.rideau.trace.FieldClass;
import dev.rideau.trace.LongColumn;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Which threads run before and behind the records of an event class, as the records themselves
/// tell.
///
/// @param beforeTids tid of the thread that makes a record
/// @param afterTids tid of the one that runs on: another one behind a context switch
record OwnThread(LongColumn beforeTids, LongColumn afterTids) {
  /// What contexts call the tid of the thread that makes a record: LTTng and perf, and ftrace.
  static final List<String> NAMES = List.of("tid", "common_pid");

  /// Whether a row tells both; perf does not know the thread where it has ended.
  boolean tells(int row) {
    return before(row) >= 0 && after(row) >= 0;
  }

  int before(int row) {
    return (int) beforeTids.value(row);
  }

  int after(int row) {
    return (int) afterTids.value(row);
  }

  /// The threads of a class, or null when its records do not tell.
  static @Nullable OwnThread of(RecordFields fields, ModelEvent event) {
    LongColumn own = column(fields);
    if (own == null) {
      return null;
    }
    return switch (event) {
      case SCHED_SWITCH -> new OwnThread(own, payload(fields, "next_tid", own));
      // A thread that is not the first of its process gets the tid of that.
      case SCHED_PROCESS_EXEC ->
          new OwnThread(payload(fields, "old_tid", own), payload(fields, "tid", own));
      // Told of a thread by whoever runs.
      case TRACER_FORK, TRACER_COMM, TRACER_EXIT -> null;
      default -> new OwnThread(own, own);
    };
  }

  /// The context with the own tid, or null.
  static @Nullable LongColumn column(RecordFields fields) {
    for (String name : NAMES) {
      if (fields.column(RecordFields.CONTEXT + name) instanceof LongColumn column) {
        return column;
      }
    }
    return null;
  }

  private static LongColumn payload(RecordFields fields, String name, LongColumn otherwise) {
    return fields.column(name) instanceof LongColumn column ? column : otherwise;
  }

  /// Whether records of a stream can tell their thread.
  static boolean isIn(DataStreamClass streamClass) {
    return hasTid(streamClass.commonContext())
        || streamClass.eventClasses().stream()
            .map(EventClass::specificContext)
            .anyMatch(OwnThread::hasTid);
  }

  private static boolean hasTid(FieldClass.@Nullable Structure context) {
    return context != null
        && context.members().stream().anyMatch(member -> NAMES.contains(member.name()));
  }
}
