package dev.rideau.ctf.internal.decode;

import dev.rideau.trace.Attributes;
import dev.rideau.trace.DataStreamClass;
import dev.rideau.trace.EventClass;
import dev.rideau.trace.FieldLocation;
import dev.rideau.trace.Role;
import dev.rideau.trace.Scope;
import dev.rideau.trace.TraceClass;
import java.nio.ByteOrder;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// The readable interpreter: walks field classes over the bytes of one packet at a time and tells
/// an [ElementVisitor] what it finds.
///
/// The plain twin of the compiled procedures, and what decodes packet headers and contexts when a
/// trace is opened. The default clock runs on from packet to packet, so one decoder serves one data
/// stream. Owned by one thread.
public final class PlainDecoder {
  /// What packets of a trace without data stream classes belong to: they end after the header.
  private static final DataStreamClass NO_CLASS =
      new DataStreamClass(
          -1, 0, null, null, null, null, null, null, null, List.of(), Attributes.NONE);

  private final TraceClass traceClass;
  private final ElementVisitor visitor;
  private final PacketWindow window = new PacketWindow();
  private final RoleValues roles;
  private final PlainFields fields;
  private @Nullable DataStreamClass dataStreamClass;

  /// A decoder whose default clock stands at zero.
  public PlainDecoder(TraceClass traceClass, ElementVisitor visitor) {
    this(traceClass, KeyLocations.of(traceClass), visitor);
  }

  private PlainDecoder(TraceClass traceClass, Set<FieldLocation> keys, ElementVisitor visitor) {
    this.traceClass = traceClass;
    this.visitor = visitor;
    roles = new RoleValues(visitor);
    fields = new PlainFields(window, roles, keys, visitor);
  }

  /// A decoder for [#decodePacketHeader] alone: it does not look through the event classes.
  public static PlainDecoder ofPacketHeaders(TraceClass traceClass, ElementVisitor visitor) {
    return new PlainDecoder(traceClass, KeyLocations.ofPackets(traceClass), visitor);
  }

  /// Value of the default clock in cycles.
  public long clockValue() {
    return roles.clockValue();
  }

  /// Sets the default clock, for instance to the end of the packet before.
  public void setClockValue(long cycles) {
    roles.setClockValue(cycles);
  }

  /// Bit from the start of the packet where the next element will be looked for.
  public long position() {
    return window.position();
  }

  /// Starts a packet.
  ///
  /// @param bytes holds the packet from its first byte on, at `offset`
  /// @param length how many bytes are at hand
  /// @param complete whether the data end with them, so that asking for more is a fault of the data
  ///   and not [FaultKind#NEEDS_MORE_BYTES]
  public void startPacket(byte[] bytes, int offset, int length, boolean complete) {
    window.start(bytes, offset, length, complete);
    fields.startPacket();
    roles.startPacket();
    dataStreamClass = null;
  }

  /// Goes on inside the same packet with other bytes, as if the decoder had come there by itself.
  ///
  /// @param windowBits bit of the packet that `bytes[0]` starts with
  /// @param length how many bytes are at hand
  /// @param complete see [#startPacket]
  /// @param position bit of the packet to go on with
  /// @param lastByteOrder byte order of the bit array before, null when there is none
  void continueAt(
      byte[] bytes,
      long windowBits,
      int length,
      boolean complete,
      long position,
      @Nullable ByteOrder lastByteOrder) {
    window.continueAt(bytes, windowBits, length, complete, position, lastByteOrder);
  }

  /// Decodes the packet header and the packet context.
  public PacketInfo decodePacketHeader() throws DecodeFault {
    visitor.beginPacket(position());
    fields.decodeScope(Scope.PACKET_HEADER, traceClass.packetHeader());
    DataStreamClass found = findDataStreamClass();
    dataStreamClass = found;
    visitor.dataStreamInfo(
        isNoClass(found) ? null : found, roles.get(Role.DATA_STREAM_ID), position());
    fields.decodeScope(Scope.PACKET_CONTEXT, found.packetContext());
    Long total = roles.get(Role.PACKET_TOTAL_LENGTH);
    Long content = roles.get(Role.PACKET_CONTENT_LENGTH);
    checkLengths(total, content);
    Long end = content != null ? content : total;
    if (end != null) {
      window.endContentAt(end);
    }
    PacketInfo info =
        new PacketInfo(
            found,
            roles.get(Role.DATA_STREAM_ID),
            roles.get(Role.PACKET_MAGIC_NUMBER),
            roles.hasUuid(),
            roles.uuidHigh(),
            roles.uuidLow(),
            position(),
            total != null ? total : content,
            end,
            roles.clockWasSet() ? roles.clockValue() : null,
            roles.get(Role.PACKET_END_DEFAULT_CLOCK_TIMESTAMP),
            roles.endClockBits(),
            roles.get(Role.PACKET_SEQUENCE_NUMBER),
            roles.get(Role.DISCARDED_EVENT_COUNTER_SNAPSHOT));
    visitor.packetInfo(info, position());
    return info;
  }

  /// Overrules the content length that the packet context says.
  public void setContentBits(long contentBits) {
    window.endContentAt(contentBits);
  }

  /// Decodes the next event record.
  ///
  /// @return false when there is none
  public boolean decodeRecord() throws DecodeFault {
    DataStreamClass stream = dataStreamClass;
    if (stream == null) {
      throw new IllegalStateException("the packet header was not decoded");
    }
    if (isNoClass(stream) || window.isAtEnd()) {
      visitor.endPacket(position());
      return false;
    }
    long start = position();
    visitor.beginRecord(start);
    roles.forget(Role.EVENT_CLASS_ID);
    fields.startRecord();
    fields.decodeScope(Scope.EVENT_HEADER, stream.eventHeader());
    EventClass eventClass = findEventClass(stream);
    visitor.recordInfo(eventClass, position());
    fields.decodeScope(Scope.COMMON_CONTEXT, stream.commonContext());
    fields.decodeScope(Scope.SPECIFIC_CONTEXT, eventClass.specificContext());
    fields.decodeScope(Scope.PAYLOAD, eventClass.payload());
    if (position() == start) {
      throw new DecodeFault(
          FaultKind.EMPTY_RECORD, "event records of this stream have no bits", start);
    }
    visitor.endRecord(position());
    return true;
  }

  @SuppressWarnings("ReferenceEquality") // an equal class of a trace is a class
  private static boolean isNoClass(DataStreamClass dataStreamClass) {
    return dataStreamClass == NO_CLASS;
  }

  private DataStreamClass findDataStreamClass() throws DecodeFault {
    Long id = roles.get(Role.DATA_STREAM_CLASS_ID);
    long wanted = id != null ? id : 0;
    List<DataStreamClass> classes = traceClass.dataStreamClasses();
    DataStreamClass found =
        id == null && classes.size() == 1 ? classes.getFirst() : traceClass.dataStreamClass(wanted);
    if (found == null && id == null && classes.isEmpty()) {
      return NO_CLASS;
    }
    if (found == null) {
      throw new DecodeFault(
          FaultKind.UNKNOWN_DATA_STREAM_CLASS,
          "the metadata has no data stream class with id " + Long.toUnsignedString(wanted),
          position());
    }
    return found;
  }

  private EventClass findEventClass(DataStreamClass stream) throws DecodeFault {
    Long id = roles.get(Role.EVENT_CLASS_ID);
    long wanted = id != null ? id : 0;
    List<EventClass> classes = stream.eventClasses();
    EventClass found =
        id == null && classes.size() == 1 ? classes.getFirst() : stream.eventClass(wanted);
    if (found == null) {
      throw new DecodeFault(
          FaultKind.UNKNOWN_EVENT_CLASS,
          "the data stream class has no event class with id " + Long.toUnsignedString(wanted),
          position());
    }
    return found;
  }

  private void checkLengths(@Nullable Long total, @Nullable Long content) throws DecodeFault {
    if (total != null) {
      if (content != null && Long.compareUnsigned(content, total) > 0) {
        throw new DecodeFault(
            FaultKind.CONTENT_EXCEEDS_TOTAL,
            "packet content length is %s bits but the packet has only %s bits"
                .formatted(Long.toUnsignedString(content), Long.toUnsignedString(total)),
            position());
      }
      if ((total & 7) != 0) {
        throw new DecodeFault(
            FaultKind.TOTAL_LENGTH_NOT_BYTES,
            "packet total length of %s bits is not a multiple of 8"
                .formatted(Long.toUnsignedString(total)),
            position());
      }
      if (Long.compareUnsigned(total, position()) < 0) {
        throw new DecodeFault(
            FaultKind.TOTAL_TOO_SMALL,
            "packet total length of %s bits is less than its header and context need (%d bits)"
                .formatted(Long.toUnsignedString(total), position()),
            position());
      }
    }
    if (content != null && Long.compareUnsigned(content, position()) < 0) {
      throw new DecodeFault(
          FaultKind.CONTENT_TOO_SMALL,
          "packet content length of %s bits is less than its header and context need (%d bits)"
              .formatted(Long.toUnsignedString(content), position()),
          position());
    }
  }
}
