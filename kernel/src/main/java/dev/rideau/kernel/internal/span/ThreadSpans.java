package dev.rideau.kernel.internal.span;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// The open spans of one thread, innermost last.
///
/// @param key of the thread
record ThreadSpans(Key key, List<OpenSpan> open) {
  /// A thread of a trace.
  ///
  /// @param kind what the id is: Java's, the kernel's, or that of the stream
  record Key(int trace, char kind, long id) {}

  ThreadSpans(Key key) {
    this(key, new ArrayList<>());
  }

  @Nullable OpenSpan innermost() {
    return open.isEmpty() ? null : open.getLast();
  }

  /// The innermost one of that name, and with that text unless it is null.
  @Nullable OpenSpan innermost(String name, @Nullable String text) {
    for (int i = open.size() - 1; i >= 0; i--) {
      OpenSpan each = open.get(i);
      if (each.name.equals(name) && (text == null || text.equals(each.text))) {
        return each;
      }
    }
    return null;
  }
}
