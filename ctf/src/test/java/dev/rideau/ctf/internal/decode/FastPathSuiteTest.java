package dev.rideau.ctf.internal.decode;

import static org.assertj.core.api.Assertions.assertThat;

import dev.rideau.ctf.internal.metadata.MetadataReader;
import dev.rideau.trace.BlockCursor;
import dev.rideau.trace.Diagnostic;
import dev.rideau.trace.Projection;
import dev.rideau.trace.RecordBlock;
import dev.rideau.trace.TraceClass;
import dev.rideau.trace.testing.SharedData;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/// The compiled procedures deliver from the public conformance cases what the plain decoder
/// delivers: the same records with the same values, and faults at the same bits.
final class FastPathSuiteTest {

  @Test
  void openCasesOfCtf18() throws IOException {
    compareAll("ctf-1");
  }

  @Test
  void openCasesOfCtf2() throws IOException {
    compareAll("ctf-2");
  }

  private static void compareAll(String version) throws IOException {
    Path folder = SharedData.require("data/ctf-suite/data-stream/" + version);
    List<Path> cases;
    try (Stream<Path> files = Files.list(folder)) {
      cases = files.filter(Files::isDirectory).sorted().toList();
    }
    int compared = 0;
    int records = 0;
    List<String> wrong = new ArrayList<>();
    for (Path path : cases) {
      TraceClass traceClass = MetadataReader.read(path.resolve("metadata"), diagnostic -> {});
      byte[] bytes = Files.readAllBytes(path.resolve("stream"));
      IndexedBytes plain = IndexedBytes.of(traceClass, bytes);
      MemoryPackets stream = plain.stream();
      if (stream == null) {
        continue;
      }
      compared++;
      records += plain.records().size();
      List<Diagnostic> diagnostics = new ArrayList<>();
      List<FlatRecord> found = new ArrayList<>();
      StreamProcedures procedures =
          new StreamProcedures(traceClass, stream.dataStreamClass(), Projection.ALL);
      try (BlockCursor cursor =
          new CtfBlockCursor(
              stream, stream, procedures, 0, stream.packets().size(), diagnostics::add)) {
        for (RecordBlock block = cursor.next(); block != null; block = cursor.next()) {
          for (int i = 0; i < block.size(); i++) {
            found.add(FlatRecord.of(block, i));
          }
        }
      }
      List<Long> faults = new ArrayList<>();
      for (Diagnostic diagnostic : diagnostics) {
        if (!diagnostic.rule().equals("time-goes-back")) {
          faults.add(diagnostic.origin().offsetBits());
        }
      }
      if (!found.equals(plain.records()) || !faults.equals(plain.faults())) {
        wrong.add(
            "%s:%n plain %s %s%n fast  %s %s"
                .formatted(
                    path.getFileName(), plain.records(), plain.faults(), found, diagnostics));
      }
    }
    System.out.printf(
        "CTF data streams, %s: both decoders agree on %d records of %d cases%n",
        version, records, compared - wrong.size());
    assertThat(compared).isPositive();
    assertThat(wrong).isEmpty();
  }
}
