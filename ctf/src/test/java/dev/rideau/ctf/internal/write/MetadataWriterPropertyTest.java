package dev.rideau.ctf.internal.write;

import static org.assertj.core.api.Assertions.assertThat;

import dev.rideau.ctf.CtfFormat;
import dev.rideau.ctf.internal.metadata.MetadataReader;
import dev.rideau.ctf.testing.RandomTraces;
import dev.rideau.trace.Diagnostic;
import dev.rideau.trace.TraceClass;
import dev.rideau.trace.TraceException;
import java.nio.charset.StandardCharsets;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Tag;

/// Metadata that is written and read again says the same.
@Tag("slow")
final class MetadataWriterPropertyTest {
  @Property(tries = 100)
  void readersGetTheTraceClassBack(@ForAll long seed, @ForAll CtfFormat format) {
    TraceClass traceClass = RandomTraces.traceClass(format, seed);
    TracePlan plan = TracePlan.of(traceClass, format, false, MetadataWriterPropertyTest::refuse);
    assertThat(plan.target()).isEqualTo(traceClass);
    byte[] metadata =
        switch (format) {
          case CTF_1_8 -> TsdlWriter.write(plan.target()).getBytes(StandardCharsets.UTF_8);
          case CTF_2 -> JsonMetadataWriter.write(plan.target(), plan.uuid());
        };
    TraceClass read;
    try {
      read = MetadataReader.parse(metadata, null, MetadataWriterPropertyTest::refuse);
    } catch (TraceException failure) {
      throw new AssertionError(new String(metadata, StandardCharsets.UTF_8), failure);
    }
    assertThat(read).as(() -> new String(metadata, StandardCharsets.UTF_8)).isEqualTo(traceClass);
  }

  private static void refuse(Diagnostic diagnostic) {
    throw new AssertionError(diagnostic.toString());
  }
}
