package dev.rideau.cli.internal.stat;

import dev.rideau.trace.Batch;
import dev.rideau.trace.DataStream;
import dev.rideau.trace.DataStreamClass;
import dev.rideau.trace.RecordBlock;
import java.util.Arrays;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;

/// Numbers of event records and their lengths, per event class and per data stream. Owned by one
/// thread; results of several are [added][#add(RecordCounts)] up, in any order.
final class RecordCounts {
  /// Position of each stream's class in [#perClass].
  private final int[] streamClasses;

  /// By data stream class: records and bits of event class `i` at `2 i` and `2 i + 1`. One array,
  /// so that both counters of a record lie in one cache line.
  private final long[][] perClass;

  private final long[] streamRecords;
  private final long[] streamFirstNs;
  private final long[] streamLastNs;

  RecordCounts(List<DataStream> streams) {
    streamClasses = new int[streams.size()];
    Map<DataStreamClass, Integer> numbers = new IdentityHashMap<>();
    for (int i = 0; i < streamClasses.length; i++) {
      DataStreamClass streamClass = streams.get(i).dataStreamClass();
      Integer known = numbers.putIfAbsent(streamClass, numbers.size());
      streamClasses[i] = known != null ? known : numbers.size() - 1;
    }
    perClass = new long[numbers.size()][];
    for (int i = 0; i < streamClasses.length; i++) {
      if (perClass[streamClasses[i]] == null) {
        int classes = streams.get(i).dataStreamClass().eventClasses().size();
        perClass[streamClasses[i]] = new long[2 * classes];
      }
    }
    streamRecords = new long[streamClasses.length];
    streamFirstNs = new long[streamClasses.length];
    streamLastNs = new long[streamClasses.length];
    Arrays.fill(streamFirstNs, Long.MAX_VALUE);
    Arrays.fill(streamLastNs, Long.MIN_VALUE);
  }

  /// Counts all records of a block that a projection of all classes made.
  void count(int stream, RecordBlock block) {
    int size = block.size();
    streamRecords[stream] += size;
    addTimes(stream, block.timestampsNs(), size);
    addClasses(perClass[streamClasses[stream]], block, size);
  }

  /// Counts the chosen records of a block that a projection of all classes made.
  void count(int stream, RecordBlock block, RecordChoice choice) {
    long[] counters = perClass[streamClasses[stream]];
    long[] timestampsNs = block.timestampsNs();
    int[] eventClasses = block.eventClasses();
    long[] offsetsBits = block.offsetsBits();
    long firstNs = streamFirstNs[stream];
    long lastNs = streamLastNs[stream];
    int size = block.size();
    int counted = 0;
    for (int i = 0; i < size; i++) {
      if (choice.includes(block, i)) {
        long ns = timestampsNs[i];
        int at = eventClasses[i] << 1;
        counters[at]++;
        counters[at + 1] += offsetsBits[i + 1] - offsetsBits[i];
        firstNs = Math.min(firstNs, ns);
        lastNs = Math.max(lastNs, ns);
        counted++;
      }
    }
    streamRecords[stream] += counted;
    streamFirstNs[stream] = firstNs;
    streamLastNs[stream] = lastNs;
  }

  private void addTimes(int stream, long[] timestampsNs, int size) {
    long firstNs = streamFirstNs[stream];
    long lastNs = streamLastNs[stream];
    for (int i = 0; i < size; i++) {
      firstNs = Math.min(firstNs, timestampsNs[i]);
      lastNs = Math.max(lastNs, timestampsNs[i]);
    }
    streamFirstNs[stream] = firstNs;
    streamLastNs[stream] = lastNs;
  }

  private static void addClasses(long[] counters, RecordBlock block, int size) {
    int[] eventClasses = block.eventClasses();
    long[] offsetsBits = block.offsetsBits();
    int first = eventClasses[0];
    Batch batch = block.batch(first);
    if (batch != null && batch.size() == size) {
      // One class only: the usual case in user space.
      counters[2 * first] += size;
      counters[2 * first + 1] += offsetsBits[size] - offsetsBits[0];
      return;
    }
    long start = offsetsBits[0];
    for (int i = 0; i < size; i++) {
      int at = eventClasses[i] << 1;
      long end = offsetsBits[i + 1];
      counters[at]++;
      counters[at + 1] += end - start;
      start = end;
    }
  }

  /// Adds what another thread counted in the same list of streams.
  void add(RecordCounts other) {
    for (int i = 0; i < perClass.length; i++) {
      long[] counters = perClass[i];
      for (int j = 0; j < counters.length; j++) {
        counters[j] += other.perClass[i][j];
      }
    }
    for (int i = 0; i < streamRecords.length; i++) {
      streamRecords[i] += other.streamRecords[i];
      streamFirstNs[i] = Math.min(streamFirstNs[i], other.streamFirstNs[i]);
      streamLastNs[i] = Math.max(streamLastNs[i], other.streamLastNs[i]);
    }
  }

  /// Records of a stream.
  long records(int stream) {
    return streamRecords[stream];
  }

  /// Time of the earliest record; `Long.MAX_VALUE` when there is none.
  long firstNs(int stream) {
    return streamFirstNs[stream];
  }

  /// Time of the latest record; `Long.MIN_VALUE` when there is none.
  long lastNs(int stream) {
    return streamLastNs[stream];
  }

  /// Records of an event class, in all streams of the class of this stream.
  long classRecords(int stream, int eventClass) {
    return perClass[streamClasses[stream]][2 * eventClass];
  }

  /// Length of these records with headers, contexts and the padding before them.
  long classBits(int stream, int eventClass) {
    return perClass[streamClasses[stream]][2 * eventClass + 1];
  }
}
