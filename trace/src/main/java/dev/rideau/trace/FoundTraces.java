package dev.rideau.trace;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// Where traces lie that a user named. Nothing of them was read but what tells their format.
public final class FoundTraces {
  private final Map<TraceReader, List<TraceInput>> found;

  FoundTraces(Map<TraceReader, List<TraceInput>> found) {
    this.found = new LinkedHashMap<>(found);
  }

  /// The places, by path.
  public List<TraceInput> inputs() {
    return found.values().stream()
        .flatMap(List::stream)
        .sorted((left, right) -> left.path().compareTo(right.path()))
        .toList();
  }

  /// Opens the traces.
  ///
  /// @param diagnostics receives what is unusual but does not stop the readers
  /// @throws TraceException when none can be opened
  public OpenedTraces open(DiagnosticSink diagnostics) {
    List<Trace> traces = new ArrayList<>();
    TraceException failure = null;
    for (Map.Entry<TraceReader, List<TraceInput>> entry : found.entrySet()) {
      try {
        traces.addAll(entry.getKey().open(entry.getValue(), diagnostics));
      } catch (TraceException thrown) {
        if (failure != null) {
          diagnostics.report(thrown.diagnostic());
        } else {
          failure = thrown;
        }
      } catch (RuntimeException | Error thrown) {
        traces.forEach(Trace::close);
        throw thrown;
      }
    }
    if (failure != null) {
      if (traces.isEmpty()) {
        throw failure;
      }
      diagnostics.report(failure.diagnostic());
    }
    return new OpenedTraces(traces);
  }
}
