package dev.rideau.ctf;

import dev.rideau.trace.Attributes;
import dev.rideau.trace.BitLayout;
import dev.rideau.trace.FieldClass;
import dev.rideau.trace.FieldClass.Member;
import dev.rideau.trace.FieldClass.Structure;
import dev.rideau.trace.FieldLocation;
import dev.rideau.trace.IntegerRange;
import dev.rideau.trace.Mapping;
import dev.rideau.trace.Role;
import dev.rideau.trace.Scope;
import java.nio.ByteOrder;
import java.util.List;
import java.util.Set;

/// What stands around the events in a stream of LTTng 2.13, on a little-endian machine.
///
/// ```
/// packet header    magic 32, uuid 16 x 8, stream_id 32, stream_instance_id 64
/// packet context   timestamp_begin, timestamp_end, content_size, packet_size, packet_seq_num,
///                  events_discarded 64 each, cpu_id 32
/// compact header   id 5 (31: extended), timestamp 27; extended: id 32, timestamp 64
/// large header     id 16 (65535: extended), timestamp 32; extended: id 32, timestamp 64
/// ```
public final class LttngPackets {
  /// The byte order of all fields.
  public static final ByteOrder ORDER = ByteOrder.LITTLE_ENDIAN;

  /// The member of the packet context with the number of the CPU.
  public static final String CPU = "cpu_id";

  private LttngPackets() {}

  /// The same in each packet of each stream.
  public static Structure packetHeader() {
    return structure(
        1,
        new Member("magic", integer(32, 8, Role.PACKET_MAGIC_NUMBER)),
        new Member(
            "uuid",
            new FieldClass.StaticLengthArray(
                16, integer(8, 8), 1, Set.of(Role.METADATA_STREAM_UUID), Attributes.NONE)),
        new Member("stream_id", integer(32, 8, Role.DATA_STREAM_CLASS_ID)),
        new Member("stream_instance_id", integer(64, 8, Role.DATA_STREAM_ID)));
  }

  /// Times, lengths, number and losses of a packet, and its CPU.
  public static Structure packetContext() {
    return structure(
        1,
        new Member("timestamp_begin", integer(64, 8, Role.DEFAULT_CLOCK_TIMESTAMP)),
        new Member("timestamp_end", integer(64, 8, Role.PACKET_END_DEFAULT_CLOCK_TIMESTAMP)),
        new Member("content_size", integer(64, 8, Role.PACKET_CONTENT_LENGTH)),
        new Member("packet_size", integer(64, 8, Role.PACKET_TOTAL_LENGTH)),
        new Member("packet_seq_num", integer(64, 8, Role.PACKET_SEQUENCE_NUMBER)),
        new Member("events_discarded", integer(64, 8, Role.DISCARDED_EVENT_COUNTER_SNAPSHOT)),
        new Member(CPU, integer(32, 8)));
  }

  /// The header with room for 31 event classes before it is extended.
  public static Structure compactHeader() {
    return eventHeader(5, 31, 27, 1);
  }

  /// The header with room for 65,535 event classes before it is extended.
  public static Structure largeHeader() {
    return eventHeader(16, 65_535, 32, 8);
  }

  private static Structure eventHeader(
      int idBits, long extended, int timestampBits, int alignmentBits) {
    List<IntegerRange> compactIds = List.of(new IntegerRange(0, extended - 1));
    List<IntegerRange> extendedIds = List.of(new IntegerRange(extended, extended));
    FieldClass id =
        new FieldClass.Int(
            BitLayout.of(idBits, alignmentBits, ORDER),
            false,
            10,
            List.of(new Mapping("compact", compactIds), new Mapping("extended", extendedIds)),
            Set.of(Role.EVENT_CLASS_ID),
            Attributes.NONE);
    FieldClass timestamp = integer(timestampBits, alignmentBits, Role.DEFAULT_CLOCK_TIMESTAMP);
    FieldClass.Variant variant =
        new FieldClass.Variant(
            new FieldLocation(Scope.EVENT_HEADER, List.of("id")),
            List.of(
                new FieldClass.Option(
                    "compact",
                    compactIds,
                    structure(1, new Member("timestamp", timestamp)),
                    Attributes.NONE),
                new FieldClass.Option(
                    "extended",
                    extendedIds,
                    structure(
                        1,
                        new Member("id", integer(32, 8, Role.EVENT_CLASS_ID)),
                        new Member("timestamp", integer(64, 8, Role.DEFAULT_CLOCK_TIMESTAMP))),
                    Attributes.NONE)),
            1,
            Attributes.NONE);
    return structure(8, new Member("id", id), new Member("v", variant));
  }

  private static Structure structure(int alignmentBits, Member... members) {
    return new Structure(List.of(members), alignmentBits, Attributes.NONE);
  }

  private static FieldClass.Int integer(int lengthBits, int alignmentBits, Role... roles) {
    return new FieldClass.Int(
        BitLayout.of(lengthBits, alignmentBits, ORDER),
        false,
        10,
        List.of(),
        Set.of(roles),
        Attributes.NONE);
  }
}
