package dev.rideau.perf.internal.file;

import java.io.IOException;
import java.io.InputStream;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/// Gives a decompressor only whole blocks of a Zstandard stream, and an end.
///
/// perf flushes its stream at the end of each record and never ends it, and a file may be cut
/// inside of a block. Decompressors take both for damage. So bytes are handed on block by block,
/// and where they end inside a frame an empty last block is added.
///
/// ```
/// frame    magic (4) | descriptor (1) | window, dictionary, content size | block …
/// block    last (bit 0), type (bits 1, 2), size (bits 3 to 23) | content
/// ```
final class ZstdBlocks extends InputStream {
  private static final byte[] EMPTY_LAST_BLOCK = {1, 0, 0};
  private static final int TYPE_RUN = 1;
  private static final int CHECKSUM_BYTES = 4;

  /// Hands out compressed bytes piece by piece.
  @FunctionalInterface
  interface Pieces {
    /// The next piece, or null at the end.
    byte @Nullable [] next() throws IOException;
  }

  private final Pieces pieces;
  private byte[] buffer = new byte[1 << 16];
  private int length;
  private int position;

  /// Bytes up to here may be handed out.
  private int whole;

  private boolean inFrame;
  private boolean hasChecksum;
  private boolean ended;

  ZstdBlocks(Pieces pieces) {
    this.pieces = pieces;
  }

  @Override
  public int read() throws IOException {
    byte[] one = new byte[1];
    return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
  }

  @Override
  public int read(byte[] target, int offset, int count) throws IOException {
    while (position == whole) {
      if (!advance()) {
        return -1;
      }
    }
    int given = Math.min(count, whole - position);
    System.arraycopy(buffer, position, target, offset, given);
    position += given;
    return given;
  }

  /// Finds the end of the next unit: a frame header, or a block.
  private boolean advance() throws IOException {
    int unit = inFrame ? blockBytes() : frameHeaderBytes();
    if (unit < 0 || !require(unit)) {
      if (!inFrame || ended) {
        return false;
      }
      ended = true;
      buffer = EMPTY_LAST_BLOCK;
      position = 0;
      length = whole = EMPTY_LAST_BLOCK.length;
      return true;
    }
    if (inFrame) {
      boolean last = (buffer[position] & 1) != 0;
      if (last) {
        inFrame = false;
      }
    } else {
      hasChecksum = (buffer[position + 4] & 4) != 0;
      inFrame = true;
    }
    whole = position + unit;
    return true;
  }

  private int frameHeaderBytes() throws IOException {
    if (ended || !require(5)) {
      return -1;
    }
    int descriptor = buffer[position + 4] & 0xff;
    boolean single = (descriptor & 0x20) != 0;
    int dictionary = new int[] {0, 1, 2, 4}[descriptor & 3];
    int contentSize = new int[] {single ? 1 : 0, 2, 4, 8}[descriptor >>> 6];
    return 5 + (single ? 0 : 1) + dictionary + contentSize;
  }

  private int blockBytes() throws IOException {
    if (ended || !require(3)) {
      return -1;
    }
    int header =
        buffer[position] & 0xff
            | (buffer[position + 1] & 0xff) << 8
            | (buffer[position + 2] & 0xff) << 16;
    int content = (header >>> 1 & 3) == TYPE_RUN ? 1 : header >>> 3;
    boolean last = (header & 1) != 0;
    return 3 + content + (last && hasChecksum ? CHECKSUM_BYTES : 0);
  }

  /// Makes sure that `count` bytes from the position on are in the buffer.
  private boolean require(int count) throws IOException {
    while (length - position < count) {
      byte[] piece = ended ? null : pieces.next();
      if (piece == null) {
        return false;
      }
      System.arraycopy(buffer, position, buffer, 0, length - position);
      length -= position;
      whole -= position;
      position = 0;
      if (buffer.length - length < piece.length) {
        buffer = Arrays.copyOf(buffer, length + piece.length);
      }
      System.arraycopy(piece, 0, buffer, length, piece.length);
      length += piece.length;
    }
    return true;
  }
}
