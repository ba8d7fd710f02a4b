package dev.rideau.cli.internal.convert;

import dev.rideau.trace.Attributes;
import dev.rideau.trace.BitLayout;
import dev.rideau.trace.ClockClass;
import dev.rideau.trace.DataStream;
import dev.rideau.trace.DataStreamClass;
import dev.rideau.trace.Environment;
import dev.rideau.trace.EventClass;
import dev.rideau.trace.FieldClass;
import dev.rideau.trace.FieldClass.Member;
import dev.rideau.trace.FieldClass.Structure;
import dev.rideau.trace.FieldLocation;
import dev.rideau.trace.IntegerRange;
import dev.rideau.trace.Mapping;
import dev.rideau.trace.Role;
import dev.rideau.trace.Scope;
import dev.rideau.trace.Trace;
import dev.rideau.trace.TraceClass;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;

/// Metadata as LTTng 2.13 writes it for a kernel.
///
/// ```
/// packet header    magic 32, uuid 16 x 8, stream_id 32, stream_instance_id 64
/// packet context   timestamp_begin, timestamp_end, content_size, packet_size, packet_seq_num,
///                  events_discarded 64 each, cpu_id 32
/// event header     id 16 (65535: extended), timestamp 32; extended: id 32, timestamp 64
/// ```
final class LttngTraceClass {
  /// The member of the packet context with the number of the CPU.
  static final String CPU = "cpu_id";

  private static final ByteOrder ORDER = ByteOrder.LITTLE_ENDIAN;
  private static final long EXTENDED = 65_535;

  private LttngTraceClass() {}

  /// @param clock of the source
  /// @param context fields that all records have
  static TraceClass of(
      Trace source, ClockClass clock, List<FieldRule> context, List<EventClass> eventClasses) {
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
            packetContext(),
            eventHeader(),
            context.isEmpty() ? null : LttngPlan.structure(context),
            eventClasses,
            Attributes.NONE);
    return new TraceClass(
        1,
        8,
        null,
        null,
        identity(source),
        ORDER,
        environment(source),
        List.of(monotonic),
        packetHeader(),
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

  private static Environment environment(Trace source) {
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

  private static void put(Map<String, Object> entries, String name, Environment known) {
    Object value = known.entries().get(name);
    if (value != null) {
      entries.put(name, value);
    }
  }

  private static Structure packetHeader() {
    return structure(
        new Member("magic", integer(32, Role.PACKET_MAGIC_NUMBER)),
        new Member(
            "uuid",
            new FieldClass.StaticLengthArray(
                16, integer(8), 8, Set.of(Role.METADATA_STREAM_UUID), Attributes.NONE)),
        new Member("stream_id", integer(32, Role.DATA_STREAM_CLASS_ID)),
        new Member("stream_instance_id", integer(64, Role.DATA_STREAM_ID)));
  }

  private static Structure packetContext() {
    return structure(
        new Member("timestamp_begin", integer(64, Role.DEFAULT_CLOCK_TIMESTAMP)),
        new Member("timestamp_end", integer(64, Role.PACKET_END_DEFAULT_CLOCK_TIMESTAMP)),
        new Member("content_size", integer(64, Role.PACKET_CONTENT_LENGTH)),
        new Member("packet_size", integer(64, Role.PACKET_TOTAL_LENGTH)),
        new Member("packet_seq_num", integer(64, Role.PACKET_SEQUENCE_NUMBER)),
        new Member("events_discarded", integer(64, Role.DISCARDED_EVENT_COUNTER_SNAPSHOT)),
        new Member(CPU, integer(32)));
  }

  private static Structure eventHeader() {
    List<IntegerRange> compactIds = List.of(new IntegerRange(0, EXTENDED - 1));
    List<IntegerRange> extendedIds = List.of(new IntegerRange(EXTENDED, EXTENDED));
    FieldClass id =
        new FieldClass.Int(
            BitLayout.of(16, 8, ORDER),
            false,
            10,
            List.of(new Mapping("compact", compactIds), new Mapping("extended", extendedIds)),
            Set.of(Role.EVENT_CLASS_ID),
            Attributes.NONE);
    FieldClass.Variant variant =
        new FieldClass.Variant(
            new FieldLocation(Scope.EVENT_HEADER, List.of("id")),
            List.of(
                new FieldClass.Option(
                    "compact",
                    compactIds,
                    structure(new Member("timestamp", integer(32, Role.DEFAULT_CLOCK_TIMESTAMP))),
                    Attributes.NONE),
                new FieldClass.Option(
                    "extended",
                    extendedIds,
                    structure(
                        new Member("id", integer(32, Role.EVENT_CLASS_ID)),
                        new Member("timestamp", integer(64, Role.DEFAULT_CLOCK_TIMESTAMP))),
                    Attributes.NONE)),
            1,
            Attributes.NONE);
    return structure(new Member("id", id), new Member("v", variant));
  }

  private static Structure structure(Member... members) {
    return new Structure(List.of(members), 8, Attributes.NONE);
  }

  private static FieldClass.Int integer(int lengthBits, Role... roles) {
    return new FieldClass.Int(
        BitLayout.of(lengthBits, 8, ORDER), false, 10, List.of(), Set.of(roles), Attributes.NONE);
  }
}
