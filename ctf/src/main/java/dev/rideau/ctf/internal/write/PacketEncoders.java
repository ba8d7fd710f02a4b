package dev.rideau.ctf.internal.write;

import dev.rideau.trace.BitLayout;
import dev.rideau.trace.Column;
import dev.rideau.trace.LongColumn;
import dev.rideau.trace.Role;
import java.util.Set;

/// Encoders of the fields of packet headers and contexts that mean something to readers.
final class PacketEncoders {
  private PacketEncoders() {}

  /// The one of several roles that decides about the value.
  static Role decisive(Set<Role> roles) {
    for (Role role : Role.values()) {
      if (roles.contains(role)) {
        return role;
      }
    }
    throw new IllegalArgumentException("no role");
  }

  /// An integer with a role.
  static final class RoleInteger extends FieldEncoder {
    /// Enough for 64 bits, so that any value can be put there later.
    private static final int MOST_BYTES = 10;

    private final BitLayout layout;
    private final boolean variableLength;
    private final Role role;
    private final int key;

    RoleInteger(BitLayout layout, boolean variableLength, Role role, int key) {
      this.layout = layout;
      this.variableLength = variableLength;
      this.role = role;
      this.key = key;
    }

    @Override
    void encode(RecordOutput output, Column column, int row) {
      PacketState packet = output.packet;
      boolean fromColumn = packet.copied && isCopied();
      long value = fromColumn ? ((LongColumn) column).value(row) : packet.values[role.ordinal()];
      if (fromColumn) {
        packet.values[role.ordinal()] = value;
      }
      boolean later = isKnownLate() && !fromColumn;
      BitWriter bits = output.bits;
      bits.align(layout.alignmentBits());
      if (later) {
        packet.later(this, bits.position());
      }
      int lengthBits = layout.lengthBits();
      if (variableLength) {
        lengthBits =
            Math.min(
                64, ScalarEncoders.VariableLength.put(bits, value, false, later ? MOST_BYTES : 1));
      } else {
        bits.put(layout, value);
      }
      if (role == Role.DEFAULT_CLOCK_TIMESTAMP) {
        output.moveClock(value, lengthBits);
      }
      if (key >= 0) {
        output.keys[key] = value;
      }
    }

    private boolean isCopied() {
      return switch (role) {
        case DATA_STREAM_ID,
            DEFAULT_CLOCK_TIMESTAMP,
            PACKET_END_DEFAULT_CLOCK_TIMESTAMP,
            DISCARDED_EVENT_COUNTER_SNAPSHOT,
            PACKET_SEQUENCE_NUMBER ->
            true;
        case PACKET_MAGIC_NUMBER,
            METADATA_STREAM_UUID,
            DATA_STREAM_CLASS_ID,
            PACKET_TOTAL_LENGTH,
            PACKET_CONTENT_LENGTH,
            EVENT_CLASS_ID ->
            false;
      };
    }

    private boolean isKnownLate() {
      return switch (role) {
        case PACKET_TOTAL_LENGTH,
            PACKET_CONTENT_LENGTH,
            PACKET_END_DEFAULT_CLOCK_TIMESTAMP,
            DISCARDED_EVENT_COUNTER_SNAPSHOT ->
            true;
        case PACKET_MAGIC_NUMBER,
            METADATA_STREAM_UUID,
            DATA_STREAM_CLASS_ID,
            DATA_STREAM_ID,
            DEFAULT_CLOCK_TIMESTAMP,
            PACKET_SEQUENCE_NUMBER,
            EVENT_CLASS_ID ->
            false;
      };
    }

    void patch(byte[] array, long position, PacketState packet) {
      long value = packet.values[role.ordinal()];
      if (!variableLength) {
        BitWriter.patch(array, position, layout, value);
        return;
      }
      int at = (int) (position >>> 3);
      for (int i = 0; i < MOST_BYTES; i++) {
        int seven = (int) (value >>> Math.min(63, 7 * i)) & 0x7f;
        boolean last = i == MOST_BYTES - 1;
        array[at + i] = (byte) (last ? seven & 1 : seven | 0x80);
      }
    }
  }

  /// The UUID of the metadata stream.
  static final class Uuid extends FieldEncoder {
    private final int alignmentBits;

    Uuid(int alignmentBits) {
      this.alignmentBits = alignmentBits;
    }

    @Override
    void encode(RecordOutput output, Column column, int row) {
      output.bits.align(alignmentBits);
      output.bits.putBytes(output.packet.uuid, 0, 16);
    }
  }
}
