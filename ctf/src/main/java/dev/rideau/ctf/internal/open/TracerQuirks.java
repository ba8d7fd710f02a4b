package dev.rideau.ctf.internal.open;

import dev.rideau.trace.ClockClass;
import dev.rideau.trace.PacketIndex;
import dev.rideau.trace.TraceClass;
import org.jspecify.annotations.Nullable;

/// Puts packet times right that known tracers get wrong. Only the packet index changes; records
/// keep their times.
///
/// ```
/// LTTng-UST before 2.11.0, LTTng modules before 2.9.13 and 2.10.10: records after their packet
///     end of each packet := begin of the next one, of the last := its last record
/// LTTng that crashed: end 0 though begin is not 0
///     end := begin of the next packet, of the last := its last record
/// barectf before 2.3.1: records before their packet
///     begin of each packet but the first and end of the one before := its first record
/// ```
final class TracerQuirks {
  private final TracerVersion version;

  private TracerQuirks(TracerVersion version) {
    this.version = version;
  }

  /// The quirks of the tracer that wrote the trace, null when it has none.
  static @Nullable TracerQuirks of(TraceClass traceClass) {
    TracerVersion version = TracerVersion.of(traceClass.environment());
    boolean any =
        version != null
            && (version.writesRecordsAfterPackets()
                || version.writesRecordsBeforePackets()
                || version.leavesPacketsOpen());
    return version != null && any ? new TracerQuirks(version) : null;
  }

  /// The packets of a stream with the times put right, null when nothing is to be put right.
  @Nullable PacketIndex correct(CtfDataStream stream) {
    PacketIndex said = stream.packets();
    ClockClass clock = stream.dataStreamClass().defaultClock();
    if (clock == null || said.size() == 0 || !isConcerned(said)) {
      return null;
    }
    try (RecordClocks records = new RecordClocks(stream)) {
      return new Correction(said, clock, records).run();
    }
  }

  private boolean isConcerned(PacketIndex said) {
    if (version.writesRecordsAfterPackets() || version.writesRecordsBeforePackets()) {
      return true;
    }
    for (int packet = 0; packet < said.size(); packet++) {
      if (isOpen(said, packet)) {
        return true;
      }
    }
    return false;
  }

  private static boolean isOpen(PacketIndex said, int packet) {
    return said.beginNs(packet) != PacketIndex.UNKNOWN
        && said.endNs(packet) != PacketIndex.UNKNOWN
        && said.endClockValue(packet) == 0
        && said.beginClockValue(packet) != 0;
  }

  /// One run over the packets of one stream.
  private final class Correction {
    private final PacketIndex said;
    private final ClockClass clock;
    private final RecordClocks records;
    private final PacketIndex.Builder builder;

    Correction(PacketIndex said, ClockClass clock, RecordClocks records) {
      this.said = said;
      this.clock = clock;
      this.records = records;
      builder = new PacketIndex.Builder(said.files());
    }

    PacketIndex run() {
      for (int packet = 0; packet < said.size(); packet++) {
        builder.add(
            said.fileIndex(packet),
            said.offsetBytes(packet),
            said.totalBits(packet),
            said.contentBits(packet));
        builder.sequenceNumber(packet, said.sequenceNumber(packet));
        builder.discardedCounter(packet, said.discardedCounter(packet));
        begin(packet, said.beginClockValue(packet), said.beginNs(packet));
        end(packet, said.endClockValue(packet), said.endNs(packet));
      }
      boolean all = version.writesRecordsAfterPackets();
      if (all || version.leavesPacketsOpen()) {
        for (int packet = 0; packet < said.size(); packet++) {
          if (all || isOpen(said, packet)) {
            closeAtNext(packet);
          }
        }
      }
      if (version.writesRecordsBeforePackets()) {
        for (int packet = 1; packet < said.size(); packet++) {
          beginAtFirstRecord(packet);
        }
      }
      return builder.build();
    }

    private void closeAtNext(int packet) {
      if (packet + 1 < said.size()) {
        end(packet, said.beginClockValue(packet + 1), said.beginNs(packet + 1));
        return;
      }
      Long last = records.last(packet);
      if (last != null) {
        end(packet, last, clock.toNs(last));
      } else {
        end(packet, said.beginClockValue(packet), said.beginNs(packet));
      }
    }

    private void beginAtFirstRecord(int packet) {
      Long first = records.first(packet);
      if (first != null) {
        begin(packet, first, clock.toNs(first));
        end(packet - 1, first, clock.toNs(first));
      }
    }

    private void begin(int packet, long clockValue, long ns) {
      if (ns != PacketIndex.UNKNOWN) {
        builder.begin(packet, clockValue, ns);
      }
    }

    private void end(int packet, long clockValue, long ns) {
      if (ns != PacketIndex.UNKNOWN) {
        builder.end(packet, clockValue, ns);
      }
    }
  }
}
