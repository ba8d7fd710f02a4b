package dev.rideau.ctf.internal.metadata.tsdl;

import static org.assertj.core.api.Assertions.assertThat;

import dev.rideau.ctf.internal.metadata.MetadataReader;
import dev.rideau.ctf.internal.metadata.Strictness;
import dev.rideau.ctf.internal.write.TsdlWriter;
import dev.rideau.trace.TraceClass;
import dev.rideau.trace.testing.SharedData;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.api.Test;

/// What the writer writes, the reader reads as the same trace class.
final class TsdlRoundTripTest {

  @Property(tries = 300)
  void randomTraceClassesComeBack(@ForAll long seed) {
    TraceClass traceClass = RandomTraceClass.of(new Random(seed));
    String text = TsdlWriter.write(traceClass);
    TraceClass again = TsdlReader.parse(text, null, diagnostic -> {}, Strictness.STRICT);
    assertThat(ModelText.of(again)).isEqualTo(ModelText.of(traceClass));
    assertThat(again).isEqualTo(traceClass);
  }

  @Test
  void metadataOfRealTracesComesBack() throws IOException {
    for (String folder : List.of("babeltrace/traces/succeed", "lttng-kernel")) {
      try (Stream<Path> files = Files.walk(SharedData.require("data/" + folder))) {
        for (Path file : files.filter(each -> each.endsWith("metadata")).sorted().toList()) {
          TraceClass traceClass = MetadataReader.read(file, diagnostic -> {});
          String text = TsdlWriter.write(traceClass);
          TraceClass again = TsdlReader.parse(text, null, diagnostic -> {}, Strictness.STRICT);
          assertThat(again).as(file.toString()).isEqualTo(traceClass);
        }
      }
    }
  }
}
