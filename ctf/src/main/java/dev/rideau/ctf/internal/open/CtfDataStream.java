package dev.rideau.ctf.internal.open;

import dev.rideau.ctf.internal.decode.CtfBlockCursor;
import dev.rideau.ctf.internal.decode.PacketBytes;
import dev.rideau.ctf.internal.decode.StreamProcedures;
import dev.rideau.trace.BlockCursor;
import dev.rideau.trace.DataStream;
import dev.rideau.trace.DataStreamClass;
import dev.rideau.trace.Diagnostic;
import dev.rideau.trace.DiagnosticSink;
import dev.rideau.trace.Loss;
import dev.rideau.trace.Origin;
import dev.rideau.trace.PacketIndex;
import dev.rideau.trace.Projection;
import dev.rideau.trace.ReadFailure;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// A data stream of a CTF trace. Immutable.
public final class CtfDataStream implements DataStream {
  private final CtfTrace trace;
  private final int ordinal;
  private final StreamDraft draft;
  private final FilePool files;
  private final List<Loss> losses;

  CtfDataStream(CtfTrace trace, int ordinal, StreamDraft draft, FilePool files) {
    this.trace = trace;
    this.ordinal = ordinal;
    this.draft = draft;
    this.files = files;
    losses = LossFinder.find(this, draft.said(), draft.discardedBits(), draft.sequenceBits());
  }

  @Override
  public CtfTrace trace() {
    return trace;
  }

  @Override
  public DataStreamClass dataStreamClass() {
    return draft.dataStreamClass();
  }

  @Override
  public int ordinal() {
    return ordinal;
  }

  @Override
  public @Nullable Long id() {
    return draft.id();
  }

  @Override
  public long number() {
    return draft.number();
  }

  @Override
  public String name() {
    return String.valueOf(packets().files().getFirst().getFileName());
  }

  @Override
  public PacketIndex packets() {
    return draft.corrected();
  }

  @Override
  public List<Loss> losses() {
    return losses;
  }

  @Override
  public boolean hasIndependentPackets() {
    return draft.independent();
  }

  @Override
  public BlockCursor cursor(
      int firstPacket, int endPacket, Projection projection, DiagnosticSink diagnostics) {
    StreamProcedures procedures = trace.procedures().of(dataStreamClass(), projection);
    PacketBytes source =
        (packet, offsetBytes, target, at, lengthBytes) ->
            read(packet, offsetBytes, ByteBuffer.wrap(target, at, lengthBytes), diagnostics);
    return new CtfBlockCursor(this, source, procedures, firstPacket, endPacket, diagnostics);
  }

  private int read(int packet, long offsetBytes, ByteBuffer target, DiagnosticSink diagnostics) {
    PacketIndex packets = packets();
    long positionBytes = packets.offsetBytes(packet) + offsetBytes;
    try {
      return files.read(packets.file(packet), positionBytes, target);
    } catch (IOException failure) {
      diagnostics.report(
          Diagnostic.error(
              "unreadable-file",
              "the file cannot be read (%s)".formatted(ReadFailure.reason(failure)),
              Origin.ofBit(packets.file(packet), name(), packet, positionBytes * 8),
              "Check its permissions and the disk; records before are good."));
      return 0;
    }
  }

  @Override
  public String toString() {
    return name();
  }
}
