package dev.rideau.ctf.internal.decode;

import dev.rideau.trace.BlockCursor;
import dev.rideau.trace.DataStream;
import dev.rideau.trace.DataStreamClass;
import dev.rideau.trace.DiagnosticSink;
import dev.rideau.trace.Loss;
import dev.rideau.trace.PacketIndex;
import dev.rideau.trace.Projection;
import dev.rideau.trace.Trace;
import java.nio.file.Path;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// A data stream of one file that is an array of bytes.
///
/// @param file may be shorter than the packets say
record MemoryPackets(DataStreamClass dataStreamClass, PacketIndex packets, byte[] file)
    implements DataStream, PacketBytes {
  /// What the file is called in messages.
  static final Path FILE = Path.of("memory");

  @Override
  public int read(int packet, long offsetBytes, byte[] target, int at, int lengthBytes) {
    long first = packets.offsetBytes(packet) + offsetBytes;
    int length = (int) Math.max(0, Math.min(lengthBytes, file.length - first));
    if (length > 0) {
      System.arraycopy(file, (int) first, target, at, length);
    }
    return length;
  }

  @Override
  public Trace trace() {
    throw new UnsupportedOperationException("the stream stands alone");
  }

  @Override
  public int ordinal() {
    return 0;
  }

  @Override
  public @Nullable Long id() {
    return null;
  }

  @Override
  public long number() {
    return 0;
  }

  @Override
  public String name() {
    return "memory";
  }

  @Override
  public List<Loss> losses() {
    return List.of();
  }

  @Override
  public boolean hasIndependentPackets() {
    return false;
  }

  @Override
  public BlockCursor cursor(
      int firstPacket, int endPacket, Projection projection, DiagnosticSink diagnostics) {
    throw new UnsupportedOperationException("tests make their own cursors");
  }
}
