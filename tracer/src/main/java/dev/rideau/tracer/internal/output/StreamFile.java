package dev.rideau.tracer.internal.output;

import dev.rideau.tracer.internal.buffer.PacketSink;
import java.io.IOException;
import java.lang.foreign.MemorySegment;
import java.nio.ByteBuffer;
import java.nio.channels.ClosedByInterruptException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import org.jspecify.annotations.Nullable;

/// The file of a data stream. It appears with its first packet and always ends with a whole one,
/// unless the process is killed in the middle of a write.
public final class StreamFile implements PacketSink, AutoCloseable {
  private final Path path;
  private @Nullable FileChannel file;

  // Where the next packet goes; -1 before the file is looked at.
  private long bytes = -1;

  /// Nothing is created yet.
  public StreamFile(Path path) {
    this.path = path;
  }

  @Override
  public void accept(MemorySegment packet) throws IOException {
    boolean isInterrupted = false;
    try {
      while (!write(packet)) {
        isInterrupted = true;
      }
    } finally {
      if (isInterrupted) {
        Thread.currentThread().interrupt();
      }
    }
  }

  // False when an interrupt closed the file: programs interrupt their threads, also those that
  // flush or close a session, and mean something else.
  private boolean write(MemorySegment packet) throws IOException {
    FileChannel file = open();
    ByteBuffer buffer = packet.asByteBuffer();
    try {
      while (buffer.hasRemaining()) {
        file.write(buffer, bytes + buffer.position());
      }
    } catch (ClosedByInterruptException interrupted) {
      this.file = null;
      boolean wasSet = Thread.interrupted();
      assert wasSet;
      return false;
    } catch (IOException failure) {
      try {
        file.truncate(bytes);
      } catch (IOException alsoFailed) {
        failure.addSuppressed(alsoFailed);
      }
      throw failure;
    }
    bytes += packet.byteSize();
    return true;
  }

  private FileChannel open() throws IOException {
    FileChannel file = this.file;
    if (file == null) {
      file = FileChannel.open(path, StandardOpenOption.CREATE, StandardOpenOption.WRITE);
      this.file = file;
      if (bytes < 0) {
        bytes = Files.size(path);
      }
    }
    return file;
  }

  /// Closes the file and moves it to another folder; what comes next begins a new one.
  void moveTo(Path folder) throws IOException {
    close();
    bytes = -1;
    if (Files.exists(path)) {
      Files.move(path, folder.resolve(path.getFileName()), StandardCopyOption.ATOMIC_MOVE);
    }
  }

  @Override
  public void close() throws IOException {
    if (file != null) {
      file.close();
      file = null;
    }
  }
}
