package dev.rideau.ctf.internal.decode;

import dev.rideau.trace.ClockClass;
import dev.rideau.trace.DataStream;
import dev.rideau.trace.Diagnostic;
import dev.rideau.trace.DiagnosticSink;
import dev.rideau.trace.Origin;
import dev.rideau.trace.PacketIndex;
import dev.rideau.trace.RecordBlock;
import dev.rideau.trace.Severity;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/// Turns clock values of blocks into timestamps and says, once a packet, when they go back. Owned
/// by its cursor.
final class BlockTimes {
  private final DataStream stream;
  private final @Nullable ClockClass clock;
  private final DiagnosticSink diagnostics;

  /// Whether a timestamp is the clock value plus [#baseNs].
  private final boolean countsNs;

  private final long baseNs;

  private long lastNs = Long.MIN_VALUE;
  private boolean saidTimeGoesBack;

  BlockTimes(DataStream stream, @Nullable ClockClass clock, DiagnosticSink diagnostics) {
    this.stream = stream;
    this.clock = clock;
    this.diagnostics = diagnostics;
    baseNs = clock == null ? 0 : clock.baseNs();
    // With such a base no clock value below 2^62 overflows, and one addition is exact.
    countsNs =
        clock != null
            && clock.frequencyHz() == ClockClass.NS_PER_SECOND
            && baseNs > -(1L << 62)
            && baseNs < 1L << 62;
  }

  /// Forgets the time before.
  void restart() {
    lastNs = Long.MIN_VALUE;
  }

  void startPacket() {
    saidTimeGoesBack = false;
  }

  /// Fills the timestamps of a block of which the records are found.
  ///
  /// @return the latest
  long convert(RecordBlock block) {
    ClockClass clock = this.clock;
    int size = block.size();
    long[] clockValues = block.clockValues();
    long[] timestampsNs = block.timestampsNs();
    if (clock == null) {
      Arrays.fill(timestampsNs, 0, size, 0);
      return 0;
    }
    long greatest = 0;
    for (int i = 0; i < size; i++) {
      greatest |= clockValues[i];
    }
    if (countsNs && greatest >>> 62 == 0) {
      for (int i = 0; i < size; i++) {
        timestampsNs[i] = baseNs + clockValues[i];
      }
    } else {
      for (int i = 0; i < size; i++) {
        timestampsNs[i] = clock.toNs(clockValues[i]);
      }
    }
    return checkOrder(block);
  }

  private long checkOrder(RecordBlock block) {
    long[] timestampsNs = block.timestampsNs();
    int size = block.size();
    long last = lastNs;
    long latest = Long.MIN_VALUE;
    int back = -1;
    for (int i = 0; i < size; i++) {
      if (timestampsNs[i] < last) {
        back = i;
      }
      last = timestampsNs[i];
      latest = Math.max(latest, last);
    }
    lastNs = last;
    if (back >= 0 && !saidTimeGoesBack) {
      saidTimeGoesBack = true;
      int packet = block.packet();
      diagnostics.report(
          new Diagnostic(
              Severity.WARNING,
              "time-goes-back",
              "the time of event records goes back in data stream " + stream.name(),
              Origin.ofBit(
                  stream.packets().file(packet), stream.name(), packet, block.offsetsBits()[back]),
              timestampsNs[back],
              PacketIndex.UNKNOWN,
              "Records are kept in the order of the stream; the tracer's clock was not monotonic."));
    }
    return latest;
  }
}
