package dev.rideau.cli.internal;

import dev.rideau.trace.ClockClass;
import dev.rideau.trace.ClockOrigin;
import dev.rideau.trace.DataStream;
import dev.rideau.trace.PacketIndex;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/// Whether and since when the streams of several traces share a timeline.
public final class Timeline {
  private Timeline() {}

  /// Refuses streams whose timestamps cannot be compared: all clocks must count from the Unix epoch
  /// or from the same unknown origin, or no stream may have one.
  public static void check(List<DataStream> streams) {
    DataStream first = null;
    for (DataStream stream : streams) {
      if (stream.packets().size() == 0) {
        continue;
      }
      if (first == null) {
        first = stream;
      } else if (!areComparable(clock(first), clock(stream))) {
        throw new CommandFailure(
            "timestamps of "
                + describe(first)
                + " and of "
                + describe(stream)
                + " cannot be compared",
            "name one of the traces at a time, or say --clock-force-correlate when you know that"
                + " both clocks count from the same instant");
      }
    }
  }

  /// When the clock of the first stream that has one began to count; 0 when that is its origin.
  public static long clockNs(List<DataStream> streams) {
    return streams.stream()
        .map(stream -> stream.dataStreamClass().defaultClock())
        .filter(Objects::nonNull)
        .mapToLong(ClockClass::baseNs)
        .findFirst()
        .orElse(0);
  }

  /// The earliest time that a packet or, where packets have none, a record tells; null when there
  /// is none.
  public static @Nullable Long firstNs(List<DataStream> streams) {
    Long first = null;
    for (DataStream stream : streams) {
      PacketIndex packets = stream.packets();
      if (clock(stream) != null && packets.size() > 0) {
        long ns = packets.beginNs(0);
        if (ns == PacketIndex.UNKNOWN) {
          ns = firstRecordNs(stream);
        }
        if (ns != PacketIndex.UNKNOWN && (first == null || ns < first)) {
          first = ns;
        }
      }
    }
    return first;
  }

  private static long firstRecordNs(DataStream stream) {
    try (dev.rideau.trace.BlockCursor cursor =
        stream.cursor(
            0, stream.packets().size(), dev.rideau.trace.Projection.TIMESTAMPS, _ -> {})) {
      dev.rideau.trace.RecordBlock block = cursor.next();
      return block == null ? PacketIndex.UNKNOWN : block.timestampsNs()[0];
    }
  }

  private static boolean areComparable(@Nullable ClockClass left, @Nullable ClockClass right) {
    if (left == null || right == null) {
      return left == null && right == null;
    }
    if (!left.origin().equals(right.origin())) {
      return false;
    }
    if (!(left.origin() instanceof ClockOrigin.Unknown)) {
      return true;
    }
    String uid = left.uid();
    return uid == null ? right.uid() == null : uid.equals(right.uid());
  }

  private static @Nullable ClockClass clock(DataStream stream) {
    return stream.dataStreamClass().defaultClock();
  }

  private static String describe(DataStream stream) {
    ClockClass clock = clock(stream);
    String what =
        clock == null
            ? "no clock"
            : "clock '"
                + clock.id()
                + "', "
                + switch (clock.origin()) {
                  case ClockOrigin.UnixEpoch _ -> "from the Unix epoch";
                  case ClockOrigin.Unknown _ -> "from an unknown origin";
                  case ClockOrigin.Custom custom -> "from origin '" + custom.name() + "'";
                };
    return stream.trace().path() + " (" + what + ")";
  }
}
