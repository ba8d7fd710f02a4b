package dev.rideau.ctf.internal.decode;

import dev.rideau.trace.DataStreamClass;
import org.jspecify.annotations.Nullable;

/// What the header and the context of a packet say.
///
/// @param headerBits length of header and context together
/// @param dataStreamId instance id of the data stream, null when not said
/// @param magic magic number, null when there is no such field
/// @param metadataUuidHigh first half of the metadata stream UUID, meaningless without `hasUuid`
/// @param totalBits packet length with padding, null when not said
/// @param contentBits packet length without padding, null when not said
/// @param beginClockValue default clock after header and context in cycles, null when no field set
///   it
/// @param endClockValue default clock at the end in cycles, null when not said
/// @param endClockBits length of the field that says so, for its wraps; 0 when not said
public record PacketInfo(
    DataStreamClass dataStreamClass,
    @Nullable Long dataStreamId,
    @Nullable Long magic,
    boolean hasUuid,
    long metadataUuidHigh,
    long metadataUuidLow,
    long headerBits,
    @Nullable Long totalBits,
    @Nullable Long contentBits,
    @Nullable Long beginClockValue,
    @Nullable Long endClockValue,
    int endClockBits,
    @Nullable Long sequenceNumber,
    @Nullable Long discardedCounter) {}
