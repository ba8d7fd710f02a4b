package dev.rideau.record;

import dev.rideau.record.internal.tracefs.CpuCounts;
import dev.rideau.record.internal.tracefs.RecordingInstance;
import java.nio.file.Path;
import java.util.List;

/// Waits for events, with the kernel's filters: an instance of its own holds only what matches, so
/// that looking at its counts is enough.
public final class EventWatch implements AutoCloseable {
  private static final int BUFFER_KB = 64;

  private final RecordingInstance instance;
  private long seen;

  private EventWatch(RecordingInstance instance) {
    this.instance = instance;
  }

  /// Starts to watch for one of these events.
  public static EventWatch start(List<EventRequest> events, String clock) {
    RecordingOptions options =
        new RecordingOptions(
            Path.of(""), events, BUFFER_KB, clock, List.of(), List.of(), false, "");
    RecordingInstance instance = RecordingInstance.create(options, false);
    try {
      instance.tracing(true);
      return new EventWatch(instance);
    } catch (RuntimeException | Error failure) {
      instance.close();
      throw failure;
    }
  }

  /// How many of the events happened since the last call.
  public long happened() {
    long now = 0;
    for (int cpu : instance.cpus()) {
      CpuCounts counts = instance.counts(cpu);
      now += counts.entries() + counts.overrun();
    }
    long fresh = now - seen;
    seen = now;
    return fresh;
  }

  @Override
  public void close() {
    instance.close();
  }
}
