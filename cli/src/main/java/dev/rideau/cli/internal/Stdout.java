package dev.rideau.cli.internal;

import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.channels.Channels;
import java.nio.channels.WritableByteChannel;
import java.nio.file.Files;
import java.nio.file.Path;

/// Standard output as bytes, without a buffer of its own: write large pieces.
///
/// No method throws [IOException]. A reader that went away is a [BrokenPipeException], everything
/// else (a full disk) a [CommandFailure]; both end the command, so callers handle neither. One
/// thread at a time writes.
public final class Stdout extends OutputStream {
  private final WritableByteChannel channel;

  private Stdout(WritableByteChannel channel) {
    this.channel = channel;
  }

  /// The process's own standard output.
  static Stdout ofProcess() {
    return new Stdout(new FileOutputStream(FileDescriptor.out).getChannel());
  }

  static Stdout of(OutputStream stream) {
    return new Stdout(Channels.newChannel(stream));
  }

  /// Writes all that remains in `bytes`. A direct buffer reaches the kernel without a copy.
  public void write(ByteBuffer bytes) {
    try {
      while (bytes.hasRemaining()) {
        channel.write(bytes);
      }
    } catch (IOException failure) {
      throw isPipe() ? new BrokenPipeException(failure) : cannotWrite(failure);
    }
  }

  @Override
  public void write(byte[] bytes, int offset, int length) {
    write(ByteBuffer.wrap(bytes, offset, length));
  }

  @Override
  public void write(byte[] bytes) {
    write(ByteBuffer.wrap(bytes));
  }

  @Override
  public void write(int octet) {
    write(new byte[] {(byte) octet});
  }

  @Override
  public void flush() {}

  @Override
  public void close() {}

  private static CommandFailure cannotWrite(IOException failure) {
    return new CommandFailure(
        "cannot write to standard output: " + failure.getMessage(),
        "check that the disk has space",
        failure);
  }

  // The text of the system error depends on the locale. What standard output is connected to does
  // not, and a write to a pipe or socket fails only when its reader is gone.
  private static boolean isPipe() {
    try {
      String target = Files.readSymbolicLink(Path.of("/proc/self/fd/1")).toString();
      return target.startsWith("pipe:") || target.startsWith("socket:");
    } catch (IOException noProc) {
      return true;
    }
  }
}
