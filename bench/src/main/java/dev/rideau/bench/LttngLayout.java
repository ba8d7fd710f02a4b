package dev.rideau.bench;

import dev.rideau.ctf.LttngPackets;
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
import dev.rideau.trace.Role;
import dev.rideau.trace.TextEncoding;
import dev.rideau.trace.TraceClass;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// Trace classes that look like those of LTTng 2.13 on a 64-bit little-endian machine.
public final class LttngLayout {
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
            LttngPackets.packetContext(),
            largeHeader ? LttngPackets.largeHeader() : LttngPackets.compactHeader(),
            commonContext,
            eventClasses,
            Attributes.NONE);
    return new TraceClass(
        1,
        8,
        null,
        null,
        uuid,
        LttngPackets.ORDER,
        environment(domain),
        List.of(clock),
        LttngPackets.packetHeader(),
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
        BitLayout.of(lengthBits, alignmentBits, LttngPackets.ORDER),
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
