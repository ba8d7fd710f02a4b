package dev.rideau.kernel.testing;

import dev.rideau.trace.DataStream;
import dev.rideau.trace.DataStreamClass;
import dev.rideau.trace.Environment;
import dev.rideau.trace.EventClass;
import dev.rideau.trace.FieldClass;
import dev.rideau.trace.Loss;
import dev.rideau.trace.testing.Fields;
import dev.rideau.trace.testing.MemoryStream;
import dev.rideau.trace.testing.MemoryStream.Event;
import dev.rideau.trace.testing.MemoryStream.MemoryTrace;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// Tiny kernel traces as text: a line for each record, with time, CPU, event and fields.
///
/// ```
/// # a comment
/// env hostname=host kernel_release=6.1.0
/// 100 0 sched_switch prev_comm=a prev_tid=1 prev_prio=20 prev_state=0 next_comm=b next_tid=2 next_prio=20
/// 150 0 syscall_entry_openat dfd=-100 filename="/a b" flags=0
/// 160 1 x vtids=[1,2] context.tid=7
/// lost 0 20 120 180
/// ```
///
/// There is a data stream for each CPU. A class has the fields that any of its lines has; what a
/// line does not say is 0 or empty. A field is a text when a value of it is no number. Values in
/// brackets are arrays of numbers. `context.NAME` is a field of the context that all records have.
/// `lost` tells the CPU, how many records it lost, and between which times. A line `recording`
/// begins another trace of the machine. Without other word the tracer is LTTng's of a kernel 6.1 on
/// the machine `host`. Packets hold three records, so that cuts go through them.
public final class TraceNotation {
  private static final int PACKET_RECORDS = 3;
  private static final String CONTEXT = "context.";
  private static final Pattern FIELD =
      Pattern.compile("([\\w.]+)=(?:\"([^\"]*)\"|\\[([-\\d,]*)]|(\\S*))");

  private record Line(long ts, int cpu, String name, Map<String, Object> fields) {}

  private record Lost(int cpu, long count, long beginNs, long endNs) {}

  private final List<Lost> losses = new ArrayList<>();

  private final Map<String, Object> environment = new LinkedHashMap<>();
  private final List<Line> lines = new ArrayList<>();

  private TraceNotation() {
    environment.put("hostname", "host");
    environment.put("domain", "kernel");
    environment.put("kernel_release", "6.1.0");
    environment.put("tracer_name", "lttng-modules");
    environment.put("tracer_major", 2L);
    environment.put("tracer_minor", 13L);
  }

  /// The data streams of a trace, in the order that breaks ties; `streams.getFirst().trace()` is
  /// the trace.
  public static List<DataStream> parse(String text) {
    List<DataStream> streams = new ArrayList<>();
    for (String trace : text.split("(?m)^recording$")) {
      TraceNotation notation = new TraceNotation();
      trace.lines().forEach(line -> notation.add(line.strip()));
      streams.addAll(notation.build());
    }
    return streams;
  }

  private void add(String line) {
    if (line.isEmpty() || line.startsWith("#")) {
      return;
    }
    if (line.startsWith("env ")) {
      environment.putAll(fields(line.substring(4)));
      return;
    }
    if (line.startsWith("lost ")) {
      long[] numbers =
          Arrays.stream(line.substring(5).split("\\s+")).mapToLong(Long::parseLong).toArray();
      losses.add(new Lost((int) numbers[0], numbers[1], numbers[2], numbers[3]));
      return;
    }
    String[] head = line.split("\\s+", 4);
    if (head.length < 3) {
      throw new IllegalArgumentException("a line needs time, CPU and event: " + line);
    }
    Map<String, Object> fields = head.length > 3 ? fields(head[3]) : Map.of();
    lines.add(new Line(Long.parseLong(head[0]), Integer.parseInt(head[1]), head[2], fields));
  }

  private static Map<String, Object> fields(String text) {
    Map<String, Object> fields = new LinkedHashMap<>();
    Matcher matcher = FIELD.matcher(text);
    while (matcher.find()) {
      Object value;
      if (matcher.group(2) != null) {
        value = matcher.group(2);
      } else if (matcher.group(3) != null) {
        value = numbers(matcher.group(3));
      } else {
        value = number(matcher.group(4));
      }
      fields.put(matcher.group(1), value);
    }
    return fields;
  }

  private static List<Object> numbers(String text) {
    List<Object> numbers = new ArrayList<>();
    for (String each : text.isEmpty() ? new String[0] : text.split(",")) {
      numbers.add(Long.parseLong(each));
    }
    return numbers;
  }

  private static Object number(String text) {
    try {
      return text.startsWith("0x")
          ? Long.parseUnsignedLong(text.substring(2), 16)
          : Long.valueOf(text);
    } catch (NumberFormatException notANumber) {
      return text;
    }
  }

  private List<DataStream> build() {
    Map<String, Map<String, Object>> classes = new LinkedHashMap<>();
    Map<String, Object> contexts = new LinkedHashMap<>();
    for (Line line : lines) {
      Map<String, Object> known = classes.computeIfAbsent(line.name, _ -> new LinkedHashMap<>());
      line.fields.forEach(
          (name, value) -> learn(name.startsWith(CONTEXT) ? contexts : known, name, value));
    }
    List<EventClass> eventClasses = new ArrayList<>();
    Map<String, Integer> ordinals = new LinkedHashMap<>();
    classes.forEach((name, fields) -> {
      ordinals.put(name, eventClasses.size());
      eventClasses.add(Fields.event(eventClasses.size(), name, null, structure(fields)));
    });
    DataStreamClass streamClass =
        Fields.stream(
            Fields.structure("cpu_id", Fields.unsigned(32)),
            contexts.isEmpty() ? null : structure(contexts),
            eventClasses.toArray(EventClass[]::new));
    return streams(streamClass, ordinals, classes, contexts);
  }

  /// Notes an example of a field: a text wins over a number.
  private static void learn(Map<String, Object> known, String name, Object value) {
    if (!(known.get(name) instanceof String)) {
      known.put(name, value);
    }
  }

  private static FieldClass.Structure structure(Map<String, Object> examples) {
    List<Object> members = new ArrayList<>();
    examples.forEach((name, example) -> {
      if (example instanceof List<?>) {
        members.add("_" + name + "_length");
        members.add(Fields.unsigned(32));
      }
      members.add(plain(name));
      members.add(
          switch (example) {
            case String _ -> Fields.string();
            case List<?> _ -> Fields.sequence("_" + name + "_length", Fields.signed(64));
            default -> Fields.signed(64);
          });
    });
    return Fields.structure(members.toArray());
  }

  private static String plain(String name) {
    return name.startsWith(CONTEXT) ? name.substring(CONTEXT.length()) : name;
  }

  private List<DataStream> streams(
      DataStreamClass streamClass,
      Map<String, Integer> ordinals,
      Map<String, Map<String, Object>> classes,
      Map<String, Object> contexts) {
    Map<Integer, List<Event>> byCpu = new TreeMap<>();
    for (Line line : lines) {
      Integer ordinal = ordinals.get(line.name);
      Map<String, Object> examples = classes.get(line.name);
      if (ordinal == null || examples == null) {
        throw new IllegalStateException("no class for " + line.name);
      }
      byCpu
          .computeIfAbsent(line.cpu, _ -> new ArrayList<>())
          .add(
              new Event(
                  ordinal,
                  line.ts,
                  contexts.isEmpty() ? null : values(contexts, line.fields),
                  null,
                  values(examples, line.fields)));
    }
    MemoryTrace trace = new MemoryTrace("trace", new Environment(environment));
    List<DataStream> streams = new ArrayList<>();
    byCpu.forEach((cpu, events) -> {
      MemoryStream stream = trace.add(streamClass);
      for (int from = 0; from < events.size(); from += PACKET_RECORDS) {
        int to = Math.min(events.size(), from + PACKET_RECORDS);
        stream.packet(Map.of("cpu_id", cpu), events.subList(from, to).toArray(Event[]::new));
      }
      for (Lost lost : losses) {
        if (lost.cpu == cpu) {
          stream.loss(
              new Loss(
                  Loss.Kind.DISCARDED_EVENTS, stream, lost.count, 0, lost.beginNs, lost.endNs));
        }
      }
      streams.add(stream);
    });
    return streams;
  }

  private static Map<String, Object> values(
      Map<String, Object> examples, Map<String, Object> given) {
    Map<String, Object> values = new LinkedHashMap<>();
    examples.forEach((name, example) -> {
      @Nullable Object value = given.get(name);
      if (example instanceof List<?>) {
        List<?> list = value instanceof List<?> known ? known : List.of();
        values.put("_" + name + "_length", (long) list.size());
        values.put(plain(name), list);
      } else if (example instanceof String) {
        values.put(plain(name), value == null ? "" : value.toString());
      } else {
        values.put(plain(name), value == null ? 0L : value);
      }
    });
    return values;
  }
}
