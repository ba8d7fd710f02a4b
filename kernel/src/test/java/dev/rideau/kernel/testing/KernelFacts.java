package dev.rideau.kernel.testing;

import dev.rideau.kernel.KernelExtraction;
import dev.rideau.trace.OpenedTraces;
import dev.rideau.trace.Traces;
import java.nio.file.Path;
import java.util.List;

/// Opens traces of [TraceNotation] and of files for tests.
public final class KernelFacts {
  private KernelFacts() {}

  /// A trace written in the notation, as if opened from a file.
  public static OpenedTraces open(String notation) {
    return Traces.open(
        List.of(Path.of("").toAbsolutePath()), List.of(new NotationReader(notation)), _ -> {});
  }

  /// The machine of a trace written in the notation.
  public static KernelExtraction of(String notation) {
    return KernelExtraction.of(open(notation)).getFirst();
  }
}
