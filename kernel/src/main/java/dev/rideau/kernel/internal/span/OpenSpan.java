package dev.rideau.kernel.internal.span;

import org.jspecify.annotations.Nullable;

/// A span that has begun. Equal only to itself.
final class OpenSpan {
  /// Its id.
  final long span;

  /// Id of the span around it, -1 for none.
  final long parent;

  final long beginNs;
  final String name;

  /// Number by which its end will be known; null when there is none.
  final @Nullable Long number;

  /// The same when it is a text.
  final @Nullable String text;

  final @Nullable String detail;
  final long pid;
  final long tid;
  final long javaThread;
  final @Nullable String threadName;

  /// The thread in which it began.
  final ThreadSpans thread;

  /// Takes what the record in a row tells.
  OpenSpan(long span, long beginNs, SpanFields fields, int row, ThreadSpans thread) {
    this.span = span;
    this.beginNs = beginNs;
    this.thread = thread;
    OpenSpan around = thread.innermost();
    parent = around == null ? -1 : around.span;
    name = fields.use.name();
    number = fields.hasNumberKey() ? fields.numberKey(row) : null;
    text = fields.textKey(row);
    detail = fields.detail(row);
    pid = fields.pid(row);
    tid = fields.tid(row);
    javaThread = fields.javaThread(row);
    threadName = fields.threadName(row);
  }
}
