package dev.rideau.bench;

import dev.rideau.ctf.CtfFormat;
import dev.rideau.ctf.CtfTraceReader;
import dev.rideau.ctf.CtfWriter;
import dev.rideau.ctf.StreamWriter;
import dev.rideau.trace.BlockCursor;
import dev.rideau.trace.DataStream;
import dev.rideau.trace.LongColumn;
import dev.rideau.trace.OpenedTraces;
import dev.rideau.trace.PacketIndex;
import dev.rideau.trace.Projection;
import dev.rideau.trace.RecordBlock;
import dev.rideau.trace.StructColumn;
import dev.rideau.trace.Trace;
import dev.rideau.trace.Traces;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Writes a real trace again and again, one copy behind the other in time, so that long traces with
/// real behaviour can be measured.
///
/// ```
/// RepeatTrace TRACE DIR TIMES
/// ```
///
/// Ids and names repeat with each copy, as they do when a workload is run again; a state dump at
/// the beginning is repeated with the rest.
public final class RepeatTrace {
  /// Between the end of a copy and the begin of the next.
  private static final long PAUSE_CYCLES = 1_000_000;

  private RepeatTrace() {}

  /// @param arguments the trace, the folder to write, how many copies
  public static void main(String[] arguments) throws IOException {
    if (arguments.length != 3) {
      System.err.println("usage: RepeatTrace TRACE DIR TIMES");
      System.exit(2);
    }
    int times = Integer.parseInt(arguments[2]);
    try (OpenedTraces opened =
        Traces.open(
            List.of(Path.of(arguments[0])), List.of(new CtfTraceReader()), System.err::println)) {
      if (opened.traces().size() != 1) {
        throw new IOException("there are " + opened.traces().size() + " traces, not one");
      }
      repeat(opened.traces().getFirst(), Path.of(arguments[1]), times);
    }
  }

  private static void repeat(Trace trace, Path folder, int times) throws IOException {
    long begin = Long.MAX_VALUE;
    long end = Long.MIN_VALUE;
    for (DataStream stream : trace.dataStreams()) {
      PacketIndex packets = stream.packets();
      for (int packet = 0; packet < packets.size(); packet++) {
        begin = Math.min(begin, packets.beginClockValue(packet));
        end = Math.max(end, packets.endClockValue(packet));
      }
    }
    long period = end - begin + PAUSE_CYCLES;
    long records = 0;
    try (CtfWriter writer =
        CtfWriter.create(folder, trace.traceClass(), CtfFormat.CTF_1_8, System.err::println)) {
      for (DataStream stream : trace.dataStreams()) {
        records += repeat(stream, writer, times, period);
      }
      writer.commit();
    }
    System.err.printf("%s: %,d records%n", folder, records);
  }

  private static long repeat(DataStream stream, CtfWriter writer, int times, long period)
      throws IOException {
    Long id = stream.id();
    int packets = stream.packets().size();
    try (StreamWriter target =
            writer.stream(stream.dataStreamClass(), stream.name(), id == null ? 0 : id);
        BlockCursor cursor = stream.cursor(0, packets, Projection.ALL, System.err::println)) {
      for (int time = 0; time < times; time++) {
        cursor.restart(0, packets);
        for (RecordBlock block = cursor.next(); block != null; block = cursor.next()) {
          copyContext(block.packetContext(), target.ownPacketContext());
          long[] clockValues = block.clockValues();
          for (int i = 0; i < block.size(); i++) {
            clockValues[i] += time * period;
          }
          target.write(block, 0, block.size());
        }
      }
      target.endPacket();
      return target.recordCount();
    }
  }

  /// Copies the numbers that own packets need, among them the CPU; the writer overwrites times,
  /// lengths and counters with its own.
  private static void copyContext(@Nullable StructColumn from, @Nullable StructColumn to) {
    if (from == null || to == null) {
      return;
    }
    for (int member = 0; member < from.memberCount(); member++) {
      if (from.member(member) instanceof LongColumn source
          && to.member(member) instanceof LongColumn target) {
        target.values()[0] = source.values()[0];
      }
    }
  }
}
