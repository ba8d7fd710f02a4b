package dev.rideau.ctf.internal.decode;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.management.ThreadMXBean;
import dev.rideau.trace.Attributes;
import dev.rideau.trace.BitLayout;
import dev.rideau.trace.DataStreamClass;
import dev.rideau.trace.EventClass;
import dev.rideau.trace.FieldClass;
import dev.rideau.trace.FieldLocation;
import dev.rideau.trace.PacketIndex;
import dev.rideau.trace.Projection;
import dev.rideau.trace.RecordBlock;
import dev.rideau.trace.Role;
import dev.rideau.trace.Scope;
import dev.rideau.trace.TextEncoding;
import dev.rideau.trace.TraceClass;
import dev.rideau.trace.testing.Fields;
import java.io.ByteArrayOutputStream;
import java.lang.management.ManagementFactory;
import java.nio.ByteOrder;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/// Once a cursor has met what there is, it allocates nothing at all: not for records, not for
/// blocks, not for packets.
@Tag("slow")
final class DecoderAllocationTest {
  private static final ThreadMXBean THREADS = (ThreadMXBean) ManagementFactory.getThreadMXBean();

  private static final int PACKETS = 3;
  private static final int PACKET_RECORDS = 20_000;

  private static final EventClass SIMPLE =
      Fields.event(
          0,
          "simple",
          null,
          Fields.structure("a", Fields.signed(64), "b", Fields.unsigned(32), "c", Fields.string()));

  private static final EventClass DYNAMIC =
      Fields.event(
          1,
          "dynamic",
          null,
          Fields.structure(
              "n",
              Fields.unsigned(8),
              "numbers",
              Fields.sequence("n", Fields.unsigned(16)),
              "text",
              new FieldClass.DynamicLengthString(
                  new FieldLocation(Scope.PAYLOAD, List.of("n")),
                  TextEncoding.UTF_8,
                  8,
                  Attributes.NONE),
              "k",
              Fields.unsigned(8),
              "choice",
              Fields.variant("k", "x", Fields.string(), "y", Fields.real()),
              "there",
              Fields.bool(),
              "maybe",
              new FieldClass.Optional(
                  new FieldLocation(Scope.PAYLOAD, List.of("there")),
                  null,
                  Fields.structure("z", Fields.integer(13, true, 10)),
                  1,
                  Attributes.NONE)));

  private static final EventClass PACKED =
      Fields.event(
          2,
          "packed",
          Fields.structure(
              "bit",
              FieldClass.Int.of(BitLayout.of(1, 1, ByteOrder.LITTLE_ENDIAN), false),
              "rest",
              FieldClass.Int.of(BitLayout.of(47, 1, ByteOrder.LITTLE_ENDIAN), true)),
          Fields.structure(
              "flags",
              new FieldClass.StaticLengthArray(
                  4, Fields.unsigned(8), 1, Set.of(), Attributes.NONE)));

  @Test
  void simpleRecordsCostNothing() throws DecodeFault {
    assertThat(allocatedBytes(SIMPLE)).isZero();
  }

  @Test
  void recordsWithDynamicFieldsCostNothing() throws DecodeFault {
    assertThat(allocatedBytes(renumbered(DYNAMIC, 0))).isZero();
  }

  @Test
  void mixedRecordsCostNothing() throws DecodeFault {
    assertThat(allocatedBytes(SIMPLE, DYNAMIC, PACKED)).isZero();
  }

  private static EventClass renumbered(EventClass eventClass, int ordinal) {
    return Fields.event(ordinal, "renumbered", eventClass.specificContext(), eventClass.payload());
  }

  private static long allocatedBytes(EventClass... eventClasses) throws DecodeFault {
    DataStreamClass stream = stream(eventClasses);
    TraceClass traceClass = Fields.trace(stream);
    RandomRecords records = new RandomRecords(new Dice(7), traceClass, stream, true);
    ByteArrayOutputStream file = new ByteArrayOutputStream();
    PacketIndex.Builder index = new PacketIndex.Builder(List.of(MemoryPackets.FILE));
    for (int i = 0; i < PACKETS; i++) {
      RandomRecords.Packet packet = records.packet(PACKET_RECORDS);
      index.add(0, file.size(), packet.bytes().length * 8L, packet.recordsEndBits());
      file.writeBytes(packet.bytes());
    }
    MemoryPackets memory = new MemoryPackets(stream, index.build(), file.toByteArray());
    StreamProcedures procedures = new StreamProcedures(traceClass, stream, Projection.ALL);
    long least = Long.MAX_VALUE;
    try (CtfBlockCursor cursor =
        new CtfBlockCursor(
            memory,
            memory,
            procedures,
            0,
            PACKETS,
            diagnostic -> {
              throw new AssertionError(diagnostic.toString());
            })) {
      // The first round grows columns; of the others the best counts, since the virtual machine
      // may allocate on this thread when it compiles or throws compiled code away.
      for (int round = 0; round < 6; round++) {
        long before = THREADS.getCurrentThreadAllocatedBytes();
        int size = 0;
        cursor.restart(0, PACKETS);
        RecordBlock block = cursor.next();
        while (block != null) {
          size += block.size();
          block = cursor.next();
        }
        long allocated = THREADS.getCurrentThreadAllocatedBytes() - before;
        assertThat(size).isEqualTo(PACKETS * PACKET_RECORDS);
        if (round > 0) {
          least = Math.min(least, allocated);
        }
      }
    }
    return least;
  }

  private static DataStreamClass stream(EventClass... eventClasses) {
    FieldClass.Structure header =
        Fields.structure(
            "id",
            new FieldClass.Int(
                BitLayout.of(5, 1, ByteOrder.LITTLE_ENDIAN),
                false,
                10,
                List.of(),
                Set.of(Role.EVENT_CLASS_ID),
                Attributes.NONE),
            "timestamp",
            new FieldClass.Int(
                BitLayout.of(27, 1, ByteOrder.LITTLE_ENDIAN),
                false,
                10,
                List.of(),
                Set.of(Role.DEFAULT_CLOCK_TIMESTAMP),
                Attributes.NONE));
    return new DataStreamClass(
        0,
        0,
        null,
        null,
        null,
        Fields.clock(),
        Fields.structure("name", Fields.string()),
        new FieldClass.Structure(header.members(), 8, Attributes.NONE),
        null,
        List.of(eventClasses),
        Attributes.NONE);
  }
}
