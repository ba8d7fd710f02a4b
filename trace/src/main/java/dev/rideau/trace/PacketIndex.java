package dev.rideau.trace;

import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;

/// Where the packets of a data stream are and what their headers say, as one array per column.
///
/// Immutable after [Builder#build()]; shared by all threads.
public final class PacketIndex {
  /// Stands for an unknown timestamp, sequence number or counter.
  public static final long UNKNOWN = Long.MIN_VALUE;

  private final List<Path> files;
  private final int size;
  private final int[] fileIndexes;
  private final long[] offsetsBytes;
  private final long[] totalBits;
  private final long[] contentBits;
  private final long[] beginNs;
  private final long[] endNs;
  private final long[] beginClockValues;
  private final long[] endClockValues;
  private final long[] sequenceNumbers;
  private final long[] discardedCounters;

  private PacketIndex(Builder builder) {
    files = List.copyOf(builder.files);
    size = builder.size;
    fileIndexes = Arrays.copyOf(builder.fileIndexes, size);
    offsetsBytes = Arrays.copyOf(builder.offsetsBytes, size);
    totalBits = Arrays.copyOf(builder.totalBits, size);
    contentBits = Arrays.copyOf(builder.contentBits, size);
    beginNs = Arrays.copyOf(builder.beginNs, size);
    endNs = Arrays.copyOf(builder.endNs, size);
    beginClockValues = Arrays.copyOf(builder.beginClockValues, size);
    endClockValues = Arrays.copyOf(builder.endClockValues, size);
    sequenceNumbers = Arrays.copyOf(builder.sequenceNumbers, size);
    discardedCounters = Arrays.copyOf(builder.discardedCounters, size);
  }

  /// Number of packets.
  public int size() {
    return size;
  }

  /// The files of the stream, in the order of time.
  public List<Path> files() {
    return files;
  }

  /// The file that the packet is in.
  public Path file(int packet) {
    return files.get(fileIndexes[packet]);
  }

  /// Position of that file in [#files()].
  public int fileIndex(int packet) {
    return fileIndexes[packet];
  }

  /// First byte of the packet in its file.
  public long offsetBytes(int packet) {
    return offsetsBytes[packet];
  }

  /// Length with padding.
  public long totalBits(int packet) {
    return totalBits[packet];
  }

  /// Length of what means something, header and context included; not above [#totalBits(int)].
  public long contentBits(int packet) {
    return contentBits[packet];
  }

  /// Begin timestamp in nanoseconds, or [#UNKNOWN].
  public long beginNs(int packet) {
    return beginNs[packet];
  }

  /// End timestamp in nanoseconds, or [#UNKNOWN].
  public long endNs(int packet) {
    return endNs[packet];
  }

  /// Value of the default clock at the begin, in cycles; meaningless when [#beginNs(int)] is
  /// unknown.
  public long beginClockValue(int packet) {
    return beginClockValues[packet];
  }

  /// Value of the default clock at the end, in cycles; meaningless when [#endNs(int)] is unknown.
  public long endClockValue(int packet) {
    return endClockValues[packet];
  }

  /// Sequence number, or [#UNKNOWN].
  public long sequenceNumber(int packet) {
    return sequenceNumbers[packet];
  }

  /// How many events the producer had discarded when it closed the packet, or [#UNKNOWN].
  public long discardedCounter(int packet) {
    return discardedCounters[packet];
  }

  /// Bytes of all packets.
  public long totalBytes() {
    long sum = 0;
    for (int i = 0; i < size; i++) {
      sum += (totalBits[i] + 7) >>> 3;
    }
    return sum;
  }

  /// Collects packets in the order of the stream. Not thread-safe.
  public static final class Builder {
    private final List<Path> files;
    private int size;
    private int[] fileIndexes = new int[16];
    private long[] offsetsBytes = new long[16];
    private long[] totalBits = new long[16];
    private long[] contentBits = new long[16];
    private long[] beginNs = new long[16];
    private long[] endNs = new long[16];
    private long[] beginClockValues = new long[16];
    private long[] endClockValues = new long[16];
    private long[] sequenceNumbers = new long[16];
    private long[] discardedCounters = new long[16];

    /// An empty index over these files.
    public Builder(List<Path> files) {
      this.files = files;
    }

    /// Adds a packet; times and counters are unknown until said.
    ///
    /// @return its index
    public int add(int fileIndex, long offsetBytes, long totalLengthBits, long contentLengthBits) {
      if (size == fileIndexes.length) {
        grow();
      }
      int packet = size++;
      fileIndexes[packet] = fileIndex;
      offsetsBytes[packet] = offsetBytes;
      totalBits[packet] = totalLengthBits;
      contentBits[packet] = contentLengthBits;
      beginNs[packet] = UNKNOWN;
      endNs[packet] = UNKNOWN;
      sequenceNumbers[packet] = UNKNOWN;
      discardedCounters[packet] = UNKNOWN;
      return packet;
    }

    /// Says when the packet begins.
    public void begin(int packet, long clockValue, long ns) {
      beginClockValues[packet] = clockValue;
      beginNs[packet] = ns;
    }

    /// Says when the packet ends.
    public void end(int packet, long clockValue, long ns) {
      endClockValues[packet] = clockValue;
      endNs[packet] = ns;
    }

    /// Says which number the packet has.
    public void sequenceNumber(int packet, long number) {
      sequenceNumbers[packet] = number;
    }

    /// Says what the packet's counter of discarded events shows.
    public void discardedCounter(int packet, long count) {
      discardedCounters[packet] = count;
    }

    /// The finished index.
    public PacketIndex build() {
      return new PacketIndex(this);
    }

    private void grow() {
      int capacity = size * 2;
      fileIndexes = Arrays.copyOf(fileIndexes, capacity);
      offsetsBytes = Arrays.copyOf(offsetsBytes, capacity);
      totalBits = Arrays.copyOf(totalBits, capacity);
      contentBits = Arrays.copyOf(contentBits, capacity);
      beginNs = Arrays.copyOf(beginNs, capacity);
      endNs = Arrays.copyOf(endNs, capacity);
      beginClockValues = Arrays.copyOf(beginClockValues, capacity);
      endClockValues = Arrays.copyOf(endClockValues, capacity);
      sequenceNumbers = Arrays.copyOf(sequenceNumbers, capacity);
      discardedCounters = Arrays.copyOf(discardedCounters, capacity);
    }
  }
}
