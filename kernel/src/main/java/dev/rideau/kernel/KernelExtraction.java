package dev.rideau.kernel;

import dev.rideau.trace.OpenedTraces;
import java.util.List;
import java.util.Set;
import java.util.function.LongConsumer;

/// Makes facts of the kernel traces of one machine.
public final class KernelExtraction {
  private KernelExtraction() {}

  /// The machines whose kernel was traced, in the order of the traces. Traces of no kernel are in
  /// the last of them, or alone in one when there is no kernel trace at all, so that their losses,
  /// diagnostics and event classes are told.
  public static List<KernelExtraction> of(OpenedTraces traces) {
    throw new UnsupportedOperationException();
  }

  /// Name of the machine; empty when the trace does not tell.
  public String host() {
    throw new UnsupportedOperationException();
  }

  /// Number of bytes that will be read, for progress.
  public long sizeBytes() {
    throw new UnsupportedOperationException();
  }

  /// Reads all records and hands the rows of the wanted tables to `sink`, on `threads` threads (at
  /// least 1). Returns when all of them were accepted.
  ///
  /// @param progress is told from time to time how many more bytes were read, by any thread
  public void run(Set<FactTable> wanted, int threads, FactSink sink, LongConsumer progress)
      throws InterruptedException {
    throw new UnsupportedOperationException();
  }
}
