package dev.rideau.record;

import java.util.List;

/// What a flight recorder waits for.
///
/// @see EventWatch
public sealed interface Trigger {
  /// As somebody typed it.
  String text();

  /// One event happens. The kernel looks for it.
  record Happens(String text, EventRequest event) implements Trigger {}

  /// What one event begins and another ends lasts too long. Both happen often, and are compared by
  /// us.
  ///
  /// @param begins the events that begin it
  /// @param beginKey the field by which an end finds its begin, `common_pid` for the thread
  /// @param ends the events that end it; they may be the same as those that begin it
  /// @param endKey the field of the ends
  /// @param longerThanNs how long is too long
  record Lasts(
      String text,
      List<EventRequest> begins,
      String beginKey,
      List<EventRequest> ends,
      String endKey,
      long longerThanNs)
      implements Trigger {
    public Lasts {
      begins = List.copyOf(begins);
      ends = List.copyOf(ends);
    }
  }
}
