package dev.rideau.cli.internal.stat;

import dev.rideau.trace.Loss;
import dev.rideau.trace.Trace;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/// What `stat` tells about a trace.
///
/// @param streams in the order of [dev.rideau.trace.StreamOrder]
/// @param eventClasses those with records, in the order of the report
/// @param eventClassCount how many event classes the metadata describes
/// @param losses what is missing in the time asked about, in the order of streams and packets
public record TraceStatistics(
    Trace trace,
    List<StreamStatistics> streams,
    List<EventClassStatistics> eventClasses,
    int eventClassCount,
    List<Loss> losses) {

  public TraceStatistics {
    streams = List.copyOf(streams);
    eventClasses = List.copyOf(eventClasses);
    losses = List.copyOf(losses);
  }

  /// Event records in all streams.
  public long records() {
    long sum = 0;
    for (StreamStatistics stream : streams) {
      sum += stream.records();
    }
    return sum;
  }

  /// Packets of all streams.
  public long packets() {
    long sum = 0;
    for (StreamStatistics stream : streams) {
      sum += stream.stream().packets().size();
    }
    return sum;
  }

  /// Bytes of all packets.
  public long bytes() {
    long sum = 0;
    for (StreamStatistics stream : streams) {
      sum += stream.stream().packets().totalBytes();
    }
    return sum;
  }

  /// Files of all streams.
  public long files() {
    Set<Path> files = new HashSet<>();
    for (StreamStatistics stream : streams) {
      files.addAll(stream.stream().packets().files());
    }
    return files.size();
  }

  /// When its records are.
  public TimeSpan span() {
    TimeSpan span = TimeSpan.NONE;
    for (StreamStatistics stream : streams) {
      span = span.with(stream.span());
    }
    return span;
  }

  /// How many event records or packets are known to be missing, unsigned; without the losses whose
  /// number is unknown.
  public long lost(Loss.Kind kind) {
    long sum = 0;
    for (Loss loss : losses) {
      if (loss.kind() == kind && loss.count() != Loss.UNKNOWN_COUNT) {
        long next = sum + loss.count();
        // A counter that goes back looks like a huge loss: stay at the greatest number.
        sum = Long.compareUnsigned(next, sum) < 0 ? -1 : next;
      }
    }
    return sum;
  }
}
