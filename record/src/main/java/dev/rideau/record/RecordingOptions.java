package dev.rideau.record;

import java.nio.file.Path;
import java.util.List;

/// What to record and how.
///
/// @param output the file to write
/// @param events what to record
/// @param bufferKb ring buffer of each CPU
/// @param clock name of the trace clock, `mono` unless there is a reason
/// @param tids tasks to record, with the children they get; empty for all
/// @param excludedTids tasks to leave out
/// @param stateDump whether to write down what is there
/// @param recorder program and version, for the file
public record RecordingOptions(
    Path output,
    List<EventRequest> events,
    int bufferKb,
    String clock,
    List<Long> tids,
    List<Long> excludedTids,
    boolean stateDump,
    String recorder) {
  public RecordingOptions {
    events = List.copyOf(events);
    tids = List.copyOf(tids);
    excludedTids = List.copyOf(excludedTids);
  }
}
