package dev.rideau.kernel.internal.span;

import dev.rideau.kernel.FactBatch;
import dev.rideau.kernel.NameTable;
import dev.rideau.trace.ClockClass;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;

/// Puts begins and ends together; owns all open spans and feeds the table `span`.
///
/// With a number in both, that number tells which end belongs to which begin, in whatever thread;
/// else the innermost open span of that name in the same thread ends (with the same text, where
/// both have one). An end without begin is a span that began before the recording.
final class SpanTracker {
  // What never ends must not fill the memory: deeper than this the oldest is given up.
  private static final int MOST_DEPTH = 1000;

  private record NumberKey(int trace, String name, long number) {}

  private final Supplier<FactBatch> rows;
  private final NameTable names;
  private final long recordingBeginNs;

  /// Threads that have open spans.
  private final Map<ThreadSpans.Key, ThreadSpans> threads = new HashMap<>();

  private final Map<NumberKey, OpenSpan> byNumber = new HashMap<>();
  private final List<OpenSpan> givenUp = new ArrayList<>();
  private long next;

  /// @param rows the batch for the next row
  /// @param beginNs begin of the recording
  SpanTracker(Supplier<FactBatch> rows, NameTable names, long beginNs) {
    this.rows = rows;
    this.names = names;
    recordingBeginNs = beginNs;
  }

  /// Takes a record.
  ///
  /// @param trace number of its trace
  /// @param stream stands for the thread where the record does not tell it
  void handle(SpanFields fields, int row, long ts, int trace, long stream, ClockClass clock) {
    ThreadSpans.Key key = thread(fields, row, trace, stream);
    ThreadSpans known = threads.get(key);
    ThreadSpans thread = known == null ? new ThreadSpans(key) : known;
    switch (fields.use.kind()) {
      case BEGIN -> begin(fields, row, ts, thread);
      case END -> end(fields, row, ts, thread);
      case WHOLE -> {
        long duration = Math.max(0, fields.duration(row));
        long begin = fields.hasBegin() ? clock.toNs(fields.begin(row)) : ts - duration;
        OpenSpan whole = new OpenSpan(next++, begin, fields, row, thread);
        write(whole, duration, 0, fields.tid(row));
      }
    }
  }

  private static ThreadSpans.Key thread(SpanFields fields, int row, int trace, long stream) {
    long java = fields.javaThread(row);
    if (java >= 0) {
      return new ThreadSpans.Key(trace, 'j', java);
    }
    long tid = fields.tid(row);
    return tid >= 0
        ? new ThreadSpans.Key(trace, 't', tid)
        : new ThreadSpans.Key(trace, 's', stream);
  }

  private void begin(SpanFields fields, int row, long ts, ThreadSpans thread) {
    OpenSpan begun = new OpenSpan(next++, ts, fields, row, thread);
    if (thread.open().size() >= MOST_DEPTH) {
      giveUp(thread.open().getFirst());
    }
    threads.putIfAbsent(thread.key(), thread);
    thread.open().add(begun);
    if (begun.number != null) {
      OpenSpan before =
          byNumber.put(new NumberKey(thread.key().trace(), begun.name, begun.number), begun);
      if (before != null) {
        leave(before);
        givenUp.add(before);
      }
    }
  }

  private void giveUp(OpenSpan open) {
    leave(open);
    if (open.number != null) {
      byNumber.remove(new NumberKey(open.thread.key().trace(), open.name, open.number), open);
    }
    givenUp.add(open);
  }

  private void leave(OpenSpan span) {
    List<OpenSpan> open = span.thread.open();
    open.remove(open.lastIndexOf(span));
    if (open.isEmpty()) {
      threads.remove(span.thread.key());
    }
  }

  private void end(SpanFields fields, int row, long ts, ThreadSpans thread) {
    String name = fields.use.name();
    OpenSpan open =
        fields.hasNumberKey()
            ? byNumber.remove(new NumberKey(thread.key().trace(), name, fields.numberKey(row)))
            : thread.innermost(name, fields.textKey(row));
    if (open == null) {
      ThreadSpans unknown = new ThreadSpans(thread.key());
      OpenSpan unseen = new OpenSpan(next++, recordingBeginNs, fields, row, unknown);
      write(unseen, Math.max(0, ts - recordingBeginNs), 1, fields.tid(row));
    } else {
      leave(open);
      write(open, ts - open.beginNs, 0, fields.tid(row));
    }
  }

  /// Ends what is open.
  void finish(long endNs) {
    List<OpenSpan> left = new ArrayList<>(givenUp);
    threads.values().forEach(thread -> left.addAll(thread.open()));
    left.sort(Comparator.comparingLong(open -> open.span));
    for (OpenSpan each : left) {
      write(each, Math.max(0, endNs - each.beginNs), 2, -1);
    }
  }

  private void write(OpenSpan open, long duration, int clipped, long endTid) {
    FactBatch row = rows.get();
    row.put(open.beginNs).put(duration).put(clipped);
    row.put(open.span).putOrNull(open.parent, -1).put(names.id(open.name));
    if (open.number == null) {
      row.putNull();
    } else {
      row.put(open.number);
    }
    row.putText(open.detail);
    row.putOrNull(open.pid, -1).putOrNull(open.tid, -1).putOrNull(endTid, -1);
    row.putOrNull(open.javaThread, -1);
    if (open.threadName == null) {
      row.putNull();
    } else {
      row.put(names.id(open.threadName));
    }
    row.end();
  }
}
