package dev.rideau.tables.internal.store;

import dev.rideau.kernel.FactSink;
import dev.rideau.kernel.FactTable;
import dev.rideau.kernel.KernelExtraction;
import dev.rideau.trace.OpenedTraces;
import java.util.List;
import java.util.Set;
import java.util.function.LongConsumer;

/// A machine whose facts can be extracted.
public interface Machine {
  /// Its name; empty when the trace does not tell.
  String host();

  /// Number of bytes that an extraction reads.
  long sizeBytes();

  /// Hands all rows of the wanted tables to the sink, see [KernelExtraction#run].
  void run(Set<FactTable> wanted, int threads, FactSink sink, LongConsumer progress)
      throws InterruptedException;

  /// The machines of traces.
  static List<Machine> of(OpenedTraces traces) {
    return KernelExtraction.of(traces).stream().map(Machine::of).toList();
  }

  private static Machine of(KernelExtraction extraction) {
    return new Machine() {
      @Override
      public String host() {
        return extraction.host();
      }

      @Override
      public long sizeBytes() {
        return extraction.sizeBytes();
      }

      @Override
      public void run(Set<FactTable> wanted, int threads, FactSink sink, LongConsumer progress)
          throws InterruptedException {
        extraction.run(wanted, threads, sink, progress);
      }
    };
  }
}
