package dev.rideau.perf.internal.open;

import dev.rideau.perf.internal.file.ClockData;
import dev.rideau.perf.internal.file.PerfAttr;
import dev.rideau.perf.internal.file.PerfMetadata;
import dev.rideau.trace.Attributes;
import dev.rideau.trace.ClockClass;
import dev.rideau.trace.ClockOrigin;
import java.util.List;

/// Which clock timestamps are of, and how they become wall-clock time.
final class PerfClock {
  private static final int REALTIME = 0;

  /// The clocks of Linux, by id.
  private static final List<String> NAMES =
      List.of(
          "CLOCK_REALTIME",
          "CLOCK_MONOTONIC",
          "CLOCK_PROCESS_CPUTIME_ID",
          "CLOCK_THREAD_CPUTIME_ID",
          "CLOCK_MONOTONIC_RAW",
          "CLOCK_REALTIME_COARSE",
          "CLOCK_MONOTONIC_COARSE",
          "CLOCK_BOOTTIME",
          "CLOCK_REALTIME_ALARM",
          "CLOCK_BOOTTIME_ALARM",
          "CLOCK_SGI_CYCLE",
          "CLOCK_TAI");

  private PerfClock() {}

  static ClockClass of(PerfMetadata metadata) {
    PerfAttr first = metadata.attrs().getFirst();
    int clockId = first.usesClockId() ? first.clockId() : -1;
    ClockData data = metadata.clockData();
    long baseNs = 0;
    ClockOrigin origin = new ClockOrigin.Unknown();
    if (clockId == REALTIME && first.usesClockId()) {
      origin = new ClockOrigin.UnixEpoch();
    } else if (data != null && data.clockId() == clockId) {
      origin = new ClockOrigin.UnixEpoch();
      baseNs = data.wallClockNs() - data.clockNs();
    }
    String name = clockId < 0 || clockId >= NAMES.size() ? "perf" : NAMES.get(clockId);
    // Clocks without an epoch count from the start of their machine.
    Object host = metadata.environment().get("hostname");
    String uid = origin instanceof ClockOrigin.Unknown ? name + "@" + host : null;
    return new ClockClass(
        name,
        null,
        name,
        uid,
        clockId < 0 ? "the kernel's scheduler clock" : null,
        ClockClass.NS_PER_SECOND,
        Math.floorDiv(baseNs, ClockClass.NS_PER_SECOND),
        Math.floorMod(baseNs, ClockClass.NS_PER_SECOND),
        null,
        null,
        origin,
        Attributes.NONE);
  }
}
