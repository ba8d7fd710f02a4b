package dev.rideau.ctf.internal.open;

import dev.rideau.trace.PacketIndex;
import java.util.Arrays;

/// The packets of one data stream file, in the order of the file. Written by one thread, then only
/// read.
final class PacketTable {
  int size;
  long[] offsetsBytes = new long[8];
  long[] totalBits = new long[8];
  long[] contentBits = new long[8];
  long[] beginClockValues = new long[8];
  long[] endClockValues = new long[8];
  long[] beginNs = new long[8];
  long[] endNs = new long[8];
  long[] sequenceNumbers = new long[8];
  long[] discardedCounters = new long[8];

  /// Adds a packet of which times and counters are unknown.
  ///
  /// @return its row
  int add(long offsetBytes, long totalLengthBits, long contentLengthBits) {
    if (size == offsetsBytes.length) {
      grow();
    }
    int row = size++;
    offsetsBytes[row] = offsetBytes;
    totalBits[row] = totalLengthBits;
    contentBits[row] = contentLengthBits;
    beginNs[row] = PacketIndex.UNKNOWN;
    endNs[row] = PacketIndex.UNKNOWN;
    sequenceNumbers[row] = PacketIndex.UNKNOWN;
    discardedCounters[row] = PacketIndex.UNKNOWN;
    return row;
  }

  /// Whether a row here and one there are copies of one packet, as overlapping snapshots of one
  /// recording session have them.
  boolean isSame(int row, PacketTable other, int otherRow) {
    return totalBits[row] == other.totalBits[otherRow]
        && beginNs[row] == other.beginNs[otherRow]
        && endNs[row] == other.endNs[otherRow]
        && beginClockValues[row] == other.beginClockValues[otherRow]
        && endClockValues[row] == other.endClockValues[otherRow]
        && sequenceNumbers[row] == other.sequenceNumbers[otherRow];
  }

  /// Adds a row to the index of the whole data stream.
  void copyTo(PacketIndex.Builder builder, int fileIndex, int row) {
    int packet = builder.add(fileIndex, offsetsBytes[row], totalBits[row], contentBits[row]);
    if (beginNs[row] != PacketIndex.UNKNOWN) {
      builder.begin(packet, beginClockValues[row], beginNs[row]);
    }
    if (endNs[row] != PacketIndex.UNKNOWN) {
      builder.end(packet, endClockValues[row], endNs[row]);
    }
    builder.sequenceNumber(packet, sequenceNumbers[row]);
    builder.discardedCounter(packet, discardedCounters[row]);
  }

  private void grow() {
    int capacity = size * 2;
    offsetsBytes = Arrays.copyOf(offsetsBytes, capacity);
    totalBits = Arrays.copyOf(totalBits, capacity);
    contentBits = Arrays.copyOf(contentBits, capacity);
    beginClockValues = Arrays.copyOf(beginClockValues, capacity);
    endClockValues = Arrays.copyOf(endClockValues, capacity);
    beginNs = Arrays.copyOf(beginNs, capacity);
    endNs = Arrays.copyOf(endNs, capacity);
    sequenceNumbers = Arrays.copyOf(sequenceNumbers, capacity);
    discardedCounters = Arrays.copyOf(discardedCounters, capacity);
  }
}
