package dev.rideau.ctf.internal.open;

import dev.rideau.ctf.internal.decode.Clocks;
import dev.rideau.ctf.internal.decode.DecodeFault;
import dev.rideau.ctf.internal.decode.FaultKind;
import dev.rideau.ctf.internal.decode.PacketInfo;
import dev.rideau.trace.ClockClass;
import dev.rideau.trace.DataStreamClass;
import dev.rideau.trace.Diagnostic;
import dev.rideau.trace.Origin;
import dev.rideau.trace.ReadFailure;
import dev.rideau.trace.Severity;
import dev.rideau.trace.TraceClass;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/// Finds the packets of one data stream file: from the index file that LTTng left beside it, or by
/// hopping from packet header to packet header.
///
/// A packet whose place or length is in doubt ends the index; the packets before it stay.
final class DataFileIndexer {
  private static final long MAGIC = 0xC1FC1FC1L;

  /// Bounds the memory that a file of tiny packets takes, about 80 bytes each.
  private static final int MOST_PACKETS = 1 << 23;

  private final Path path;
  private final String name;
  private final TraceClass traceClass;
  private final @Nullable UUID uuid;
  private final FileDiagnostics diagnostics = new FileDiagnostics();
  private final PacketTable packets = new PacketTable();

  private @Nullable DataStreamClass dataStreamClass;
  private @Nullable Long dataStreamId;
  private boolean independent = true;
  private long clockValue;

  private DataFileIndexer(Path path, TraceClass traceClass) {
    this.path = path;
    this.traceClass = traceClass;
    name = String.valueOf(path.getFileName());
    uuid = uuidOf(traceClass.metadataUuid());
  }

  /// Indexes a file. Never throws for what is in it.
  static DataFile index(Path path, TraceClass traceClass) {
    return new DataFileIndexer(path, traceClass).run();
  }

  private DataFile run() {
    int sequenceBits = 0;
    int discardedBits = 0;
    PacketTable found = packets;
    try (FileChannel channel = FileChannel.open(path, StandardOpenOption.READ)) {
      long fileBytes = channel.size();
      HeaderReader headers = new HeaderReader(channel, fileBytes, traceClass);
      PacketTable indexed = fileBytes == 0 ? null : fromIndexFile(headers, fileBytes);
      if (indexed != null) {
        found = indexed;
      } else {
        scan(headers, fileBytes);
      }
      sequenceBits = headers.listener().sequenceBits();
      discardedBits = headers.listener().discardedBits();
    } catch (IOException failure) {
      diagnostics.report(
          Diagnostic.error(
              "unreadable-file",
              "the file cannot be read (%s)".formatted(ReadFailure.reason(failure)),
              Origin.ofFile(path),
              "Check its permissions and the disk."));
    }
    return new DataFile(
        path,
        dataStreamClass,
        dataStreamId,
        found,
        sequenceBits,
        discardedBits,
        independent,
        diagnostics);
  }

  private @Nullable PacketTable fromIndexFile(HeaderReader headers, long fileBytes)
      throws IOException {
    Path indexPath = LttngIndexFile.pathFor(path);
    if (!LttngIndexFile.exists(indexPath)) {
      return null;
    }
    PacketInfo first;
    try {
      first = headers.read(0, 0);
    } catch (DecodeFault fault) {
      return null; // The scan will say why.
    }
    boolean wideBegin = headers.listener().beginClockBits() == 64;
    if (!wideBegin || first.endClockBits() != 64 || isWrongMagic(first.magic())) {
      return null;
    }
    LttngIndexFile index = new LttngIndexFile(indexPath, fileBytes, first);
    PacketTable table = index.read();
    String problem = index.problem();
    if (table != null) {
      problem = compareLast(headers, table);
    }
    if (problem != null) {
      diagnostics.report(
          Diagnostic.of(
              Severity.NOTE,
              "index-file-ignored",
              "the index file is not used: " + problem,
              Origin.ofFile(indexPath),
              "Packets were located in the stream itself; the index may be deleted."));
    }
    if (table == null || problem != null) {
      return null;
    }
    dataStreamClass = first.dataStreamClass();
    dataStreamId = first.dataStreamId();
    checkUuid(first);
    return table;
  }

  private static @Nullable String compareLast(HeaderReader headers, PacketTable table)
      throws IOException {
    int last = table.size - 1;
    try {
      PacketInfo info = headers.read(table.offsetsBytes[last], 0);
      return LttngIndexFile.agrees(table, last, info)
          ? null
          : "its last entry differs from the last packet";
    } catch (DecodeFault fault) {
      return "its last entry does not lead to a packet";
    }
  }

  private void scan(HeaderReader headers, long fileBytes) throws IOException {
    long offsetBytes = 0;
    while (offsetBytes < fileBytes) {
      if (packets.size == MOST_PACKETS) {
        report(
            Severity.ERROR,
            "too-many-packets",
            "the file has more than %d packets".formatted(MOST_PACKETS),
            packets.size,
            offsetBytes * 8,
            "Its packet sizes are damaged; packets before are good.");
        return;
      }
      long totalBits;
      try {
        PacketInfo info = headers.read(offsetBytes, clockValue);
        if (!isAcceptable(info, offsetBytes)) {
          return;
        }
        totalBits = addPacket(headers, info, offsetBytes, (fileBytes - offsetBytes) * 8);
      } catch (DecodeFault fault) {
        totalBits = recover(headers.listener(), fault, offsetBytes, fileBytes);
      }
      if (totalBits <= 0) {
        return;
      }
      offsetBytes += totalBits >>> 3;
    }
  }

  private boolean isAcceptable(PacketInfo info, long offsetBytes) {
    if (isWrongMagic(info.magic())) {
      reportMagic(info.magic(), offsetBytes);
      return false;
    }
    DataStreamClass known = dataStreamClass;
    if (known == null) {
      dataStreamClass = info.dataStreamClass();
      dataStreamId = info.dataStreamId();
      checkUuid(info);
    } else if (known.id() != info.dataStreamClass().id()) {
      report(
          Severity.ERROR,
          "data-stream-class-changes",
          "the packet is of data stream class %s but the packets before are of class %s"
              .formatted(
                  Long.toUnsignedString(info.dataStreamClass().id()),
                  Long.toUnsignedString(known.id())),
          packets.size,
          offsetBytes * 8,
          "A file may hold one data stream only; packets before are good.");
      return false;
    }
    return true;
  }

  /// @param availableBits what the file has from the packet's first byte on
  /// @return length of the packet in bits
  private long addPacket(
      HeaderReader headers, PacketInfo info, long offsetBytes, long availableBits) {
    Long saidTotal = info.totalBits();
    Long saidContent = info.contentBits();
    // Without any length the packet is all there is.
    long totalBits = saidTotal != null ? saidTotal : availableBits;
    if ((totalBits & 7) != 0) {
      // Only a content length is said, so the packet ends with the byte in which it does.
      totalBits = (totalBits | 7) + 1;
    }
    long contentBits = saidContent != null ? saidContent : totalBits;
    if (Long.compareUnsigned(totalBits, availableBits) > 0) {
      report(
          Severity.ERROR,
          "truncated-packet",
          "the packet has %s bytes but the file ends after %d of them"
              .formatted(Long.toUnsignedString(totalBits >>> 3), availableBits >>> 3),
          packets.size,
          offsetBytes * 8,
          "The file was cut off; copy it again from where it was recorded."
              + " Records before its end are good.");
      totalBits = availableBits;
      if (Long.compareUnsigned(contentBits, availableBits) > 0) {
        contentBits = availableBits;
      }
    }
    int row = packets.add(offsetBytes, totalBits, contentBits);
    addTimes(headers.listener(), info, row, offsetBytes);
    Long sequenceNumber = info.sequenceNumber();
    if (sequenceNumber != null) {
      packets.sequenceNumbers[row] = sequenceNumber;
    }
    Long discarded = info.discardedCounter();
    if (discarded != null) {
      packets.discardedCounters[row] = discarded;
    }
    return totalBits;
  }

  private void addTimes(HeaderListener listener, PacketInfo info, int row, long offsetBytes) {
    ClockClass clock = info.dataStreamClass().defaultClock();
    Long begin = info.beginClockValue();
    Long end = info.endClockValue();
    if (clock == null) {
      return;
    }
    if (begin != null) {
      packets.beginClockValues[row] = begin;
      packets.beginNs[row] = clock.toNs(begin);
      clockValue = begin;
    }
    independent &= begin != null && (listener.beginClockBits() == 64 || end != null);
    if (end != null) {
      long value = Clocks.updated(clockValue, end, info.endClockBits());
      packets.endClockValues[row] = value;
      packets.endNs[row] = clock.toNs(value);
      boolean notClosed = end == 0 && clockValue != 0;
      if (!notClosed && begin != null && packets.endNs[row] < packets.beginNs[row]) {
        report(
            Severity.WARNING,
            "packet-ends-before-it-begins",
            "the packet's end timestamp %s is before its begin timestamp %s"
                .formatted(Long.toUnsignedString(value), Long.toUnsignedString(begin)),
            row,
            offsetBytes * 8,
            "Records are read as they are; their order in time may be wrong.");
      } else if (!notClosed) {
        clockValue = value;
      }
    }
  }

  /// Reports a faulty header.
  ///
  /// @return length of the packet when it can be stepped over, else 0
  private long recover(
      HeaderListener listener, DecodeFault fault, long offsetBytes, long fileBytes) {
    if (isWrongMagic(listener.magic())) {
      reportMagic(listener.magic(), offsetBytes);
      return 0;
    }
    report(
        Severity.ERROR,
        fault.kind().rule(),
        fault.message(),
        packets.size,
        offsetBytes * 8 + fault.offsetBits(),
        fault.kind().advice());
    Long totalBits = listener.totalBits();
    boolean steppable =
        fault.kind() == FaultKind.CONTENT_TOO_SMALL
            && dataStreamClass != null
            && totalBits != null
            && totalBits > 0
            && totalBits <= (fileBytes - offsetBytes) * 8;
    return steppable && totalBits != null ? totalBits : 0;
  }

  private static boolean isWrongMagic(@Nullable Long magic) {
    return magic != null && magic != MAGIC;
  }

  private void reportMagic(@Nullable Long magic, long offsetBytes) {
    report(
        Severity.ERROR,
        "packet-magic-number",
        "no packet starts here: the magic number is 0x%x, not 0x%x".formatted(magic, MAGIC),
        packets.size,
        offsetBytes * 8,
        packets.size == 0
            ? "The file is not a data stream; move it out of the trace's folder."
            : "The packet before says a wrong length or the file is damaged;"
                + " packets before are good.");
  }

  private void checkUuid(PacketInfo info) {
    if (uuid == null || !info.hasUuid()) {
      return;
    }
    UUID inPacket = new UUID(info.metadataUuidHigh(), info.metadataUuidLow());
    if (!inPacket.equals(uuid)) {
      report(
          Severity.WARNING,
          "trace-uuid",
          "the packets carry the UUID %s but the metadata has %s".formatted(inPacket, uuid),
          0,
          0,
          "The file may belong to another trace.");
    }
  }

  private static @Nullable UUID uuidOf(@Nullable String uid) {
    if (uid == null || uid.length() != 36) {
      return null;
    }
    try {
      return UUID.fromString(uid);
    } catch (IllegalArgumentException notOne) {
      return null;
    }
  }

  private void report(
      Severity severity,
      String rule,
      String message,
      int packet,
      long offsetBits,
      @Nullable String advice) {
    Origin origin = Origin.ofBit(path, name, packet, offsetBits);
    diagnostics.report(Diagnostic.of(severity, rule, message, origin, advice));
  }
}
