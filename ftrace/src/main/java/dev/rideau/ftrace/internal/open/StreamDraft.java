package dev.rideau.ftrace.internal.open;

import dev.rideau.ftrace.internal.file.TraceDat;
import dev.rideau.trace.PacketIndex;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// What is known of the pages of one CPU in one buffer.
///
/// @param chunks where compressed pages are, null when they are not compressed
/// @param dropped events that the kernel refused because the buffer was full, or
///   [CpuStatistics#UNKNOWN]
/// @param overrun events that the kernel overwrote before they were read; 0 also where that was
///   wanted, or [CpuStatistics#UNKNOWN]
record StreamDraft(
    TraceDat.Buffer buffer,
    int bufferIndex,
    TraceDat.CpuData data,
    PacketIndex packets,
    @Nullable ChunkTable chunks,
    List<Gap> gaps,
    long dropped,
    long overrun) {
  StreamDraft {
    gaps = List.copyOf(gaps);
  }
}
