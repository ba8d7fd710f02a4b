package dev.rideau.ctf;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.management.ThreadMXBean;
import dev.rideau.ctf.internal.metadata.MetadataReader;
import dev.rideau.ctf.testing.Values;
import dev.rideau.trace.BlockCursor;
import dev.rideau.trace.DataStream;
import dev.rideau.trace.DataStreamClass;
import dev.rideau.trace.Diagnostic;
import dev.rideau.trace.EventClass;
import dev.rideau.trace.OpenedTraces;
import dev.rideau.trace.PacketIndex;
import dev.rideau.trace.Projection;
import dev.rideau.trace.RecordBlock;
import dev.rideau.trace.StructColumn;
import dev.rideau.trace.TraceClass;
import dev.rideau.trace.TraceException;
import dev.rideau.trace.Traces;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryNotEmptyException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class CtfWriterTest {
  private static final TraceClass TRACE_CLASS =
      MetadataReader.parse(
          """
          /* CTF 1.8 */
          trace {
            major = 1; minor = 8; byte_order = le;
            packet.header := struct { integer { size = 32; } magic; integer { size = 8; } stream_id; };
          };
          clock { name = c; };
          stream {
            id = 3;
            packet.context := struct {
              integer { size = 64; map = clock.c.value; } timestamp_begin;
              integer { size = 64; map = clock.c.value; } timestamp_end;
              integer { size = 32; } content_size;
              integer { size = 32; } packet_size;
              integer { size = 32; } packet_seq_num;
              integer { size = 32; } events_discarded;
              integer { size = 5; } cpu_id;
            };
            event.header := struct {
              integer { size = 7; align = 1; } id;
              integer { size = 20; align = 1; map = clock.c.value; } timestamp;
            };
          };
          event {
            name = number; id = 1; stream_id = 3;
            fields := struct { integer { size = 64; align = 1; signed = true; } value; string text; };
          };
          event {
            name = list; id = 2; stream_id = 3;
            fields := struct {
              integer { size = 16; } length;
              struct { integer { size = 3; align = 1; } a; string b; } items[length];
              integer { size = 12; align = 4; } pair[2];
            };
          };
          """
              .getBytes(StandardCharsets.UTF_8),
          null,
          diagnostic -> {
            throw new AssertionError(diagnostic.toString());
          });
  private static final DataStreamClass STREAM = TRACE_CLASS.dataStreamClasses().getFirst();
  private static final EventClass NUMBER = STREAM.eventClasses().get(0);
  private static final EventClass LIST = STREAM.eventClasses().get(1);

  @TempDir private Path folder;

  private CtfWriter create(Path trace) throws IOException {
    return CtfWriter.create(trace, TRACE_CLASS, CtfFormat.CTF_1_8, _ -> {});
  }

  @Test
  void buildsRecordsFieldByField() throws IOException {
    Path trace = folder.resolve("trace");
    try (CtfWriter writer = create(trace)) {
      try (StreamWriter stream = writer.stream(STREAM, "a", 0)) {
        stream.begin(NUMBER, 10).putLong(-5).putText("five").end();
        RecordBuilder list = stream.begin(LIST, 20);
        list.putLong(2).beginArray(2);
        list.putLong(1).putText("x").putLong(7).putText("");
        list.putLong(0xabc).putLong(0x123).end();
        assertThat(stream.recordCount()).isEqualTo(2);
      }
      writer.commit();
    }
    try (OpenedTraces traces = Traces.open(List.of(trace), CtfWriterTest::refuse)) {
      RecordBlock block = blockOf(traces.dataStreams().getFirst());
      assertThat(block.size()).isEqualTo(2);
      assertThat(block.clockValues()).startsWith(10, 20);
      StructColumn number =
          Objects.requireNonNull(Objects.requireNonNull(block.batch(0)).payload());
      assertThat(Values.of(number, 0)).containsExactly("-5", "b66697665");
      StructColumn list = Objects.requireNonNull(Objects.requireNonNull(block.batch(1)).payload());
      assertThat(Values.of(list, 0)).containsExactly("2", "1", "b78", "7", "b", "2748", "291");
    }
  }

  private static RecordBlock blockOf(DataStream stream) {
    BlockCursor cursor = stream.cursor(0, 1, Projection.ALL, CtfWriterTest::refuse);
    return Objects.requireNonNull(cursor.next());
  }

  private static void refuse(Diagnostic diagnostic) {
    throw new AssertionError(diagnostic.toString());
  }

  @Test
  void startsAPacketWhenOneIsFullOrATimeCannotBeTold() throws IOException {
    Path trace = folder.resolve("trace");
    try (CtfWriter writer = create(trace)) {
      try (StreamWriter stream = writer.stream(STREAM, "a", 0, 4096)) {
        String large = "x".repeat(3000);
        stream.begin(NUMBER, 100).putLong(1).putText(large).end();
        stream.begin(NUMBER, 200).putLong(2).putText(large).end(); // does not fit
        stream.begin(NUMBER, 300).putLong(3).putText("x".repeat(9000)).end(); // fits nowhere
        stream.discardedEvents(4);
        stream.begin(NUMBER, 400).putLong(4).putText("").end();
        stream.begin(NUMBER, 400 + (1 << 20)).putLong(5).putText("").end(); // 20 bits wrap
      }
      writer.commit();
    }
    try (OpenedTraces traces = Traces.open(List.of(trace), CtfWriterTest::refuse)) {
      PacketIndex packets = traces.dataStreams().getFirst().packets();
      assertThat(packets.size()).isEqualTo(5);
      for (int i = 0; i < 5; i++) {
        assertThat(packets.sequenceNumber(i)).isEqualTo(i);
        assertThat(packets.totalBits(i)).isEqualTo(i == 2 ? 12288 * 8 : 4096 * 8);
        assertThat(packets.discardedCounter(i)).isEqualTo(i < 2 ? 0 : 4);
      }
      assertThat(packets.beginClockValue(1)).isEqualTo(200);
      assertThat(packets.endClockValue(1)).isEqualTo(200);
      assertThat(packets.beginClockValue(4)).isEqualTo(400 + (1 << 20));
    }
  }

  @Test
  void refusesFieldsThatDoNotFitTheClass() throws IOException {
    try (CtfWriter writer = create(folder.resolve("trace"));
        StreamWriter stream = writer.stream(STREAM, "a", 0)) {
      RecordBuilder short1 = stream.begin(NUMBER, 1).putLong(1);
      assertThatThrownBy(short1::end).hasMessageContaining("missing");
      RecordBuilder full = stream.begin(NUMBER, 1).putLong(1).putText("");
      assertThatThrownBy(() -> full.putLong(2)).hasMessageContaining("no more fields");
      RecordBuilder wrong = stream.begin(LIST, 1).putLong(3).beginArray(0).putLong(1).putLong(2);
      assertThatThrownBy(wrong::end).hasMessageContaining("has 0 elements but its length is 3");
    }
  }

  @Test
  void tellsOfTimesThatNoPacketCanHold() throws IOException {
    TraceClass withoutContext =
        MetadataReader.parse(
            """
            /* CTF 1.8 */
            trace { major = 1; minor = 8; byte_order = be; };
            clock { name = c; };
            stream {
              event.header := struct { integer { size = 8; map = clock.c.value; } timestamp; };
            };
            event { name = e; };
            """
                .getBytes(StandardCharsets.UTF_8),
            null,
            _ -> {});
    DataStreamClass stream = withoutContext.dataStreamClasses().getFirst();
    EventClass event = stream.eventClasses().getFirst();
    try (CtfWriter writer =
            CtfWriter.create(folder.resolve("t"), withoutContext, CtfFormat.CTF_1_8, _ -> {});
        StreamWriter target = writer.stream(stream, "a", 0)) {
      target.begin(event, 200).end();
      target.begin(event, 300).end();
      RecordBuilder late = target.begin(event, 1000);
      assertThatThrownBy(late::end)
          .isInstanceOf(TraceException.class)
          .hasMessageContaining("cannot tell the clock value 1000 after 300");
    }
  }

  @Test
  void givesTheTraceItsNameOnlyWhenItIsWhole() throws IOException {
    Path trace = folder.resolve("trace");
    try (CtfWriter writer = create(trace)) {
      writer.stream(STREAM, "a", 0).close();
      assertThat(trace).doesNotExist();
    }
    try (Stream<Path> entries = Files.list(folder)) {
      assertThat(entries).isEmpty();
    }
    Files.createDirectory(trace);
    Files.createFile(trace.resolve("other"));
    assertThatThrownBy(() -> create(trace)).isInstanceOf(DirectoryNotEmptyException.class);
  }

  @Test
  void allocatesNothingPerRecord() throws IOException {
    try (CtfWriter writer = create(folder.resolve("trace"));
        StreamWriter stream = writer.stream(STREAM, "a", 0)) {
      byte[] text = {'a', 'b', 'c'};
      writeRecords(stream, text, 0, 20_000);
      ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
      long before = threads.getCurrentThreadAllocatedBytes();
      writeRecords(stream, text, 20_000, 220_000);
      long bytes = threads.getCurrentThreadAllocatedBytes() - before;
      // A few hundred bytes for each packet of a megabyte.
      assertThat(bytes).isLessThan(200_000 / 4);
    }
  }

  private static void writeRecords(StreamWriter stream, byte[] text, int from, int to)
      throws IOException {
    for (int i = from; i < to; i++) {
      if (i % 4 == 0) {
        RecordBuilder list = stream.begin(LIST, 10L * i).putLong(1).beginArray(1);
        list.putLong(5).putBytes(text, 0, 3).putLong(1).putLong(2).end();
      } else {
        stream.begin(NUMBER, 10L * i).putLong(i).putBytes(text, 0, 3).end();
      }
    }
  }
}
