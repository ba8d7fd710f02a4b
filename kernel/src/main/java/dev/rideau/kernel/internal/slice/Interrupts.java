package dev.rideau.kernel.internal.slice;

import dev.rideau.trace.Diagnostic;
import java.util.concurrent.CancellationException;

/// What those do whose thread is interrupted. They can read no file any more, so that all packets
/// look damaged: what they would find is wrong, and takes long to find.
final class Interrupts {
  private Interrupts() {}

  /// Ends who can say so.
  static void check() throws InterruptedException {
    if (Thread.interrupted()) {
      throw new InterruptedException();
    }
  }

  /// Takes a diagnostic, and ends who reads for nothing.
  static void endReading(Diagnostic diagnostic) {
    endReading(Thread.currentThread());
  }

  /// Ends who reads for a thread that is interrupted.
  static void endReading(Thread asker) {
    if (asker.isInterrupted()) {
      throw new CancellationException("interrupted");
    }
  }
}
