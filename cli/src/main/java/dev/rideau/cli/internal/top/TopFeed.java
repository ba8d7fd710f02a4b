package dev.rideau.cli.internal.top;

import dev.rideau.trace.BlockCursor;
import dev.rideau.trace.BlockSource;
import dev.rideau.trace.DataStream;
import dev.rideau.trace.DiagnosticSink;
import dev.rideau.trace.Merger;
import dev.rideau.trace.RecordBlock;
import java.util.ArrayList;
import java.util.List;

/// Hands records of several streams to a tracker in the order of time.
public final class TopFeed {
  private TopFeed() {}

  /// Told when an interval ends.
  interface Intervals {
    /// @return whether to go on
    boolean ended(TopTracker.Interval interval);
  }

  /// Goes through all records once.
  ///
  /// @param stepNs length of an interval; 0 for one without end
  static void run(
      List<DataStream> streams,
      TopTracker tracker,
      long stepNs,
      Intervals intervals,
      DiagnosticSink diagnostics) {
    List<BlockCursor> cursors = new ArrayList<>();
    try {
      List<BlockSource<RecordBlock>> sources = new ArrayList<>();
      for (DataStream stream : streams) {
        BlockCursor cursor =
            stream.cursor(0, stream.packets().size(), TopFields.PROJECTION, diagnostics);
        cursors.add(cursor);
        sources.add(cursor::next);
      }
      Merger<RecordBlock> merger = new Merger<>(sources);
      long nextNs = Long.MIN_VALUE;
      while (merger.advance()) {
        RecordBlock block = merger.block();
        int at = merger.from();
        while (at < merger.to()) {
          if (stepNs > 0 && nextNs == Long.MIN_VALUE) {
            nextNs = block.timestampsNs()[at] + stepNs;
          }
          int end = at;
          while (end < merger.to() && (stepNs == 0 || block.timestampsNs()[end] < nextNs)) {
            end++;
          }
          tracker.take(block, at, end);
          at = end;
          if (at < merger.to()) {
            if (!intervals.ended(tracker.finish(nextNs))) {
              return;
            }
            nextNs += stepNs;
          }
        }
      }
    } finally {
      cursors.forEach(BlockCursor::close);
    }
  }
}
