package dev.rideau.ctf.internal.write;

import dev.rideau.trace.Role;
import java.util.Arrays;

/// What the header and the context of the packet in the making say, and where they say what is
/// known only when the packet ends. Owned by one thread.
final class PacketState {
  private static final int MOST_PATCHES = 32;

  /// Whether times, counters and numbers come from the columns of another packet.
  boolean copied;

  /// What fields say, by [Role#ordinal()].
  final long[] values = new long[Role.values().length];

  /// Sixteen bytes.
  final byte[] uuid;

  private final PacketEncoders.RoleInteger[] patched = new PacketEncoders.RoleInteger[MOST_PATCHES];
  private final long[] positions = new long[MOST_PATCHES];
  private int patchCount;

  PacketState(byte[] uuid) {
    this.uuid = Arrays.copyOf(uuid, 16);
  }

  void restart() {
    patchCount = 0;
  }

  /// Takes note of a field to be written again when the packet ends.
  void later(PacketEncoders.RoleInteger field, long position) {
    if (patchCount == MOST_PATCHES) {
      throw new IllegalStateException("too many fields of the packet context have roles");
    }
    patched[patchCount] = field;
    positions[patchCount++] = position;
  }

  /// Writes the values of now into the first bytes of the packet.
  void patch(byte[] packet) {
    for (int i = 0; i < patchCount; i++) {
      patched[i].patch(packet, positions[i], this);
    }
  }
}
