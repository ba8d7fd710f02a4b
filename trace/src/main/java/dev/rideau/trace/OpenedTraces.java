package dev.rideau.trace;

import java.util.ArrayList;
import java.util.List;

/// The traces that were found at the paths a user named. Closing it closes them.
public final class OpenedTraces implements AutoCloseable {
  private final List<Trace> traces;
  private final List<DataStream> dataStreams;

  OpenedTraces(List<Trace> opened) {
    traces = opened.stream().sorted(StreamOrder.TRACES).toList();
    List<DataStream> streams = new ArrayList<>();
    for (Trace trace : traces) {
      streams.addAll(trace.dataStreams());
    }
    streams.sort(StreamOrder.STREAMS);
    dataStreams = List.copyOf(streams);
  }

  /// The traces, in the order of [StreamOrder#TRACES].
  public List<Trace> traces() {
    return traces;
  }

  /// The data streams of all traces, in the order of [StreamOrder#STREAMS]: a [Merger] over sources
  /// in this order breaks ties as it should.
  public List<DataStream> dataStreams() {
    return dataStreams;
  }

  @Override
  public void close() {
    traces.forEach(Trace::close);
  }
}
