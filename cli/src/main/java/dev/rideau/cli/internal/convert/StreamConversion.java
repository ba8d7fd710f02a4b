package dev.rideau.cli.internal.convert;

import dev.rideau.cli.internal.Selection;
import dev.rideau.ctf.CtfWriter;
import dev.rideau.ctf.StreamWriter;
import dev.rideau.trace.BlockCursor;
import dev.rideau.trace.DataStream;
import dev.rideau.trace.DiagnosticSink;
import dev.rideau.trace.PacketIndex;
import dev.rideau.trace.RecordBlock;
import dev.rideau.trace.filter.StreamFilter;
import java.io.IOException;
import java.util.concurrent.Callable;
import java.util.function.LongConsumer;
import org.jspecify.annotations.Nullable;

/// Copies one data stream packet by packet. Packets stay even where no record of them is wanted:
/// their counters tell what the tracer lost. One thread runs it.
final class StreamConversion implements Callable<Long> {
  private final DataStream stream;
  private final CtfWriter writer;
  private final Selection selection;
  private final StreamFilter filter;
  private final DiagnosticSink diagnostics;
  private final LongConsumer progress;

  /// @param progress is told of bytes of the source that are done
  StreamConversion(
      DataStream stream,
      CtfWriter writer,
      Selection selection,
      DiagnosticSink diagnostics,
      LongConsumer progress) {
    this.stream = stream;
    this.writer = writer;
    this.selection = selection;
    filter = selection.filter().forStream(stream);
    this.diagnostics = diagnostics;
    this.progress = progress;
  }

  /// @return number of records written
  @Override
  public Long call() throws IOException {
    int first = selection.firstPacket(stream);
    int end = selection.endPacket(stream);
    if (first >= end) {
      return 0L;
    }
    PacketIndex packets = stream.packets();
    Long id = stream.id();
    try (BlockCursor cursor = stream.cursor(first, end, selection.projection(filter), diagnostics);
        StreamWriter target =
            writer.stream(stream.dataStreamClass(), stream.name(), id == null ? 0 : id)) {
      @Nullable RecordChoice choice = RecordChoice.of(selection, filter);
      for (RecordBlock packet = cursor.nextPacket();
          packet != null && !Thread.currentThread().isInterrupted();
          packet = cursor.nextPacket()) {
        target.beginPacket(packet.packetHeader(), packet.packetContext());
        int number = packet.packet();
        for (RecordBlock block = cursor.next(); block != null; block = cursor.next()) {
          copy(block, choice, target);
        }
        target.endPacket();
        progress.accept(packets.totalBits(number) / 8);
      }
      return target.recordCount();
    }
  }

  private static void copy(RecordBlock block, @Nullable RecordChoice choice, StreamWriter target)
      throws IOException {
    if (choice == null) {
      target.write(block, 0, block.size());
    } else {
      int count = choice.choose(block);
      target.write(block, choice.positions(), count);
    }
  }
}
