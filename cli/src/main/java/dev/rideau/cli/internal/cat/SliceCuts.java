package dev.rideau.cli.internal.cat;

import dev.rideau.cli.internal.Selection;
import dev.rideau.trace.DataStream;
import dev.rideau.trace.PacketIndex;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/// Cuts traces into slices of time, at begins of packets. Immutable.
///
/// ```
/// stream 0  [ packet 0  |  packet 1   |   packet 2  ]
/// stream 1  [packet 0 | packet 1 |  packet 2  | packet 3]
///           slice 0   ^slice 1        ^slice 2
/// ```
///
/// A packet that lies across a cut is decoded for both slices, from its begin. The index is only
/// trusted to say where to begin with a slice: whoever puts slices together sees whether one begins
/// where the other ended.
final class SliceCuts {
  /// A packet may be decoded so many times, on average.
  private static final int MOST_WORK = 4;

  private final List<DataStream> streams;
  private final Selection selection;

  /// Between the slices.
  private final long[] cutsNs;

  private SliceCuts(List<DataStream> streams, Selection selection, long[] cutsNs) {
    this.streams = streams;
    this.selection = selection;
    this.cutsNs = cutsNs;
  }

  /// One slice.
  static SliceCuts none(List<DataStream> streams, Selection selection) {
    return new SliceCuts(streams, selection, new long[0]);
  }

  /// Slices of about so many bytes or more.
  static SliceCuts of(List<DataStream> streams, Selection selection, long sliceBytes) {
    Packets packets = new Packets();
    for (DataStream stream : streams) {
      if (!packets.add(stream, selection)) {
        return none(streams, selection);
      }
    }
    packets.sort();
    for (long bytes = sliceBytes; bytes < packets.totalBytes; bytes *= 2) {
      SliceCuts cuts = new SliceCuts(streams, selection, packets.cutsNs(bytes));
      if (cuts.workBytes() <= MOST_WORK * packets.totalBytes) {
        return cuts;
      }
    }
    return none(streams, selection);
  }

  /// How many slices there are.
  int size() {
    return cutsNs.length + 1;
  }

  /// Where a slice ends.
  long endNs(int slice) {
    return slice < cutsNs.length ? cutsNs[slice] : Long.MAX_VALUE;
  }

  /// Where a slice begins in each stream.
  List<StreamStart> starts(int slice) {
    List<StreamStart> starts = new ArrayList<>();
    long beginNs = slice == 0 ? Long.MIN_VALUE : cutsNs[slice - 1];
    for (DataStream stream : streams) {
      int first = selection.firstPacket(stream);
      starts.add(StreamStart.at(slice == 0 ? first : firstPacket(stream, first, beginNs), beginNs));
    }
    return starts;
  }

  /// The packet before the first one that begins at a time or later: those before are over then.
  private int firstPacket(DataStream stream, int first, long ns) {
    PacketIndex packets = stream.packets();
    int end = selection.endPacket(stream);
    int low = first;
    int high = end;
    while (low < high) {
      int middle = (low + high) >>> 1;
      if (packets.beginNs(middle) < ns) {
        low = middle + 1;
      } else {
        high = middle;
      }
    }
    return Math.max(first, low - 1);
  }

  /// Bytes of packets that are decoded for all slices.
  private long workBytes() {
    long bytes = 0;
    for (int slice = 1; slice < size(); slice++) {
      List<StreamStart> starts = starts(slice);
      for (int i = 0; i < streams.size(); i++) {
        int packet = starts.get(i).packet();
        if (packet < selection.endPacket(streams.get(i))) {
          bytes += streams.get(i).packets().totalBits(packet) >>> 3;
        }
      }
    }
    for (DataStream stream : streams) {
      bytes += stream.packets().totalBytes();
    }
    return bytes;
  }

  /// Packets of all streams by time.
  private static final class Packets {
    private long[] beginsNs = new long[64];
    private long[] lengthsBytes = new long[64];
    private int size;
    private long totalBytes;

    /// Adds the packets of a stream.
    ///
    /// @return false when they do not tell from where on they can be decoded alone
    boolean add(DataStream stream, Selection selection) {
      PacketIndex packets = stream.packets();
      if (!stream.hasIndependentPackets() || stream.dataStreamClass().defaultClock() == null) {
        return false;
      }
      int end = selection.endPacket(stream);
      long lastNs = 0; // what is negative looks different when it is the first of its kind
      for (int packet = selection.firstPacket(stream); packet < end; packet++) {
        long ns = packets.beginNs(packet);
        if (ns == PacketIndex.UNKNOWN || ns < lastNs) {
          return false;
        }
        lastNs = ns;
        if (size == beginsNs.length) {
          beginsNs = Arrays.copyOf(beginsNs, size * 2);
          lengthsBytes = Arrays.copyOf(lengthsBytes, size * 2);
        }
        beginsNs[size] = ns;
        lengthsBytes[size++] = (packets.totalBits(packet) + 7) >>> 3;
        totalBytes += lengthsBytes[size - 1];
      }
      return true;
    }

    void sort() {
      Integer[] order = new Integer[size];
      for (int i = 0; i < size; i++) {
        order[i] = i;
      }
      long[] begins = beginsNs;
      Arrays.sort(order, (left, right) -> Long.compare(begins[left], begins[right]));
      long[] sortedBegins = new long[size];
      long[] sortedLengths = new long[size];
      for (int i = 0; i < size; i++) {
        sortedBegins[i] = beginsNs[order[i]];
        sortedLengths[i] = lengthsBytes[order[i]];
      }
      beginsNs = sortedBegins;
      lengthsBytes = sortedLengths;
    }

    long[] cutsNs(long sliceBytes) {
      long[] cuts = new long[size];
      int count = 0;
      long bytes = 0;
      for (int i = 0; i < size; i++) {
        boolean isLater = beginsNs[i] > (count == 0 ? beginsNs[0] : cuts[count - 1]);
        if (bytes >= sliceBytes && isLater) {
          cuts[count++] = beginsNs[i];
          bytes = 0;
        }
        bytes += lengthsBytes[i];
      }
      return Arrays.copyOf(cuts, count);
    }
  }
}
