package dev.rideau.cli.internal.convert;

import dev.rideau.ftrace.EventFormat;
import dev.rideau.ftrace.FormatField;
import dev.rideau.ftrace.FormattedTrace;
import dev.rideau.kernel.EventNames;
import dev.rideau.trace.Attributes;
import dev.rideau.trace.BlockCursor;
import dev.rideau.trace.ClockClass;
import dev.rideau.trace.DataStream;
import dev.rideau.trace.DataStreamClass;
import dev.rideau.trace.EventClass;
import dev.rideau.trace.FieldClass.Member;
import dev.rideau.trace.FieldClass.Structure;
import dev.rideau.trace.Projection;
import dev.rideau.trace.RecordBlock;
import dev.rideau.trace.Trace;
import dev.rideau.trace.TraceClass;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// How a trace of the kernel's own events looks in the layout of LTTng's kernel tracer: which class
/// becomes which, and of which fields. Immutable, shared by threads.
///
/// Where names stay as recorded, only what stands around the events is LTTng's.
final class LttngPlan {
  private static final Set<String> TRACERS = Set.of("ftrace", "perf");
  private static final String PROCESS_STATE = "lttng_statedump_process_state";
  private static final String OF_STATE_DUMP = "lttng_statedump_";

  private final FormattedTrace source;
  private final boolean renames;
  private final ContextLists lists;
  private final ClockClass clock;
  private final TraceClass traceClass;

  /// By ordinal of the source's class; null for classes without records.
  private final @Nullable ClassPlan[] plans;

  private final Scan scan;

  /// What becomes of a class.
  ///
  /// @param target the class in the copy
  /// @param fields where its fields come from; null when they stay as they are
  record ClassPlan(EventClass target, @Nullable List<FieldRule> fields) {}

  private LttngPlan(
      FormattedTrace source,
      boolean renames,
      ContextLists lists,
      ClockClass clock,
      TraceClass traceClass,
      @Nullable ClassPlan[] plans,
      Scan scan) {
    this.source = source;
    this.renames = renames;
    this.lists = lists;
    this.clock = clock;
    this.traceClass = traceClass;
    this.plans = plans;
    this.scan = scan;
  }

  /// Whether a trace is one of the kernel's own events.
  static boolean fits(Trace trace) {
    return hasClock(trace) && "kernel".equals(trace.traceClass().environment().text("domain"));
  }

  /// Whether the records of a trace cannot be copied as they are: nothing tells their classes and
  /// times, as in files of perf.
  static boolean isNeededFor(Trace trace) {
    return hasClock(trace)
        && trace.traceClass().dataStreamClasses().stream()
            .anyMatch(streamClass -> streamClass.eventHeader() == null);
  }

  private static boolean hasClock(Trace trace) {
    String tracer = trace.traceClass().environment().text("tracer_name");
    return trace instanceof FormattedTrace
        && tracer != null
        && TRACERS.contains(tracer)
        && trace.traceClass().dataStreamClasses().stream()
            .noneMatch(streamClass -> streamClass.defaultClock() == null);
  }

  /// Plans a trace that [#fits] or [#isNeededFor].
  static LttngPlan of(Trace trace, Conversion.Layout layout) {
    boolean renames = layout == Conversion.Layout.lttng;
    FormattedTrace source = (FormattedTrace) trace;
    // All data stream classes of these traces have the same event classes.
    DataStreamClass first = trace.traceClass().dataStreamClasses().getFirst();
    Scan scan = Scan.of(trace);
    @Nullable ClassPlan[] plans = new ClassPlan[first.eventClasses().size()];
    List<EventClass> targets = new ArrayList<>();
    List<EventClass> copied =
        first.eventClasses().stream().filter(each -> isCopied(trace, each, scan)).toList();
    ContextLists lists = ContextLists.of(copied);
    boolean namesCalls = copied.stream().anyMatch(LttngPlan::namesCall);
    for (EventClass each : first.eventClasses()) {
      if (isCopied(trace, each, scan)) {
        ClassPlan plan =
            renames
                ? plan(source, each, targets.size(), lists, namesCalls)
                : made(each, targets.size(), each.displayName(), null, lists);
        plans[each.ordinal()] = plan;
        targets.add(plan.target());
      }
    }
    if (renames && targets.stream().noneMatch(each -> PROCESS_STATE.equals(each.name()))) {
      LttngStateDump.addClasses(targets);
    }
    ClockClass clock = Objects.requireNonNull(first.defaultClock());
    TraceClass traceClass =
        LttngTraceClass.of(
            trace,
            clock,
            commonContext(first, renames, lists),
            targets,
            renames ? LttngTraceClass.environment(trace) : LttngTraceClass.ofCopy(trace));
    return new LttngPlan(source, renames, lists, clock, traceClass, plans, scan);
  }

  /// A class that was recorded is known to the copy though it has no records: that nothing happened
  /// is an answer too. Nobody chooses what tracing writes by itself, nor the state dump.
  private static boolean isCopied(Trace trace, EventClass eventClass, Scan scan) {
    return scan.classes().get(eventClass.ordinal())
        || !(isAside(trace, eventClass) || eventClass.displayName().startsWith(OF_STATE_DUMP));
  }

  private static boolean isAside(Trace trace, EventClass eventClass) {
    String tracer = trace.traceClass().environment().text("tracer_name");
    return EventNames.isAside(tracer, eventClass.displayName());
  }

  private static boolean namesCall(EventClass eventClass) {
    return LttngRules.callEntry(eventClass.displayName()) != null
        || LttngRules.callExit(eventClass.displayName()) != null;
  }

  private static @Nullable Structure commonContext(
      DataStreamClass streamClass, boolean renames, ContextLists lists) {
    Structure recorded = streamClass.commonContext();
    List<Member> members = new ArrayList<>();
    if (renames) {
      members.addAll(structure(contextRules(streamClass)).members());
    } else if (recorded != null) {
      members.addAll(recorded.members());
    }
    members.addAll(lists.common());
    return members.isEmpty() ? null : new Structure(members, 8, Attributes.NONE);
  }

  /// What the records of a trace are.
  ///
  /// @param classes ordinals of the classes that have records
  /// @param beginNs time of the first record that tracing does not make by itself; the greatest
  ///   time when there is none
  /// @param endNs time of the last record, the least time when there is none
  private record Scan(BitSet classes, long beginNs, long endNs) {
    static Scan of(Trace trace) {
      BitSet classes = new BitSet();
      BitSet asides = new BitSet();
      for (EventClass each : trace.traceClass().dataStreamClasses().getFirst().eventClasses()) {
        asides.set(each.ordinal(), isAside(trace, each));
      }
      long beginNs = Long.MAX_VALUE;
      long asideNs = Long.MAX_VALUE;
      long endNs = Long.MIN_VALUE;
      for (DataStream stream : trace.dataStreams()) {
        // What is wrong is reported when records are copied.
        try (BlockCursor cursor =
            stream.cursor(0, stream.packets().size(), Projection.TIMESTAMPS, _ -> {})) {
          for (RecordBlock block = cursor.next(); block != null; block = cursor.next()) {
            int[] eventClasses = block.eventClasses();
            int first = -1;
            for (int i = 0; i < block.size(); i++) {
              classes.set(eventClasses[i]);
              if (first < 0 && !asides.get(eventClasses[i])) {
                first = i;
              }
            }
            if (first >= 0) {
              beginNs = Math.min(beginNs, block.timestampsNs()[first]);
            }
            asideNs = Math.min(asideNs, block.timestampsNs()[0]);
            endNs = Math.max(endNs, block.timestampsNs()[block.size() - 1]);
          }
        }
      }
      return new Scan(classes, beginNs == Long.MAX_VALUE ? asideNs : beginNs, endNs);
    }
  }

  private static ClassPlan plan(
      FormattedTrace source,
      EventClass eventClass,
      int ordinal,
      ContextLists lists,
      boolean namesCalls) {
    String name = eventClass.displayName();
    EventFormat format = source.formatOf(eventClass);
    String entry = LttngRules.callEntry(name);
    String exit = LttngRules.callExit(name);
    if (entry != null && format != null) {
      return made(eventClass, ordinal, "syscall_entry_" + entry, arguments(entry, format), lists);
    }
    if (exit != null && format != null) {
      FieldRule result = new FieldRule("ret", FieldForm.S64, "ret");
      return made(eventClass, ordinal, "syscall_exit_" + exit, List.of(result), lists);
    }
    String group = format == null ? eventClass.namespace() : format.system();
    String numbered = namesCalls ? null : LttngRules.numberedCall(group, name);
    if (numbered != null) {
      return made(eventClass, ordinal, numbered, null, lists);
    }
    LttngRule rule = LttngRules.of(group, name);
    return made(eventClass, ordinal, rule.name(), rule.fields(), lists);
  }

  private static List<FieldRule> arguments(String call, EventFormat format) {
    List<FieldRule> rules = new ArrayList<>();
    for (FormatField field : format.fields()) {
      if (field.kind() != FormatField.Kind.INTEGER) {
        rules.add(new FieldRule(field.name(), FieldForm.STRING, field.name()));
      } else if (!field.name().equals("__syscall_nr") && !field.name().equals("nr")) {
        rules.add(
            new FieldRule(
                LttngRules.argument(call, field.name()),
                FieldForm.ofArgument(field.name(), field.type()),
                field.name()));
      }
    }
    return rules;
  }

  private static ClassPlan made(
      EventClass source,
      int ordinal,
      String name,
      @Nullable List<FieldRule> rules,
      ContextLists lists) {
    Structure recorded = source.payload();
    List<FieldRule> fields = null;
    Structure payload = recorded;
    if (rules != null && recorded != null) {
      // A field that this kernel's event does not have is not made up.
      fields =
          rules.stream()
              .filter(rule ->
                  rule.source().equals(LttngRules.CURRENT_THREAD)
                      || recorded.indexOf(rule.source()) >= 0)
              .toList();
      payload = structure(fields);
    }
    return new ClassPlan(
        new EventClass(
            ordinal,
            ordinal,
            null,
            name,
            null,
            null,
            null,
            lists.without(source.specificContext()),
            payload,
            source.attributes()),
        fields);
  }

  /// A structure of the fields that rules describe.
  static Structure structure(List<FieldRule> rules) {
    return new Structure(
        rules.stream().map(rule -> new Member(rule.name(), rule.form().fieldClass())).toList(),
        8,
        Attributes.NONE);
  }

  /// What is known of the thread that made a record, with the names of LTTng's contexts.
  private static List<FieldRule> contextRules(DataStreamClass streamClass) {
    Structure context = streamClass.commonContext();
    Map<String, FieldRule> rules = new LinkedHashMap<>();
    if (context != null) {
      if (context.indexOf("comm") >= 0) {
        rules.put("procname", new FieldRule("procname", FieldForm.COMM, "comm"));
      }
      if (context.indexOf("pid") >= 0) {
        rules.put("pid", new FieldRule("pid", FieldForm.S32, "pid"));
      }
      for (String name : List.of("tid", "common_pid")) {
        if (context.indexOf(name) >= 0) {
          rules.putIfAbsent("tid", new FieldRule("tid", FieldForm.S32, name));
        }
      }
    }
    return List.copyOf(rules.values());
  }

  /// Whether events and fields get the names of LTTng.
  boolean renames() {
    return renames;
  }

  /// What stands in the context of all records, behind what [#contextRules()] make.
  ContextLists lists() {
    return lists;
  }

  /// The trace class of the copy; it has one data stream class.
  TraceClass traceClass() {
    return traceClass;
  }

  /// The only data stream class of the copy.
  DataStreamClass streamClass() {
    return traceClass.dataStreamClasses().getFirst();
  }

  /// What becomes of the class with that ordinal; null when it has no records.
  @Nullable ClassPlan plan(int ordinal) {
    return plans[ordinal];
  }

  /// The rules for the context that all records have.
  List<FieldRule> contextRules() {
    return contextRules(source.traceClass().dataStreamClasses().getFirst());
  }

  /// The value of the copy's clock at a time. It counts nanoseconds, whatever the source's does.
  /// Older records are those of the state before, which the copy has at its begin.
  long clockValue(long timeNs) {
    return Math.max(timeNs, scan.beginNs()) - clock.baseNs();
  }

  /// When tracing began, the greatest time when there is no record.
  long beginNs() {
    return scan.beginNs();
  }

  /// Time of the last record, the least time when there is none.
  long endNs() {
    return scan.endNs();
  }

  /// Whether the copy needs a state dump that the source does not have.
  boolean needsStateDump() {
    return LttngStateDump.isAdded(streamClass().eventClasses());
  }

  /// Whether something is written of processes: in a state dump, or in records of forks.
  boolean needsProcesses() {
    return needsStateDump() || renames && hasForks();
  }

  private boolean hasForks() {
    return streamClass().eventClasses().stream()
        .anyMatch(each -> "sched_process_fork".equals(each.name()));
  }
}
