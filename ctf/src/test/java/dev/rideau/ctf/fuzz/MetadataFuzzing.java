package dev.rideau.ctf.fuzz;

import dev.rideau.ctf.internal.metadata.MetadataReader;
import dev.rideau.trace.Diagnostic;
import dev.rideau.trace.TraceClass;
import dev.rideau.trace.TraceException;
import java.nio.file.Path;

/// What the fuzz tests of metadata have in common.
final class MetadataFuzzing {
  private static final Path FILE = Path.of("metadata");

  private MetadataFuzzing() {}

  /// Reads metadata: it means something, or is refused with a diagnostic that helps.
  static void read(byte[] metadata) {
    Limits.within(() -> {
      try {
        TraceClass traceClass = MetadataReader.parse(metadata, FILE, MetadataFuzzing::check);
        if (traceClass.dataStreamClasses().stream()
            .anyMatch(stream -> !stream.equals(traceClass.dataStreamClass(stream.id())))) {
          throw new AssertionError("two data stream classes have the same id");
        }
      } catch (TraceException refused) {
        check(refused.diagnostic());
      }
    });
  }

  private static void check(Diagnostic diagnostic) {
    if (diagnostic.rule().isEmpty()
        || diagnostic.message().isEmpty()
        || !FILE.equals(diagnostic.origin().file())) {
      throw new AssertionError("a diagnostic that does not help: " + diagnostic);
    }
  }
}
