package dev.rideau.ctf.internal.open;

import dev.rideau.ctf.internal.decode.PacketInfo;
import dev.rideau.trace.ClockClass;
import dev.rideau.trace.ReadFailure;
import java.io.BufferedInputStream;
import java.io.DataInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/// The index that LTTng's consumer writes beside a data stream file, big endian:
///
/// ```
/// header  u32 magic C1F1DCC1 | u32 major 1 | u32 minor 0 or 1 | u32 entry length in bytes
/// entry   u64 offset in bytes | u64 packet size in bits | u64 content size in bits
///         u64 begin | u64 end | u64 discarded events | u64 data stream class id
///         from minor 1 on: u64 data stream id | u64 packet sequence number
/// ```
///
/// It is a copy of what the packets say and is used only where it is a right one.
final class LttngIndexFile {
  private static final int MAGIC = 0xC1F1DCC1;
  private static final int ENTRY_BYTES_OF_MINOR_0 = 56;
  private static final int ENTRY_BYTES_OF_MINOR_1 = 72;

  private final Path path;
  private final long fileBytes;
  private final PacketInfo first;
  private @Nullable String problem;

  /// @param fileBytes length of the data stream file
  /// @param first what its first packet says
  LttngIndexFile(Path path, long fileBytes, PacketInfo first) {
    this.path = path;
    this.fileBytes = fileBytes;
    this.first = first;
  }

  /// Where the index of a data stream file would be.
  static Path pathFor(Path file) {
    return file.resolveSibling("index").resolve(file.getFileName() + ".idx");
  }

  static boolean exists(Path path) {
    return Files.isRegularFile(path);
  }

  /// What is wrong with the file, null when nothing is.
  @Nullable String problem() {
    return problem;
  }

  /// The packets, or null when the index cannot be used.
  @Nullable PacketTable read() {
    try (DataInputStream input =
        new DataInputStream(new BufferedInputStream(Files.newInputStream(path)))) {
      return read(input);
    } catch (EOFException end) {
      return refuse("it ends inside its header or an entry");
    } catch (IOException failure) {
      return refuse("it cannot be read (%s)".formatted(ReadFailure.reason(failure)));
    }
  }

  private @Nullable PacketTable read(DataInputStream input) throws IOException {
    if (input.readInt() != MAGIC) {
      return refuse("its magic number is wrong");
    }
    int major = input.readInt();
    int minor = input.readInt();
    int entryBytes = input.readInt();
    if (major != 1) {
      return refuse("its version is %d.%d, not 1.x".formatted(major, minor));
    }
    int leastBytes = minor == 0 ? ENTRY_BYTES_OF_MINOR_0 : ENTRY_BYTES_OF_MINOR_1;
    if (entryBytes < leastBytes || entryBytes > 4096) {
      return refuse("its entries cannot have %d bytes".formatted(entryBytes));
    }
    if (minor == 0 && first.sequenceNumber() != null) {
      // Right, but without the packet sequence numbers, and losses are counted by them.
      return null;
    }
    PacketTable table = new PacketTable();
    long offsetBytes = 0;
    while (offsetBytes < fileBytes) {
      int row = readEntry(input, table, minor, entryBytes, offsetBytes);
      if (row < 0) {
        return null;
      }
      if (row == 0 && !agrees(table, 0, first)) {
        return refuse("its first entry differs from the first packet");
      }
      offsetBytes += table.totalBits[row] >>> 3;
    }
    if (offsetBytes != fileBytes || input.read() >= 0) {
      return refuse("its packets do not end where the file does");
    }
    return table;
  }

  private int readEntry(
      DataInputStream input, PacketTable table, int minor, int entryBytes, long offsetBytes)
      throws IOException {
    long offset = input.readLong();
    long totalBits = input.readLong();
    long contentBits = input.readLong();
    long begin = input.readLong();
    long end = input.readLong();
    long discarded = input.readLong();
    long classId = input.readLong();
    long sequenceNumber = 0;
    if (minor >= 1) {
      input.readLong();
      sequenceNumber = input.readLong();
    }
    int known = minor == 0 ? ENTRY_BYTES_OF_MINOR_0 : ENTRY_BYTES_OF_MINOR_1;
    input.skipNBytes(entryBytes - known);

    String entry = "entry " + table.size;
    if (offset != offsetBytes) {
      return refuseEntry(entry + " does not start where the packet before ends");
    }
    if (totalBits <= 0 || (totalBits & 7) != 0 || totalBits >>> 3 > fileBytes - offset) {
      return refuseEntry(entry + " has an impossible packet size");
    }
    if (contentBits < first.headerBits() || contentBits > totalBits) {
      return refuseEntry(entry + " has an impossible content size");
    }
    if (Long.compareUnsigned(end, begin) < 0) {
      return refuseEntry(entry + " ends before it begins");
    }
    int before = table.size - 1;
    if (before >= 0 && Long.compareUnsigned(begin, table.beginClockValues[before]) < 0) {
      return refuseEntry(entry + " begins before the one before it");
    }
    if (classId != first.dataStreamClass().id()) {
      return refuseEntry(entry + " is of another data stream class");
    }
    int row = table.add(offset, totalBits, contentBits);
    ClockClass clock = first.dataStreamClass().defaultClock();
    if (clock != null) {
      table.beginClockValues[row] = begin;
      table.beginNs[row] = clock.toNs(begin);
      table.endClockValues[row] = end;
      table.endNs[row] = clock.toNs(end);
    }
    if (first.discardedCounter() != null) {
      table.discardedCounters[row] = discarded;
    }
    if (first.sequenceNumber() != null) {
      table.sequenceNumbers[row] = sequenceNumber;
    }
    return row;
  }

  /// Whether a row says the same as the packet itself.
  static boolean agrees(PacketTable table, int row, PacketInfo info) {
    return isSame(table.totalBits[row], info.totalBits())
        && isSame(table.contentBits[row], info.contentBits())
        && isSame(table.beginClockValues[row], info.beginClockValue())
        && isSame(table.endClockValues[row], info.endClockValue())
        && (info.discardedCounter() == null
            || isSame(table.discardedCounters[row], info.discardedCounter()))
        && (info.sequenceNumber() == null
            || isSame(table.sequenceNumbers[row], info.sequenceNumber()));
  }

  private static boolean isSame(long indexed, @Nullable Long inPacket) {
    return Objects.equals(indexed, inPacket);
  }

  private @Nullable PacketTable refuse(String why) {
    problem = why;
    return null;
  }

  private int refuseEntry(String why) {
    problem = why;
    return -1;
  }
}
