package dev.rideau.tracer.internal.buffer;

import static dev.rideau.tracer.internal.buffer.BufferDescriptor.*;

import java.io.IOException;
import java.lang.foreign.MemorySegment;
import java.nio.file.Path;

/// Reads the buffer file of a process that is gone.
public final class BufferSalvage {
  private final StripeBuffer buffer;
  private final MemorySegment memory;

  /// A file that is no buffer, or no whole one.
  public static final class DamagedBufferException extends IOException {
    private static final long serialVersionUID = 1;

    private DamagedBufferException(String message) {
      super(message);
    }
  }

  private BufferSalvage(MemorySegment memory, BufferGeometry geometry) {
    this.memory = memory;
    buffer = StripeBuffer.open(memory, geometry);
  }

  /// Opens a file after checking that it is what it says.
  ///
  /// @throws DamagedBufferException naming the file and what is wrong with it
  public static BufferSalvage open(Path path) throws IOException {
    MemorySegment memory = BufferFile.open(path).memory();
    if (memory.byteSize() < PAGE_BYTES || Bytes.getLong(memory, AT_MAGIC) != MAGIC) {
      throw new DamagedBufferException(
          path + ": is not a buffer of the tracer, or was never finished");
    }
    if (Bytes.getInt(memory, AT_VERSION) != VERSION) {
      throw new DamagedBufferException(
          path + ": has version " + Bytes.getInt(memory, AT_VERSION) + ", not " + VERSION);
    }
    BufferGeometry geometry;
    try {
      geometry =
          new BufferGeometry(
              Math.toIntExact(Bytes.getLong(memory, AT_SUB_BUFFER_BYTES)),
              Bytes.getInt(memory, AT_SUB_BUFFER_COUNT),
              (Bytes.getInt(memory, AT_MODE) & OVERWRITE) != 0,
              0,
              Bytes.getInt(memory, AT_CONTEXT_BYTES),
              (Bytes.getInt(memory, AT_MODE) & ALIGNED) != 0);
    } catch (IllegalArgumentException | ArithmeticException failure) {
      throw new DamagedBufferException(path + ": " + failure.getMessage());
    }
    if (memory.byteSize() < geometry.fileBytes() || geometry.contextBytes() < 0) {
      throw new DamagedBufferException(path + ": is shorter than its header says");
    }
    return new BufferSalvage(memory, geometry);
  }

  /// Number of the first packet that may be missing in the trace.
  public long firstPacket() {
    return Math.max(
        buffer.consumedPackets(),
        buffer.isOverwrite()
            ? Math.max(0, buffer.openPacketNumber() - buffer.subBufferCount() + 1)
            : 0);
  }

  /// Events that were lost until the end.
  public long lost() {
    return buffer.lost();
  }

  /// The stream class id: which channel it belongs to.
  public long streamClass() {
    return Bytes.getLong(memory, AT_STREAM_CLASS);
  }

  /// Hands over the records that were committed, packet by packet.
  ///
  /// @return how many packets
  public int recover(RecordLayouts layouts, PacketSink sink) throws IOException {
    PacketDrain drain = new PacketDrain(buffer, layouts);
    int count = 0;
    long open = buffer.openPacketNumber();
    for (long packet = firstPacket(); packet <= open; packet++) {
      if (drain.salvage(packet, sink)) {
        count++;
      }
    }
    return count;
  }
}
