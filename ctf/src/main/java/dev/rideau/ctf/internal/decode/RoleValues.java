package dev.rideau.ctf.internal.decode;

import dev.rideau.trace.FieldClass;
import dev.rideau.trace.Role;
import java.nio.ByteOrder;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// What the fields with roles of a packet and of the current record say, and the default clock,
/// which runs on from packet to packet. Owned by one plain decoder.
final class RoleValues {
  private final ElementVisitor visitor;
  private final Map<Role, Long> values = new HashMap<>();

  private long clockValue;
  private boolean clockWasSet;
  private int endClockBits;
  private boolean hasUuid;
  private long uuidHigh;
  private long uuidLow;

  RoleValues(ElementVisitor visitor) {
    this.visitor = visitor;
  }

  void startPacket() {
    values.clear();
    hasUuid = false;
    clockWasSet = false;
    endClockBits = 0;
  }

  /// The last value of a field with the role, or null.
  @Nullable Long get(Role role) {
    return values.get(role);
  }

  void forget(Role role) {
    values.remove(role);
  }

  /// Value of the default clock in cycles.
  long clockValue() {
    return clockValue;
  }

  void setClockValue(long cycles) {
    clockValue = cycles;
  }

  /// Whether the packet set the clock.
  boolean clockWasSet() {
    return clockWasSet;
  }

  /// Length of the field that says when the packet ends; 0 when there is none.
  int endClockBits() {
    return endClockBits;
  }

  boolean hasUuid() {
    return hasUuid;
  }

  long uuidHigh() {
    return uuidHigh;
  }

  long uuidLow() {
    return uuidLow;
  }

  /// A field was decoded up to the position.
  void decoded(FieldClass.Integral fieldClass, long value, int lengthBits, long position) {
    for (Role role : fieldClass.roles()) {
      values.put(role, value);
      if (role == Role.PACKET_END_DEFAULT_CLOCK_TIMESTAMP) {
        endClockBits = lengthBits;
      } else if (role == Role.DEFAULT_CLOCK_TIMESTAMP) {
        clockValue = Clocks.updated(clockValue, value, lengthBits);
        clockWasSet = true;
        visitor.clockValue(clockValue, position);
      }
    }
  }

  /// The 16 bytes of the metadata stream's UUID were decoded up to the position.
  void decodedUuid(byte[] bytes, int firstByte, long position) {
    uuidHigh = bigEndian(bytes, firstByte);
    uuidLow = bigEndian(bytes, firstByte + 8);
    hasUuid = true;
    visitor.metadataUuid(uuidHigh, uuidLow, position);
  }

  private static long bigEndian(byte[] bytes, int firstByte) {
    return PlainBits.read(bytes, firstByte * 8L, 64, ByteOrder.BIG_ENDIAN, false);
  }
}
