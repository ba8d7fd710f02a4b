package dev.rideau.tracer.internal.emit;

import java.lang.foreign.MemorySegment;

/// Writes what every record of a channel says about its surroundings. All contexts have a fixed
/// length.
public interface ContextWriter {
  /// Writes the context of the current thread.
  void write(MemorySegment memory, long at);
}
