package dev.rideau.ctf.internal.metadata;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.rideau.trace.TraceException;
import dev.rideau.trace.testing.SharedData;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/// The public conformance cases for metadata files that consist of packets.
final class PacketisedMetadataSuiteTest {

  @Test
  void openCasesBehaveAsTheirNamesSay() throws IOException {
    Path folder = SharedData.require("data/ctf-suite/metadata-stream");
    List<Path> cases;
    try (Stream<Path> files = Files.list(folder)) {
      cases = files.sorted().toList();
    }
    assertThat(cases).isNotEmpty();
    for (Path path : cases) {
      String name = String.valueOf(path.getFileName());
      byte[] bytes = Files.readAllBytes(path);
      if (name.startsWith("fail-")) {
        TraceException refusal =
            catchThrowableOfType(
                TraceException.class, () -> PacketisedMetadata.unwrap(bytes, path));
        assertThat(refusal).as(name).isNotNull();
        assertThat(refusal.diagnostic().origin().file()).isEqualTo(path);
        assertThat(refusal.diagnostic().origin().offsetBits())
            .as(name)
            .isBetween(0L, bytes.length * 8L);
      } else if (PacketisedMetadata.recognises(bytes)) {
        PacketisedMetadata unwrapped = PacketisedMetadata.unwrap(bytes, path);
        assertThat(new String(unwrapped.text(), StandardCharsets.US_ASCII))
            .as(name)
            .doesNotContain("\0");
        if (name.equals("pass-23-pkts")) {
          assertThat(unwrapped.packetCount()).isEqualTo(23);
        }
      } else {
        assertThat(name).isEqualTo("pass-text");
      }
    }
  }
}
