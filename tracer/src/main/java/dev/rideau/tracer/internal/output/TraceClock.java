package dev.rideau.tracer.internal.output;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/// CLOCK_MONOTONIC, which [System#nanoTime()] reads on Linux: the very clock of LTTng's kernel and
/// user space tracers.
///
/// @param uuid the kernel's boot id, as LTTng does: equal for all traces of one boot
/// @param offset nanoseconds from the Unix epoch to the clock's zero
public record TraceClock(String uuid, long offset) {
  private static final long NANOS_PER_SECOND = 1_000_000_000;
  private static final int TRIES = 20;

  /// Measures the offset now.
  static TraceClock measure() {
    String bootId = read("/proc/sys/kernel/random/boot_id");
    return new TraceClock(bootId != null ? bootId : UUID.randomUUID().toString(), measuredOffset());
  }

  // Of several tries the one during which least time passed.
  private static long measuredOffset() {
    long shortest = Long.MAX_VALUE;
    long offset = 0;
    for (int i = 0; i < TRIES; i++) {
      long before = System.nanoTime();
      Instant now = Instant.now();
      long after = System.nanoTime();
      if (after - before < shortest) {
        shortest = after - before;
        long middle = before + (after - before) / 2;
        offset = now.getEpochSecond() * NANOS_PER_SECOND + now.getNano() - middle;
      }
    }
    return offset;
  }

  static @Nullable String read(String file) {
    try {
      return Files.readString(Path.of(file)).strip();
    } catch (IOException absent) {
      return null;
    }
  }
}
