package dev.rideau.ctf.internal.open;

import dev.rideau.trace.DataStreamClass;
import dev.rideau.trace.PacketIndex;
import java.util.Comparator;
import org.jspecify.annotations.Nullable;

/// A data stream before it belongs to a trace.
///
/// @param id see [dev.rideau.trace.DataStream#id()]
/// @param number see [dev.rideau.trace.DataStream#number()]
/// @param said its packets as their headers describe them
/// @param corrected its packets with the times that known faults of tracers made wrong put right
/// @param sequenceBits length of the packet sequence numbers, 0 when there are none
/// @param discardedBits length of the counter of discarded events, 0 when there is none
/// @param independent see [dev.rideau.trace.DataStream#hasIndependentPackets()]
record StreamDraft(
    DataStreamClass dataStreamClass,
    @Nullable Long id,
    long number,
    PacketIndex said,
    PacketIndex corrected,
    int sequenceBits,
    int discardedBits,
    boolean independent) {

  /// The order of the streams of one trace.
  static final Comparator<StreamDraft> ORDER =
      (left, right) -> {
        int order = Long.compareUnsigned(left.dataStreamClass.id(), right.dataStreamClass.id());
        if (order == 0) {
          order = Long.compareUnsigned(left.number, right.number);
        }
        return order != 0
            ? order
            : left.said.files().getFirst().compareTo(right.said.files().getFirst());
      };

  StreamDraft withCorrected(PacketIndex index) {
    return new StreamDraft(
        dataStreamClass, id, number, said, index, sequenceBits, discardedBits, independent);
  }
}
