package dev.rideau.kernel.internal.slice;

import dev.rideau.kernel.internal.layout.EventUse;
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
/// @param afterTids tid of the one that runs on: another one behind a context switch; null when
///   nobody is known to
/// @param out where it is 0, the thread that makes the record has just come; null when all leave or
///   stay
/// @param onlyComing whether nothing is made of records of threads that leave
record OwnThread(
    LongColumn beforeTids,
    @Nullable LongColumn afterTids,
    @Nullable LongColumn out,
    boolean onlyComing) {
  private OwnThread(LongColumn beforeTids, @Nullable LongColumn afterTids) {
    this(beforeTids, afterTids, null, false);
  }

  /// What contexts call the tid of the thread that makes a record: LTTng and perf, and ftrace.
  static final List<String> NAMES = List.of("tid", "common_pid");

  /// Whether a row tells both; perf does not know the thread where it has ended.
  boolean tells(int row) {
    return before(row) >= 0
        && (afterTids == null || after(row) >= 0)
        && (!onlyComing || comes(row));
  }

  int before(int row) {
    return (int) beforeTids.value(row);
  }

  int after(int row) {
    LongColumn after = comes(row) ? beforeTids : afterTids;
    return after == null ? Seen.NOBODY : (int) after.value(row);
  }

  /// Whether the thread of a row has just come to the CPU, from nobody knows whom.
  boolean comes(int row) {
    return out != null && out.value(row) == 0;
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
      case TRACER_SWITCH -> ofSwitch(fields, own);
      case TRACER_EXIT ->
          fields.variant().equals(EventUse.LEAVES)
              ? new OwnThread(payload(fields, "tid", own), null)
              : null;
      // Told of a thread by whoever runs.
      case TRACER_FORK, TRACER_COMM -> null;
      // Written by the recorder into a buffer of one CPU, wherever it ran.
      case STATEDUMP_BLOCK_DEVICE,
          STATEDUMP_CGROUP_NS,
          STATEDUMP_CPU_TOPOLOGY,
          STATEDUMP_END,
          STATEDUMP_FILE_DESCRIPTOR,
          STATEDUMP_INTERRUPT,
          STATEDUMP_MACHINE,
          STATEDUMP_MNT_NS,
          STATEDUMP_MODULE,
          STATEDUMP_MOUNT,
          STATEDUMP_NETWORK_INTERFACE,
          STATEDUMP_NET_NS,
          STATEDUMP_PID_NS,
          STATEDUMP_PROCESS_STATE,
          STATEDUMP_SOCKET,
          STATEDUMP_START,
          STATEDUMP_SWAP,
          STATEDUMP_USER_NS,
          STATEDUMP_VM_MAP ->
          null;
      default -> new OwnThread(own, own);
    };
  }

  /// Of a CPU as a whole, who leaves tells who comes.
  private static OwnThread ofSwitch(RecordFields fields, LongColumn own) {
    LongColumn out = fields.column("out") instanceof LongColumn column ? column : null;
    LongColumn other = fields.column("next_prev_tid") instanceof LongColumn column ? column : null;
    return new OwnThread(own, other, out, fields.variant().equals(EventUse.COMES));
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
