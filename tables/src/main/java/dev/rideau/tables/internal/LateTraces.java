package dev.rideau.tables.internal;

import dev.rideau.trace.DiagnosticSink;
import dev.rideau.trace.FoundTraces;
import dev.rideau.trace.OpenedTraces;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;

/// Traces that are opened when somebody asks for them: who finds all facts in the cache does
/// without, and reading the metadata takes as long as all the rest of a small question.
/// Thread-safe.
public final class LateTraces implements AutoCloseable {
  private final FoundTraces found;
  private final DiagnosticSink diagnostics;
  private final AtomicBoolean isQuiet = new AtomicBoolean(true);
  private @Nullable OpenedTraces opened;

  /// @param diagnostics receives what is unusual about the traces, when they are opened
  public LateTraces(FoundTraces found, DiagnosticSink diagnostics) {
    this.found = found;
    this.diagnostics = diagnostics;
  }

  /// Where the traces lie.
  public FoundTraces found() {
    return found;
  }

  /// The traces.
  ///
  /// @throws dev.rideau.trace.TraceException when none can be opened
  public synchronized OpenedTraces open() {
    OpenedTraces traces = opened;
    if (traces == null) {
      traces =
          found.open(diagnostic -> {
            isQuiet.set(false);
            diagnostics.report(diagnostic);
          });
      opened = traces;
    }
    return traces;
  }

  /// Whether opening them gave no diagnostics.
  public boolean areQuiet() {
    open();
    return isQuiet.get();
  }

  @Override
  public synchronized void close() {
    if (opened != null) {
      opened.close();
    }
  }
}
