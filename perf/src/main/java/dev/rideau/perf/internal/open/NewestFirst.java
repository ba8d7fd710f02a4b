package dev.rideau.perf.internal.open;

import dev.rideau.perf.internal.decode.PacketSource;
import dev.rideau.perf.internal.file.Words;
import dev.rideau.trace.DataStream;
import dev.rideau.trace.DiagnosticSink;

/// Turns packets whose newest record comes first round. Belongs to one cursor.
///
/// ```
/// file      record 3 (newest) | record 2 | record 1
/// target    record 1 | record 2 | record 3
/// ```
final class NewestFirst implements PacketSource {
  private static final int HEADER_BYTES = 8;

  private final PacketSource file;
  private final Words words;
  private byte[] inFile = new byte[0];

  /// @param file hands out packets as they stand in the file
  NewestFirst(PacketSource file, Words words) {
    this.file = file;
    this.words = words;
  }

  @Override
  public int read(DataStream stream, int packet, byte[] target, DiagnosticSink diagnostics) {
    if (inFile.length < target.length) {
      inFile = new byte[target.length];
    }
    int length = file.read(stream, packet, inFile, diagnostics);
    int at = 0;
    while (length - at >= HEADER_BYTES) {
      int size = words.u16(inFile, at + 6);
      if (size < HEADER_BYTES || size > length - at) {
        break;
      }
      at += size;
      System.arraycopy(inFile, at - size, target, length - at, size);
    }
    if (at < length) {
      // The file has changed since it was opened. What is no record comes last, the cursor tells.
      System.arraycopy(target, length - at, target, 0, at);
      System.arraycopy(inFile, at, target, at, length - at);
    }
    return length;
  }

  @Override
  public int placeInFile(int at, int size, int length) {
    return Math.max(0, length - at - size);
  }
}
