package dev.rideau.tracer.internal.buffer;

import java.lang.foreign.MemorySegment;
import org.jspecify.annotations.Nullable;

/// All memory of the process as one segment, for programs that grant native access
/// (`--enable-native-access=ALL-UNNAMED`); others get no warning, and stores that are checked.
///
/// Being a constant without end and without owner, it spares each store the questions whether the
/// mapping is still there and how long it is. Who writes through it keeps the mapping reachable,
/// and has reserved every byte that it writes.
final class NativeMemory {
  static final @Nullable MemorySegment ALL =
      NativeMemory.class.getModule().isNativeAccessEnabled()
          ? MemorySegment.NULL.reinterpret(Long.MAX_VALUE)
          : null;

  private NativeMemory() {}
}
