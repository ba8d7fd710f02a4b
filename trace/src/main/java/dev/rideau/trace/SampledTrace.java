package dev.rideau.trace;

import java.util.List;

/// A trace with samples that tell where a program was.
public interface SampledTrace extends Trace {
  /// Receives samples. Used by one thread.
  @FunctionalInterface
  interface SampleSink {
    /// Takes a sample.
    ///
    /// @param cpu where it was taken, -1 when that is not known
    /// @param pid process id, -1 when it is not known
    /// @param tid the kernel's id of the thread, -1 when it is not known
    /// @param comm name of the thread; empty when it is not known
    /// @param period how much of what is counted the sample stands for
    /// @param frames innermost first; only good for the call
    void take(
        long timestampNs,
        EventClass eventClass,
        int cpu,
        int pid,
        int tid,
        String comm,
        long period,
        List<StackFrame> frames);
  }

  /// Hands all samples with a call chain, or at least an address, to a sink: stream after stream,
  /// in each in the order of time.
  void readSamples(SampleSink sink, DiagnosticSink diagnostics);
}
