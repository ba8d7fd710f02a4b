package dev.rideau.ftrace;

import dev.rideau.ftrace.internal.open.TraceDatOpener;
import dev.rideau.trace.DiagnosticSink;
import java.nio.file.Path;
import java.util.Map;
import java.util.function.Function;

/// Makes traces of pages that were read from the kernel a moment ago. Thread-safe.
public final class LiveTraces {
  private final Function<Map<Integer, byte[]>, KernelTrace> opener;

  private LiveTraces(Function<Map<Integer, byte[]>, KernelTrace> opener) {
    this.opener = opener;
  }

  /// @param metadata a `trace.dat` that says what the pages will hold, as [TraceDatWriter#create]
  ///   writes it; not needed any more afterwards
  public static LiveTraces of(Path metadata, DiagnosticSink diagnostics) {
    return new LiveTraces(TraceDatOpener.live(metadata, diagnostics));
  }

  /// A trace of these pages, by CPU. The arrays belong to it.
  public KernelTrace open(Map<Integer, byte[]> pages) {
    return opener.apply(pages);
  }
}
