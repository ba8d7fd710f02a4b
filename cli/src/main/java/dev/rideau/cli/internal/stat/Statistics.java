package dev.rideau.cli.internal.stat;

import dev.rideau.cli.internal.LossLines;
import dev.rideau.cli.internal.Progress;
import dev.rideau.cli.internal.Selection;
import dev.rideau.trace.DataStream;
import dev.rideau.trace.DataStreamClass;
import dev.rideau.trace.Diagnostic;
import dev.rideau.trace.EventClass;
import dev.rideau.trace.Loss;
import dev.rideau.trace.OpenedTraces;
import dev.rideau.trace.Trace;
import java.util.ArrayList;
import java.util.List;

/// What `stat` tells about some traces.
///
/// @param traces in the order of [dev.rideau.trace.StreamOrder]
/// @param diagnostics what was found wrong while decoding, in the order of streams and packets
/// @param furtherDiagnostics how many more were found
/// @param errors how many of all these are errors
public record Statistics(
    List<TraceStatistics> traces,
    List<Diagnostic> diagnostics,
    long furtherDiagnostics,
    long errors) {

  public Statistics {
    traces = List.copyOf(traces);
    diagnostics = List.copyOf(diagnostics);
  }

  /// Decodes and counts.
  ///
  /// @param selection which records to count
  /// @param threads most threads to use
  public static Statistics of(
      OpenedTraces traces, Selection selection, SortKey sort, int threads, Progress progress) {
    List<DataStream> streams = traces.dataStreams();
    RecordCounter counter = new RecordCounter(streams, selection, progress);
    RecordCounts counts = counter.count(threads);
    List<TraceStatistics> all = new ArrayList<>();
    for (Trace trace : traces.traces()) {
      all.add(of(trace, streams, counts, selection, sort));
    }
    OrderedDiagnostics found = counter.diagnostics();
    return new Statistics(all, found.diagnostics(), found.dropped(), found.errors());
  }

  private static TraceStatistics of(
      Trace trace,
      List<DataStream> streams,
      RecordCounts counts,
      Selection selection,
      SortKey sort) {
    List<StreamStatistics> ofStreams = new ArrayList<>();
    List<EventClassStatistics> ofClasses = new ArrayList<>();
    List<Loss> losses = new ArrayList<>();
    boolean[] seen = new boolean[trace.traceClass().dataStreamClasses().size()];
    for (int i = 0; i < streams.size(); i++) {
      DataStream stream = streams.get(i);
      if (!stream.trace().equals(trace)) {
        continue;
      }
      ofStreams.add(new StreamStatistics(stream, counts.records(i), span(stream, counts, i)));
      for (Loss loss : stream.losses()) {
        Loss part = LossLines.within(loss, selection.beginNs(), selection.endNs());
        if (part != null) {
          losses.add(part);
        }
      }
      DataStreamClass streamClass = stream.dataStreamClass();
      if (!seen[streamClass.ordinal()]) {
        seen[streamClass.ordinal()] = true;
        addClasses(ofClasses, streamClass, counts, i);
      }
    }
    ofClasses.sort(sort::compare);
    int classes = 0;
    for (DataStreamClass streamClass : trace.traceClass().dataStreamClasses()) {
      classes += streamClass.eventClasses().size();
    }
    return new TraceStatistics(trace, ofStreams, ofClasses, classes, losses);
  }

  private static void addClasses(
      List<EventClassStatistics> to, DataStreamClass streamClass, RecordCounts counts, int stream) {
    for (EventClass eventClass : streamClass.eventClasses()) {
      long records = counts.classRecords(stream, eventClass.ordinal());
      if (records > 0) {
        long bits = counts.classBits(stream, eventClass.ordinal());
        to.add(new EventClassStatistics(streamClass, eventClass, records, bits));
      }
    }
  }

  private static TimeSpan span(DataStream stream, RecordCounts counts, int index) {
    return stream.dataStreamClass().defaultClock() == null
        ? TimeSpan.NONE
        : new TimeSpan(counts.firstNs(index), counts.lastNs(index));
  }
}
