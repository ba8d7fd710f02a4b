package dev.rideau.ctf.internal.write;

import dev.rideau.trace.DataStreamClass;
import dev.rideau.trace.FieldClass.Structure;
import org.jspecify.annotations.Nullable;

/// How the packets and records of a data stream class are written. Immutable, shared by threads.
///
/// @param sourcePacketHeader what the columns of packet headers were made for
/// @param source what the columns were made for
/// @param target what is written
/// @param events by ordinal of the event class
/// @param keyCount how many values are kept for fields that depend on them
public record StreamPlan(
    @Nullable Structure sourcePacketHeader,
    DataStreamClass source,
    DataStreamClass target,
    @Nullable FieldEncoder packetHeader,
    @Nullable FieldEncoder packetContext,
    HeaderProcedure header,
    @Nullable FieldEncoder commonContext,
    EventPlan[] events,
    int keyCount) {

  /// How the records of an event class are written.
  record EventPlan(@Nullable FieldEncoder specificContext, @Nullable FieldEncoder payload) {}
}
