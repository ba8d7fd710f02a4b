package dev.rideau.trace.testing;

import dev.rideau.trace.Attributes;
import dev.rideau.trace.BitLayout;
import dev.rideau.trace.ClockClass;
import dev.rideau.trace.ClockOrigin;
import dev.rideau.trace.DataStreamClass;
import dev.rideau.trace.Environment;
import dev.rideau.trace.EventClass;
import dev.rideau.trace.FieldClass;
import dev.rideau.trace.FieldLocation;
import dev.rideau.trace.IntegerRange;
import dev.rideau.trace.Mapping;
import dev.rideau.trace.Role;
import dev.rideau.trace.Scope;
import dev.rideau.trace.TextEncoding;
import dev.rideau.trace.TraceClass;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// Short ways to write down what the metadata of a trace says, for tests.
public final class Fields {
  private Fields() {}

  /// A decimal unsigned integer.
  public static FieldClass unsigned(int lengthBits) {
    return integer(lengthBits, false, 10);
  }

  /// A decimal signed integer.
  public static FieldClass signed(int lengthBits) {
    return integer(lengthBits, true, 10);
  }

  /// An integer.
  public static FieldClass integer(int lengthBits, boolean signed, int base, Mapping... mappings) {
    return new FieldClass.Int(
        BitLayout.of(lengthBits, 8, ByteOrder.LITTLE_ENDIAN),
        signed,
        base,
        List.of(mappings),
        Set.of(),
        Attributes.NONE);
  }

  /// An unsigned integer of 64 bits with a role.
  public static FieldClass role(Role role) {
    return new FieldClass.Int(
        BitLayout.of(64, 8, ByteOrder.LITTLE_ENDIAN),
        false,
        10,
        List.of(),
        Set.of(role),
        Attributes.NONE);
  }

  /// A label for the values from `lower` to `upper`.
  public static Mapping label(String label, long lower, long upper) {
    return new Mapping(label, List.of(new IntegerRange(lower, upper)));
  }

  /// A number of 64 bits.
  public static FieldClass real() {
    return new FieldClass.Floating(BitLayout.of(64, 8, ByteOrder.LITTLE_ENDIAN), Attributes.NONE);
  }

  /// A boolean of 8 bits.
  public static FieldClass bool() {
    return new FieldClass.Bool(BitLayout.of(8, 8, ByteOrder.LITTLE_ENDIAN), Attributes.NONE);
  }

  /// A null-terminated string in UTF-8.
  public static FieldClass string() {
    return new FieldClass.NullTerminatedString(TextEncoding.UTF_8, 8, Attributes.NONE);
  }

  /// An array whose length a member of the payload gives.
  public static FieldClass sequence(String lengthMember, FieldClass element) {
    return new FieldClass.DynamicLengthArray(
        new FieldLocation(Scope.PAYLOAD, List.of(lengthMember)), element, 1, Attributes.NONE);
  }

  /// A structure.
  ///
  /// @param namesAndClasses names and [FieldClass]es in turn
  public static FieldClass.Structure structure(Object... namesAndClasses) {
    List<FieldClass.Member> members = new ArrayList<>();
    for (int i = 0; i < namesAndClasses.length; i += 2) {
      members.add(
          new FieldClass.Member((String) namesAndClasses[i], (FieldClass) namesAndClasses[i + 1]));
    }
    return new FieldClass.Structure(members, 1, Attributes.NONE);
  }

  /// A variant whose selector is a member of the payload; option `i` goes with the value `i`.
  ///
  /// @param namesAndClasses names and [FieldClass]es in turn
  public static FieldClass variant(String selectorMember, Object... namesAndClasses) {
    List<FieldClass.Option> options = new ArrayList<>();
    for (int i = 0; i < namesAndClasses.length; i += 2) {
      options.add(
          new FieldClass.Option(
              (String) namesAndClasses[i],
              List.of(new IntegerRange(i / 2, i / 2)),
              (FieldClass) namesAndClasses[i + 1],
              Attributes.NONE));
    }
    return new FieldClass.Variant(
        new FieldLocation(Scope.PAYLOAD, List.of(selectorMember)), options, 1, Attributes.NONE);
  }

  /// A clock of 1 GHz that starts with the Unix epoch.
  public static ClockClass clock() {
    return new ClockClass(
        "clock",
        null,
        "clock",
        null,
        null,
        1_000_000_000,
        0,
        0,
        null,
        null,
        new ClockOrigin.UnixEpoch(),
        Attributes.NONE);
  }

  /// An event class with a name.
  public static EventClass event(
      int ordinal,
      String name,
      FieldClass.@Nullable Structure specificContext,
      FieldClass.@Nullable Structure payload) {
    return new EventClass(
        ordinal, ordinal, null, name, null, null, null, specificContext, payload, Attributes.NONE);
  }

  /// A data stream class with [#clock()].
  public static DataStreamClass stream(
      FieldClass.@Nullable Structure packetContext,
      FieldClass.@Nullable Structure commonContext,
      EventClass... eventClasses) {
    return new DataStreamClass(
        0,
        0,
        null,
        null,
        null,
        clock(),
        packetContext,
        null,
        commonContext,
        List.of(eventClasses),
        Attributes.NONE);
  }

  /// A trace class of CTF 1.8 with [#clock()] and one data stream class.
  public static TraceClass trace(DataStreamClass stream) {
    return new TraceClass(
        1,
        8,
        null,
        null,
        null,
        ByteOrder.LITTLE_ENDIAN,
        Environment.EMPTY,
        List.of(clock()),
        null,
        List.of(stream),
        Attributes.NONE);
  }
}
