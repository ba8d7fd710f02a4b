package dev.rideau.cli.internal.convert;

import dev.rideau.ftrace.EventFormat;
import dev.rideau.ftrace.FormatField;
import dev.rideau.ftrace.FormattedTrace;
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
final class LttngPlan {
  private static final Set<String> TRACERS = Set.of("ftrace", "perf");
  private static final String PROCESS_STATE = "lttng_statedump_process_state";
  private static final String OWN_OF_PERF = "PERF_RECORD_";

  private final FormattedTrace source;
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
      ClockClass clock,
      TraceClass traceClass,
      @Nullable ClassPlan[] plans,
      Scan scan) {
    this.source = source;
    this.clock = clock;
    this.traceClass = traceClass;
    this.plans = plans;
    this.scan = scan;
  }

  /// Whether a trace is one of the kernel's own events.
  static boolean fits(Trace trace) {
    String tracer = trace.traceClass().environment().text("tracer_name");
    return trace instanceof FormattedTrace
        && tracer != null
        && TRACERS.contains(tracer)
        && "kernel".equals(trace.traceClass().environment().text("domain"))
        && trace.traceClass().dataStreamClasses().stream()
            .noneMatch(streamClass -> streamClass.defaultClock() == null);
  }

  /// Plans a trace that [#fits].
  static LttngPlan of(Trace trace) {
    FormattedTrace source = (FormattedTrace) trace;
    // All data stream classes of these traces have the same event classes.
    DataStreamClass first = trace.traceClass().dataStreamClasses().getFirst();
    Scan scan = Scan.of(trace);
    @Nullable ClassPlan[] plans = new ClassPlan[first.eventClasses().size()];
    List<EventClass> targets = new ArrayList<>();
    for (EventClass each : first.eventClasses()) {
      if (scan.classes().get(each.ordinal())) {
        ClassPlan plan = plan(source, each, targets.size());
        plans[each.ordinal()] = plan;
        targets.add(plan.target());
      }
    }
    if (targets.stream().noneMatch(each -> PROCESS_STATE.equals(each.name()))) {
      LttngStateDump.addClasses(targets);
    }
    ClockClass clock = Objects.requireNonNull(first.defaultClock());
    return new LttngPlan(
        source, clock, LttngTraceClass.of(trace, clock, contextRules(first), targets), plans, scan);
  }

  /// What the records of a trace are.
  ///
  /// @param classes ordinals of the classes that have records
  /// @param beginNs time of the first record that is not perf's own, which may be older than the
  ///   tracing of events; the greatest time when there is none
  /// @param endNs time of the last record, the least time when there is none
  private record Scan(BitSet classes, long beginNs, long endNs) {
    static Scan of(Trace trace) {
      BitSet classes = new BitSet();
      BitSet own = new BitSet();
      for (EventClass each : trace.traceClass().dataStreamClasses().getFirst().eventClasses()) {
        own.set(each.ordinal(), each.displayName().startsWith(OWN_OF_PERF));
      }
      long beginNs = Long.MAX_VALUE;
      long ownNs = Long.MAX_VALUE;
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
              if (first < 0 && !own.get(eventClasses[i])) {
                first = i;
              }
            }
            if (first >= 0) {
              beginNs = Math.min(beginNs, block.timestampsNs()[first]);
            }
            ownNs = Math.min(ownNs, block.timestampsNs()[0]);
            endNs = Math.max(endNs, block.timestampsNs()[block.size() - 1]);
          }
        }
      }
      return new Scan(classes, beginNs == Long.MAX_VALUE ? ownNs : beginNs, endNs);
    }
  }

  private static ClassPlan plan(FormattedTrace source, EventClass eventClass, int ordinal) {
    String name = eventClass.displayName();
    EventFormat format = source.formatOf(eventClass);
    String entry = LttngRules.callEntry(name);
    String exit = LttngRules.callExit(name);
    if (entry != null && format != null) {
      return made(eventClass, ordinal, "syscall_entry_" + entry, arguments(entry, format));
    }
    if (exit != null && format != null) {
      FieldRule result = new FieldRule("ret", FieldForm.S64, "ret");
      return made(eventClass, ordinal, "syscall_exit_" + exit, List.of(result));
    }
    LttngRule rule = LttngRules.of(format == null ? eventClass.namespace() : format.system(), name);
    return made(eventClass, ordinal, rule.name(), rule.fields());
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
      EventClass source, int ordinal, String name, @Nullable List<FieldRule> rules) {
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
            source.specificContext(),
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

  /// The trace that is copied.
  FormattedTrace source() {
    return source;
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

  /// Whether records tell of forks, which need the ids of processes.
  boolean hasForks() {
    return streamClass().eventClasses().stream()
        .anyMatch(each -> "sched_process_fork".equals(each.name()));
  }
}
