package dev.rideau.cli.internal.convert;

import dev.rideau.ctf.LttngPackets;
import dev.rideau.trace.Attributes;
import dev.rideau.trace.ClockClass;
import dev.rideau.trace.DataStream;
import dev.rideau.trace.DataStreamClass;
import dev.rideau.trace.Environment;
import dev.rideau.trace.EventClass;
import dev.rideau.trace.FieldClass.Structure;
import dev.rideau.trace.Trace;
import dev.rideau.trace.TraceClass;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/// Metadata as LTTng 2.13 writes it for a kernel.
final class LttngTraceClass {
  private LttngTraceClass() {}

  /// @param clock of the source
  /// @param context fields that all records have
  /// @param environment what is told of the machine and the tracer
  static TraceClass of(
      Trace source,
      ClockClass clock,
      @Nullable Structure context,
      List<EventClass> eventClasses,
      Environment environment) {
    ClockClass monotonic =
        new ClockClass(
            "monotonic",
            null,
            "monotonic",
            null,
            "Clock '%s' of the recording".formatted(clock.id()),
            ClockClass.NS_PER_SECOND,
            Math.floorDiv(clock.baseNs(), ClockClass.NS_PER_SECOND),
            Math.floorMod(clock.baseNs(), ClockClass.NS_PER_SECOND),
            null,
            null,
            clock.origin(),
            Attributes.NONE);
    DataStreamClass stream =
        new DataStreamClass(
            0,
            0,
            null,
            null,
            null,
            monotonic,
            LttngPackets.packetContext(),
            LttngPackets.largeHeader(),
            context,
            eventClasses,
            Attributes.NONE);
    return new TraceClass(
        1,
        8,
        null,
        null,
        identity(source),
        LttngPackets.ORDER,
        environment,
        List.of(monotonic),
        LttngPackets.packetHeader(),
        List.of(stream),
        Attributes.NONE);
  }

  /// The same each time that the recording is copied.
  private static String identity(Trace source) {
    TraceClass known = source.traceClass();
    StringBuilder text = new StringBuilder().append(known.uid()).append(known.environment());
    for (DataStream stream : source.dataStreams()) {
      if (stream.packets().size() > 0) {
        text.append(stream.packets().beginNs(0));
      }
    }
    return UUID.nameUUIDFromBytes(text.toString().getBytes(StandardCharsets.UTF_8)).toString();
  }

  /// What LTTng tells, then what else the source does.
  static Environment environment(Trace source) {
    Environment known = source.traceClass().environment();
    Map<String, Object> entries = new LinkedHashMap<>();
    put(entries, "hostname", known);
    entries.put("domain", "kernel");
    entries.put("sysname", "Linux");
    put(entries, "kernel_release", known);
    put(entries, "kernel_version", known);
    entries.put("tracer_name", "lttng-modules");
    entries.put("tracer_major", 2L);
    entries.put("tracer_minor", 13L);
    entries.put("tracer_patchlevel", 0L);
    entries.put("trace_buffering_scheme", "global");
    entries.put("converted_from", source.format());
    known.entries().forEach(entries::putIfAbsent);
    return new Environment(entries);
  }

  /// What the source tells, and of what format it was.
  static Environment ofCopy(Trace source) {
    Map<String, Object> entries = new LinkedHashMap<>(source.traceClass().environment().entries());
    entries.putIfAbsent("converted_from", source.format());
    return new Environment(entries);
  }

  private static void put(Map<String, Object> entries, String name, Environment known) {
    Object value = known.entries().get(name);
    if (value != null) {
      entries.put(name, value);
    }
  }
}
