package dev.rideau.ctf.internal.write;

import static org.assertj.core.api.Assertions.assertThat;

import dev.rideau.ctf.CtfFormat;
import dev.rideau.ctf.internal.decode.DecodeFault;
import dev.rideau.ctf.internal.decode.PacketInfo;
import dev.rideau.ctf.internal.decode.PlainDecoder;
import dev.rideau.ctf.testing.RandomTraces;
import dev.rideau.ctf.testing.RandomTraces.WrittenRecord;
import dev.rideau.ctf.testing.ValueCollector;
import dev.rideau.trace.DataStreamClass;
import dev.rideau.trace.TraceClass;
import dev.rideau.trace.testing.TestFolders;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Tag;

/// What the writer writes, the plain decoder reads: any field class, any layout.
@Tag("slow")
final class EncoderPropertyTest {
  @Property(tries = 150)
  void plainDecoderReadsWhatIsWritten(@ForAll long seed, @ForAll CtfFormat format)
      throws Exception {
    Path folder = Files.createTempDirectory("rideau-encoder");
    try {
      check(folder.resolve("trace"), seed, format);
    } finally {
      TestFolders.delete(folder);
    }
  }

  private static void check(Path folder, long seed, CtfFormat format)
      throws IOException, DecodeFault {
    TraceClass traceClass = RandomTraces.traceClass(format, seed);
    List<WrittenRecord> written = RandomTraces.write(folder, traceClass, format, seed, 60);
    for (DataStreamClass stream : traceClass.dataStreamClasses()) {
      List<WrittenRecord> expected =
          written.stream().filter(record -> record.stream() == stream.ordinal()).toList();
      byte[] bytes = Files.readAllBytes(folder.resolve("stream" + stream.ordinal()));
      ValueCollector collector = new ValueCollector();
      PlainDecoder decoder = new PlainDecoder(traceClass, collector);
      int next = 0;
      int offset = 0;
      while (offset < bytes.length) {
        decoder.startPacket(bytes, offset, bytes.length - offset, true);
        PacketInfo info = decoder.decodePacketHeader();
        assertThat(info.dataStreamClass().id()).isEqualTo(stream.id());
        collector.take();
        while (decoder.decodeRecord()) {
          WrittenRecord record = expected.get(next++);
          assertThat(Objects.requireNonNull(collector.eventClass()).id())
              .isEqualTo(record.eventClass().id());
          assertThat(decoder.clockValue()).isEqualTo(record.clockValue());
          assertThat(collector.take()).isEqualTo(record.values());
        }
        offset += (int) (Objects.requireNonNull(info.totalBits()) / 8);
      }
      assertThat(next).isEqualTo(expected.size());
    }
  }
}
