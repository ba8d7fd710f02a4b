package dev.rideau.server.internal.api;

import dev.rideau.reports.ReportRunner.TimeRange;
import dev.rideau.server.internal.http.HttpFailure;
import dev.rideau.server.internal.http.Json;
import dev.rideau.server.internal.http.Request;
import dev.rideau.server.internal.view.OpenTrace;
import dev.rideau.server.internal.view.Window;

/// Times as the page has them: nanoseconds since the begin of the recording.
///
/// @param span the recording, absolute
record Times(TimeRange span) {
  static Times of(OpenTrace trace) {
    return new Times(trace.span());
  }

  long absolute(long ns) {
    // Far beyond any recording, but nothing overflows.
    return span.beginNs() + Math.clamp(ns, -(1L << 60), 1L << 60);
  }

  long relative(long ns) {
    return ns - span.beginNs();
  }

  /// `begin` and `end` of a query; the whole recording where they are missing.
  TimeRange range(Request request) {
    long begin = absolute(request.number("begin", 0));
    long end = absolute(request.number("end", span.durationNs()));
    if (end < begin) {
      throw HttpFailure.bad("'end' must not be before 'begin'");
    }
    return new TimeRange(begin, end);
  }

  /// The same with a number of equal parts.
  Window window(Request request, String parts, int otherwise) {
    TimeRange range = range(request);
    return new Window(
        range.beginNs(),
        Math.max(range.endNs(), range.beginNs() + 1),
        request.number(parts, otherwise, 1, Window.MOST_PIXELS));
  }

  /// `begin`, `end` and `pixels` of a body.
  Window window(Json body) {
    return new Window(
        absolute(body.member("begin").number()),
        absolute(body.member("end").number()),
        body.member("pixels").number(1, Window.MOST_PIXELS));
  }
}
