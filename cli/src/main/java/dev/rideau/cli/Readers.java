package dev.rideau.cli;

import dev.rideau.ctf.CtfTraceReader;
import dev.rideau.ftrace.FtraceReader;
import dev.rideau.perf.PerfTraceReader;
import dev.rideau.trace.TraceReader;
import java.util.List;

/// Every reader of traces that the commands use.
///
/// The same as those that [java.util.ServiceLoader] finds, which opens every jar for it at each
/// start.
final class Readers {
  /// Of several that accept a path the first wins.
  static final List<TraceReader> ALL =
      List.of(new CtfTraceReader(), new FtraceReader(), new PerfTraceReader());

  private Readers() {}
}
