package dev.rideau.trace;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// The total order of data streams that decides which of two records with equal timestamps comes
/// first. It depends on what traces contain, not on the order in which they were named.
///
/// By identity of the trace (those with one first), name of the trace, id of the data stream class,
/// number of the data stream, path of its first file. This is babeltrace2's order as well.
public final class StreamOrder implements Comparator<DataStream> {
  /// The order of data streams.
  public static final Comparator<DataStream> STREAMS = new StreamOrder();

  /// The order of traces that goes with it.
  public static final Comparator<Trace> TRACES =
      (left, right) -> {
        int order = compareIdentities(left, right);
        return order != 0 ? order : left.path().compareTo(right.path());
      };

  private StreamOrder() {}

  @Override
  public int compare(DataStream left, DataStream right) {
    int order = 0;
    if (left.trace() != right.trace()) {
      order = compareIdentities(left.trace(), right.trace());
    }
    if (order == 0) {
      order = Long.compareUnsigned(left.dataStreamClass().id(), right.dataStreamClass().id());
    }
    if (order == 0) {
      order = Long.compareUnsigned(left.number(), right.number());
    }
    return order != 0 ? order : firstFile(left).compareTo(firstFile(right));
  }

  private static Path firstFile(DataStream stream) {
    List<Path> files = stream.packets().files();
    return files.isEmpty() ? stream.trace().path() : files.getFirst();
  }

  private static int compareIdentities(Trace left, Trace right) {
    int order = compareUids(left.traceClass().uid(), right.traceClass().uid());
    return order != 0 ? order : compareBytes(left.name(), right.name());
  }

  private static int compareUids(@Nullable String left, @Nullable String right) {
    if (left == null || right == null) {
      return Boolean.compare(left == null, right == null);
    }
    return compareBytes(left, right);
  }

  private static int compareBytes(String left, String right) {
    return Arrays.compareUnsigned(
        left.getBytes(StandardCharsets.UTF_8), right.getBytes(StandardCharsets.UTF_8));
  }
}
