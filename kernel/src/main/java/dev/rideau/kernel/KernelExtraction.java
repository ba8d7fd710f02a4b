package dev.rideau.kernel;

import dev.rideau.kernel.internal.layout.TracerLayouts;
import dev.rideau.kernel.internal.slice.Extraction;
import dev.rideau.kernel.internal.slice.KernelStreams;
import dev.rideau.kernel.internal.slice.RecordingBegin;
import dev.rideau.kernel.internal.slice.SlicePlan;
import dev.rideau.trace.DataStream;
import dev.rideau.trace.OpenedTraces;
import dev.rideau.trace.Trace;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CancellationException;
import java.util.function.LongConsumer;

/// Makes facts of the kernel traces of one machine.
public final class KernelExtraction {
  /// Bits of our ids that count threads and processes of one machine.
  private static final int ID_BITS = 32;

  private final String host;
  private final int ordinal;
  private final List<DataStream> streams;

  private KernelExtraction(String host, int ordinal, List<DataStream> streams) {
    this.host = host;
    this.ordinal = ordinal;
    this.streams = List.copyOf(streams);
  }

  /// The machines whose kernel was traced, in the order of the traces. Traces of no kernel are in
  /// the last of them, or alone in one when there is no kernel trace at all, so that their losses,
  /// diagnostics and event classes are told.
  public static List<KernelExtraction> of(OpenedTraces traces) {
    return of(traces.dataStreams());
  }

  /// The same for data streams in the order that breaks ties.
  static List<KernelExtraction> of(List<DataStream> dataStreams) {
    LinkedHashMap<String, List<DataStream>> byHost = new LinkedHashMap<>();
    Set<Trace> traces = new LinkedHashSet<>();
    dataStreams.forEach(stream -> traces.add(stream.trace()));
    for (Trace trace : traces) {
      if (TracerLayouts.isKernel(trace)) {
        byHost.computeIfAbsent(hostOf(trace), _ -> new ArrayList<>());
      }
    }
    if (byHost.isEmpty()) {
      byHost.put(traces.isEmpty() ? "" : hostOf(traces.iterator().next()), new ArrayList<>());
    }
    List<DataStream> last = byHost.sequencedValues().getLast();
    for (DataStream stream : dataStreams) {
      boolean isKernel = TracerLayouts.isKernel(stream.trace());
      List<DataStream> ofHost = isKernel ? byHost.getOrDefault(hostOf(stream.trace()), last) : last;
      ofHost.add(stream);
    }
    List<KernelExtraction> machines = new ArrayList<>();
    byHost.forEach(
        (host, streams) -> machines.add(new KernelExtraction(host, machines.size(), streams)));
    return machines;
  }

  private static String hostOf(Trace trace) {
    String host = trace.traceClass().environment().text("hostname");
    return host == null ? "" : host;
  }

  /// Name of the machine; empty when the trace does not tell.
  public String host() {
    return host;
  }

  /// When the recording begins, absolute, as its facts will tell; 0 when it is empty. Reads the
  /// first records of each stream.
  public long beginNs() {
    return RecordingBegin.of(new KernelStreams(streams));
  }

  /// Number of bytes that will be read, for progress.
  public long sizeBytes() {
    return streams.stream().mapToLong(stream -> stream.packets().totalBytes()).sum();
  }

  /// Reads all records and hands the rows of the wanted tables to `sink`, on `threads` threads (at
  /// least 1). Returns when all of them were accepted.
  ///
  /// @param progress is told from time to time how many more bytes were read, by any thread
  public void run(Set<FactTable> wanted, int threads, FactSink sink, LongConsumer progress)
      throws InterruptedException {
    KernelStreams kernel = new KernelStreams(streams);
    run(wanted, threads, SlicePlan.of(kernel.tracked(), threads), sink, progress);
  }

  void run(Set<FactTable> wanted, int threads, SlicePlan plan, FactSink sink, LongConsumer progress)
      throws InterruptedException {
    if (threads < 1) {
      throw new IllegalArgumentException("cannot run on " + threads + " threads");
    }
    KernelStreams kernel = new KernelStreams(streams);
    try {
      new Extraction(kernel, wanted, sink, progress, (long) ordinal << ID_BITS).run(threads, plan);
    } catch (CancellationException ended) {
      // Somebody noticed the interrupt where only this could be thrown.
      InterruptedException interrupted = new InterruptedException();
      interrupted.initCause(ended);
      Thread.interrupted();
      throw interrupted;
    }
  }
}
