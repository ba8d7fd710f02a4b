package dev.rideau.cli.internal.convert;

import dev.rideau.ctf.RecordBuilder;
import dev.rideau.ctf.StreamWriter;
import dev.rideau.trace.Attributes;
import dev.rideau.trace.EventClass;
import java.io.IOException;
import java.util.List;

/// The state dump of a trace that has none: the threads that records show to be older than it.
final class LttngStateDump {
  private static final String START = "lttng_statedump_start";
  private static final String PROCESS_STATE = "lttng_statedump_process_state";
  private static final String END = "lttng_statedump_end";

  private static final List<FieldRule> FIELDS =
      List.of(
          field("tid", FieldForm.S32),
          field("pid", FieldForm.S32),
          field("ppid", FieldForm.S32),
          field("name", FieldForm.COMM),
          field("type", FieldForm.S32),
          field("mode", FieldForm.S32),
          field("submode", FieldForm.S32),
          field("status", FieldForm.S32));

  private LttngStateDump() {}

  private static FieldRule field(String name, FieldForm form) {
    return new FieldRule(name, form, name);
  }

  /// Adds the classes of the dump's events.
  static void addClasses(List<EventClass> eventClasses) {
    add(eventClasses, START, List.of());
    add(eventClasses, PROCESS_STATE, FIELDS);
    add(eventClasses, END, List.of());
  }

  private static void add(List<EventClass> eventClasses, String name, List<FieldRule> fields) {
    int ordinal = eventClasses.size();
    eventClasses.add(
        new EventClass(
            ordinal,
            ordinal,
            null,
            name,
            null,
            null,
            null,
            null,
            LttngPlan.structure(fields),
            Attributes.NONE));
  }

  /// Whether the classes were added.
  static boolean isAdded(List<EventClass> eventClasses) {
    return eventClasses.size() >= 3
        && END.equals(eventClasses.getLast().name())
        && PROCESS_STATE.equals(eventClasses.get(eventClasses.size() - 2).name());
  }

  /// Writes the dump.
  ///
  /// @param plan whose context all records have
  static void write(StreamWriter target, LttngPlan plan, Processes processes, long clockValue)
      throws IOException {
    List<EventClass> classes = target.dataStreamClass().eventClasses();
    int first = classes.size() - 3;
    begin(target, classes.get(first), plan, clockValue).end();
    for (Processes.Person each : processes.older()) {
      String name = each.name();
      begin(target, classes.get(first + 1), plan, clockValue)
          .putLong(each.tid())
          .putLong(each.pid())
          .putLong(each.parentPid())
          .putText(name.substring(0, Math.min(name.length(), FieldForm.COMM_BYTES - 1)))
          .putLong(each.isKernel() ? 1 : 0)
          .putLong(0)
          .putLong(0)
          .putLong(0)
          .end();
    }
    begin(target, classes.get(first + 2), plan, clockValue).end();
  }

  private static RecordBuilder begin(
      StreamWriter target, EventClass eventClass, LttngPlan plan, long clockValue) {
    RecordBuilder record = target.begin(eventClass, clockValue);
    for (FieldRule each : plan.contextRules()) {
      if (each.form() == FieldForm.COMM) {
        record.putText("");
      } else {
        record.putLong(0);
      }
    }
    plan.lists().putNone(record);
    return record;
  }
}
