package dev.rideau.trace;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;

/// Reads traces of one format. Implementations are found through [java.util.ServiceLoader].
public interface TraceReader {

  /// The name of the format, for messages: `CTF`.
  String format();

  /// Whether a file or folder (not what lies below it) looks like a trace of this format. Looks at
  /// names and first bytes, has no side effects, and never throws for what it finds.
  boolean probe(Path path);

  /// Opens the traces at these places, each of which [#probe(Path)] accepted. Parts of one trace
  /// that lie at several places (chunks of a recording session) become one [Trace].
  ///
  /// A trace that cannot be opened is left out and reported as an error, as long as another one can
  /// be opened.
  ///
  /// @param diagnostics receives what is unusual but does not stop the reader
  /// @throws TraceException when no trace can be opened, for the reason of the first; the reasons
  ///   of the others are reported
  List<Trace> open(List<TraceInput> inputs, DiagnosticSink diagnostics);

  /// What [#open] does in formats of which each place is a trace of its own.
  ///
  /// @param opener opens one of them
  static List<Trace> openEach(
      List<TraceInput> inputs, Function<TraceInput, Trace> opener, DiagnosticSink diagnostics) {
    List<Trace> traces = new ArrayList<>();
    TraceException first = null;
    for (TraceInput input : inputs) {
      try {
        traces.add(opener.apply(input));
      } catch (TraceException failure) {
        if (first == null) {
          first = failure;
        } else {
          diagnostics.report(failure.diagnostic());
        }
      }
    }
    if (first != null) {
      if (traces.isEmpty()) {
        throw first;
      }
      diagnostics.report(first.diagnostic());
    }
    return traces;
  }
}
