package dev.rideau.ctf.internal.open;

import static org.assertj.core.api.Assertions.assertThat;

import dev.rideau.ctf.internal.metadata.MetadataReader;
import dev.rideau.trace.Diagnostic;
import dev.rideau.trace.TraceClass;
import dev.rideau.trace.testing.TestFolders;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Tag;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;
import net.jqwik.api.lifecycle.AfterContainer;
import net.jqwik.api.lifecycle.BeforeContainer;
import org.jspecify.annotations.Nullable;

/// However a data stream file or its index is damaged, the packets found lie one after the other in
/// the file, and if they are fewer or other ones there is a diagnostic.
@Tag("slow")
final class DamagedFilesTest {
  private static final int PACKETS = 5;

  private static @Nullable Path folder;
  private static @Nullable Path file;
  private static byte[] good = new byte[0];
  private static byte[] goodIndex = new byte[0];

  private static final TraceClass TRACE_CLASS =
      MetadataReader.parse(
          new TinyMetadata(Map.of()).text().getBytes(StandardCharsets.UTF_8), null, _ -> {});

  @BeforeContainer
  static void write() throws IOException {
    Path made = Files.createTempDirectory("rideau-damaged");
    TinyTrace tiny = new TinyTrace(made);
    tiny.run("metadata .");
    tiny.run("file s");
    for (int i = 0; i < PACKETS; i++) {
      tiny.run(
          "packet begin=%d end=%d seq=%d bytes=%d ticks=%d"
              .formatted(i * 10, i * 10 + 9, i, 60 + i, i * 10 + 5));
    }
    tiny.run("index 1");
    folder = made;
    file = made.resolve("s");
    good = Files.readAllBytes(file());
    goodIndex = Files.readAllBytes(index());
  }

  @AfterContainer
  static void delete() throws IOException {
    Path made = folder;
    if (made != null) {
      TestFolders.delete(made);
    }
  }

  private static Path file() {
    Path path = file;
    if (path == null) {
      throw new IllegalStateException("not written yet");
    }
    return path;
  }

  private static Path index() {
    return LttngIndexFile.pathFor(file());
  }

  @Property(tries = 400)
  void damagedStream(
      @ForAll @Size(max = 4) List<@IntRange(max = 399) Integer> places,
      @ForAll byte with,
      @ForAll @IntRange(max = 400) int length)
      throws IOException {
    byte[] bytes = Arrays.copyOf(good, Math.min(length, good.length));
    for (int place : places) {
      if (place < bytes.length) {
        bytes[place] ^= with;
      }
    }
    Files.write(file(), bytes);
    Files.deleteIfExists(index());
    DataFile indexed = DataFileIndexer.index(file(), TRACE_CLASS);
    assertSound(indexed, bytes.length);
    if (indexed.packets().size < PACKETS) {
      assertThat(
              bytes.length == 0 || isBoundary(indexed, bytes.length) || !found(indexed).isEmpty())
          .isTrue();
    }
  }

  @Property(tries = 400)
  void damagedIndex(
      @ForAll @Size(max = 3) List<@IntRange(max = 375) Integer> places,
      @ForAll byte with,
      @ForAll @IntRange(max = 400) int length)
      throws IOException {
    byte[] bytes = Arrays.copyOf(goodIndex, Math.min(length, goodIndex.length));
    for (int place : places) {
      if (place < bytes.length) {
        bytes[place] ^= with;
      }
    }
    Files.write(file(), good);
    Files.write(index(), bytes);
    DataFile indexed = DataFileIndexer.index(file(), TRACE_CLASS);
    assertSound(indexed, good.length);
    assertThat(indexed.packets().size).isEqualTo(PACKETS);
  }

  private static void assertSound(DataFile indexed, int fileBytes) {
    PacketTable packets = indexed.packets();
    long end = 0;
    for (int row = 0; row < packets.size; row++) {
      assertThat(packets.offsetsBytes[row]).isGreaterThanOrEqualTo(end);
      assertThat(packets.totalBits[row]).isPositive();
      assertThat(packets.contentBits[row]).isBetween(0L, packets.totalBits[row]);
      end = packets.offsetsBytes[row] + packets.totalBits[row] / 8;
    }
    assertThat(end).isLessThanOrEqualTo(fileBytes);
  }

  private static boolean isBoundary(DataFile indexed, int fileBytes) {
    PacketTable packets = indexed.packets();
    int last = packets.size - 1;
    return last >= 0 && packets.offsetsBytes[last] + packets.totalBits[last] / 8 == fileBytes;
  }

  private static List<Diagnostic> found(DataFile indexed) {
    List<Diagnostic> diagnostics = new ArrayList<>();
    indexed.diagnostics().replay(diagnostics::add);
    return diagnostics;
  }
}
