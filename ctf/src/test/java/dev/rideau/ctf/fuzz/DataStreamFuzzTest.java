package dev.rideau.ctf.fuzz;

import com.code_intelligence.jazzer.junit.FuzzTest;
import dev.rideau.ctf.CtfTraceReader;
import dev.rideau.trace.BlockCursor;
import dev.rideau.trace.DataStream;
import dev.rideau.trace.Diagnostic;
import dev.rideau.trace.OpenedTraces;
import dev.rideau.trace.PacketIndex;
import dev.rideau.trace.Projection;
import dev.rideau.trace.RecordBlock;
import dev.rideau.trace.Severity;
import dev.rideau.trace.TraceException;
import dev.rideau.trace.TraceReader;
import dev.rideau.trace.Traces;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.params.provider.MethodSource;

/// Whole small traces: the metadata is one of a few, the data stream files are the fuzzer's.
final class DataStreamFuzzTest {
  private static final List<TraceReader> READERS = List.of(new CtfTraceReader());

  private static final Path MEMORY = Path.of("/dev/shm");

  private static final List<Path> FOLDERS =
      Seeds.METADATA.stream().map(DataStreamFuzzTest::folder).toList();

  private static Path folder(String name) {
    try {
      // In memory where that is possible: writing many small files to a disk is slow.
      Path folder =
          Files.isWritable(MEMORY)
              ? Files.createTempDirectory(MEMORY, "rideau-fuzz")
              : Files.createTempDirectory("rideau-fuzz");
      Files.write(folder.resolve("metadata"), Seeds.metadata(name));
      folder.toFile().deleteOnExit();
      folder.resolve("metadata").toFile().deleteOnExit();
      folder.resolve("a").toFile().deleteOnExit();
      folder.resolve("b").toFile().deleteOnExit();
      return folder;
    } catch (IOException failure) {
      throw new UncheckedIOException(failure);
    }
  }

  static Stream<byte[]> seeds() {
    return Seeds.dataStreams().stream();
  }

  @MethodSource("seeds")
  @FuzzTest(maxExecutions = 3_000)
  void everyByteIsAccountedFor(byte[] input) throws IOException {
    if (input.length < 2) {
      return;
    }
    Path folder = FOLDERS.get((input[0] & 0xff) % FOLDERS.size());
    // The second byte says where the first file ends and another one begins, if there are two.
    int split = Math.min(input.length, 2 + 16 * (input[1] & 0xff));
    Files.write(folder.resolve("a"), Arrays.copyOfRange(input, 2, split));
    Files.write(folder.resolve("b"), Arrays.copyOfRange(input, split, input.length));
    Limits.within(() -> read(folder, input.length - 2));
  }

  private static void read(Path folder, long fileBytes) {
    List<Diagnostic> diagnostics = new ArrayList<>();
    try (OpenedTraces opened = Traces.open(List.of(folder), READERS, diagnostics::add)) {
      long packetBytes = 0;
      for (DataStream stream : opened.dataStreams()) {
        packetBytes += stream.packets().totalBytes();
        read(stream, diagnostics);
      }
      if (packetBytes < fileBytes && diagnostics.isEmpty()) {
        throw new AssertionError(
            "%d of %d bytes are in no packet, and nobody says why"
                .formatted(fileBytes - packetBytes, fileBytes));
      }
    } catch (TraceException refused) {
      if (refused.diagnostic().message().isEmpty()) {
        throw new AssertionError("refused without a reason", refused);
      }
    }
  }

  private static void read(DataStream stream, List<Diagnostic> diagnostics) {
    PacketIndex packets = stream.packets();
    int first = diagnostics.size();
    long[] ends = new long[packets.size()];
    try (BlockCursor cursor = stream.cursor(0, packets.size(), Projection.ALL, diagnostics::add)) {
      RecordBlock block = cursor.next();
      while (block != null) {
        if (block.size() < 1) {
          throw new AssertionError("an empty block");
        }
        long begin = block.offsetsBits()[0];
        long end = block.offsetsBits()[block.size()];
        long known = ends[block.packet()];
        if (known != 0 && known != begin) {
          throw new AssertionError("bits %d to %d are in no record".formatted(known, begin));
        }
        if (end <= begin) {
          throw new AssertionError("records without bits");
        }
        ends[block.packet()] = end;
        block = cursor.next();
      }
    }
    for (int i = 0; i < ends.length; i++) {
      int packet = i;
      long contentEnd = packets.offsetBytes(i) * 8 + packets.contentBits(i);
      boolean faulty =
          diagnostics.subList(first, diagnostics.size()).stream()
              .anyMatch(
                  each -> each.severity() == Severity.ERROR && each.origin().packet() == packet);
      if (ends[i] != 0 && ends[i] < contentEnd && !faulty) {
        throw new AssertionError(
            "packet %d: bits %d to %d are in no record, and nobody says why"
                .formatted(i, ends[i], contentEnd));
      }
    }
  }
}
