package dev.rideau.bench;

import dev.rideau.trace.Attributes;
import dev.rideau.trace.BitLayout;
import dev.rideau.trace.ClockClass;
import dev.rideau.trace.ClockOrigin;
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
import dev.rideau.trace.TextEncoding;
import dev.rideau.trace.TraceClass;
import java.nio.ByteOrder;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// Trace classes that look like those of LTTng 2.13 on a 64-bit little-endian machine.
///
/// ```
/// packet header    magic 32, uuid 16 x 8, stream_id 32, stream_instance_id 64
/// packet context   timestamp_begin, timestamp_end, content_size, packet_size, packet_seq_num,
///                  events_discarded 64 each, cpu_id 32
/// compact header   id 5 (31: extended), timestamp 27; extended: id 32, timestamp 64
/// large header     id 16 (65535: extended), timestamp 32; extended: id 32, timestamp 64
/// ```
public final class LttngLayout {
  private static final ByteOrder ORDER = ByteOrder.LITTLE_ENDIAN;

  private LttngLayout() {}

  /// A trace class with a single data stream class.
  ///
  /// @param domain `ust` or `kernel`
  /// @param largeHeader whether event headers have room for 65,535 classes and not for 31
  public static TraceClass traceClass(
      String domain,
      String uuid,
      boolean largeHeader,
      @Nullable Structure commonContext,
      List<EventClass> eventClasses) {
    ClockClass clock =
        new ClockClass(
            "monotonic",
            null,
            "monotonic",
            "c4b1d9b2-7f0a-4a53-9a0e-6b1f6f0f3a11",
            "Monotonic Clock",
            1_000_000_000,
            0,
            1_767_225_600_000_000_000L,
            null,
            null,
            new ClockOrigin.UnixEpoch(),
            Attributes.NONE);
    DataStreamClass stream =
        new DataStreamClass(
            0,
            0,
            null,
            null,
            null,
            clock,
            packetContext(),
            largeHeader ? eventHeader(16, 65_535, 32, 8) : eventHeader(5, 31, 27, 1),
            commonContext,
            eventClasses,
            Attributes.NONE);
    return new TraceClass(
        1,
        8,
        null,
        null,
        uuid,
        ORDER,
        environment(domain),
        List.of(clock),
        packetHeader(),
        List.of(stream),
        Attributes.NONE);
  }

  private static Environment environment(String domain) {
    Map<String, Object> entries = new LinkedHashMap<>();
    entries.put("hostname", "bench");
    entries.put("domain", domain);
    entries.put("tracer_name", domain.equals("kernel") ? "lttng-modules" : "lttng-ust");
    entries.put("tracer_major", 2L);
    entries.put("tracer_minor", 13L);
    entries.put("tracer_patchlevel", 9L);
    return new Environment(entries);
  }

  private static Structure packetHeader() {
    return structure(
        1,
        new Member("magic", integer(32, Role.PACKET_MAGIC_NUMBER)),
        new Member(
            "uuid",
            new FieldClass.StaticLengthArray(
                16, integer(8), 1, Set.of(Role.METADATA_STREAM_UUID), Attributes.NONE)),
        new Member("stream_id", integer(32, Role.DATA_STREAM_CLASS_ID)),
        new Member("stream_instance_id", integer(64, Role.DATA_STREAM_ID)));
  }

  private static Structure packetContext() {
    return structure(
        1,
        new Member("timestamp_begin", integer(64, Role.DEFAULT_CLOCK_TIMESTAMP)),
        new Member("timestamp_end", integer(64, Role.PACKET_END_DEFAULT_CLOCK_TIMESTAMP)),
        new Member("content_size", integer(64, Role.PACKET_CONTENT_LENGTH)),
        new Member("packet_size", integer(64, Role.PACKET_TOTAL_LENGTH)),
        new Member("packet_seq_num", integer(64, Role.PACKET_SEQUENCE_NUMBER)),
        new Member("events_discarded", integer(64, Role.DISCARDED_EVENT_COUNTER_SNAPSHOT)),
        new Member("cpu_id", integer(32)));
  }

  private static Structure eventHeader(
      int idBits, long extended, int timestampBits, int alignmentBits) {
    List<IntegerRange> compactIds = List.of(new IntegerRange(0, extended - 1));
    List<IntegerRange> extendedIds = List.of(new IntegerRange(extended, extended));
    FieldClass id =
        new FieldClass.Int(
            BitLayout.of(idBits, alignmentBits, ORDER),
            false,
            10,
            List.of(new Mapping("compact", compactIds), new Mapping("extended", extendedIds)),
            Set.of(Role.EVENT_CLASS_ID),
            Attributes.NONE);
    FieldClass timestamp =
        integer(timestampBits, alignmentBits, false, 10, Role.DEFAULT_CLOCK_TIMESTAMP);
    FieldClass.Variant variant =
        new FieldClass.Variant(
            new FieldLocation(Scope.EVENT_HEADER, List.of("id")),
            List.of(
                new FieldClass.Option(
                    "compact",
                    compactIds,
                    structure(1, new Member("timestamp", timestamp)),
                    Attributes.NONE),
                new FieldClass.Option(
                    "extended",
                    extendedIds,
                    structure(
                        1,
                        new Member("id", integer(32, Role.EVENT_CLASS_ID)),
                        new Member("timestamp", integer(64, Role.DEFAULT_CLOCK_TIMESTAMP))),
                    Attributes.NONE)),
            1,
            Attributes.NONE);
    return structure(8, new Member("id", id), new Member("v", variant));
  }

  /// An event class without contexts of its own.
  public static EventClass eventClass(
      int ordinal, String name, @Nullable Long logLevel, Structure payload) {
    return new EventClass(
        ordinal, ordinal, null, name, null, logLevel, null, null, payload, Attributes.NONE);
  }

  /// A structure with an alignment of its own.
  public static Structure structure(int alignmentBits, Member... members) {
    return new Structure(List.of(members), alignmentBits, Attributes.NONE);
  }

  /// An unsigned integer, byte-aligned.
  public static FieldClass.Int integer(int lengthBits, Role... roles) {
    return integer(lengthBits, 8, false, 10, roles);
  }

  /// An integer.
  public static FieldClass.Int integer(
      int lengthBits, int alignmentBits, boolean signed, int displayBase, Role... roles) {
    return new FieldClass.Int(
        BitLayout.of(lengthBits, alignmentBits, ORDER),
        signed,
        displayBase,
        List.of(),
        Set.of(roles),
        Attributes.NONE);
  }

  /// A string up to a zero byte.
  public static FieldClass string() {
    return new FieldClass.NullTerminatedString(TextEncoding.UTF_8, 8, Attributes.NONE);
  }

  /// Text in an array of 16 bytes, as the kernel holds names of tasks.
  public static FieldClass comm() {
    return new FieldClass.StaticLengthString(16, TextEncoding.UTF_8, 8, Attributes.NONE);
  }
}
