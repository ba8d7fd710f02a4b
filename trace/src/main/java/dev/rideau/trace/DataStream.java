package dev.rideau.trace;

import java.util.List;
import org.jspecify.annotations.Nullable;

/// A sequence of packets, usually of one CPU and channel. Immutable and shared by all threads;
/// decoding happens in the cursors it makes.
public interface DataStream {

  /// The trace it belongs to.
  Trace trace();

  /// Its description.
  DataStreamClass dataStreamClass();

  /// Position in [Trace#dataStreams()].
  int ordinal();

  /// The instance id that its packets carry, or null.
  @Nullable Long id();

  /// The number that people see and that breaks ties: [#id()], or for a stream that has none (or no
  /// times to order its files by) its position among such streams of the trace, by path.
  long number();

  /// A short name for messages: file name of the first file.
  String name();

  /// Its packets.
  PacketIndex packets();

  /// What is missing in it, in the order of packets.
  List<Loss> losses();

  /// Whether each packet says where its time starts, so that packets can be decoded on their own.
  /// If not, only cursors that start with packet 0 tell the right time.
  boolean hasIndependentPackets();

  /// A new cursor over the packets from `firstPacket` up to, not including, `endPacket`.
  ///
  /// @param diagnostics receives the faults found; called by the thread that moves the cursor
  BlockCursor cursor(
      int firstPacket, int endPacket, Projection projection, DiagnosticSink diagnostics);
}
