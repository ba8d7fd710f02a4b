package dev.rideau.trace;

/// Event records or packets that the tracer made and the trace does not hold.
///
/// @param kind what is missing
/// @param stream where it is missing
/// @param count how many, or [#UNKNOWN_COUNT]
/// @param packet the packet with which the loss became known
/// @param beginNs when the loss began at the earliest, or [PacketIndex#UNKNOWN]
/// @param endNs when it had ended at the latest, or [PacketIndex#UNKNOWN]
public record Loss(Kind kind, DataStream stream, long count, int packet, long beginNs, long endNs) {

  /// Stands for a number that the trace does not tell.
  public static final long UNKNOWN_COUNT = -1;

  /// What can be missing.
  public enum Kind {
    /// Known by a difference of counter snapshots; not placed in time exactly.
    DISCARDED_EVENTS,
    /// Known by a gap in packet sequence numbers.
    DISCARDED_PACKETS
  }
}
