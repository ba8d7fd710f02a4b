package dev.rideau.ctf.internal.decode;

/// Hands out the bytes of a stream's packets. Shared by all cursors of the stream; thread-safe.
public interface PacketBytes {

  /// Reads bytes of a packet.
  ///
  /// @param packet index of the packet in the stream
  /// @param offsetBytes first byte wanted, from the start of the packet
  /// @param target array to write to
  /// @param at first place to write to
  /// @param lengthBytes how many bytes are wanted
  /// @return how many bytes were read; fewer than wanted only where the data end or cannot be read
  int read(int packet, long offsetBytes, byte[] target, int at, int lengthBytes);
}
