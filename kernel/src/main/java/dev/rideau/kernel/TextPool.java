package dev.rideau.kernel;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/// Bytes of many texts one behind the other. Owned by one thread at a time.
///
/// ```
/// handle:  offset in bytes (40 bits) | length in bytes (24 bits)
/// ```
public final class TextPool {
  private static final int LENGTH_BITS = 24;
  private static final int MAXIMUM_LENGTH_BYTES = (1 << LENGTH_BITS) - 1;

  private byte[] bytes = new byte[1 << 12];
  private int size;

  /// Copies a text; what is beyond 16 MiB of it is cut off.
  ///
  /// @return its handle, valid until [#clear()]
  public long add(byte[] source, int from, int to) {
    int length = Math.min(to - from, MAXIMUM_LENGTH_BYTES);
    if (size + length > bytes.length) {
      bytes = Arrays.copyOf(bytes, Math.max(size + length, bytes.length * 2));
    }
    System.arraycopy(source, from, bytes, size, length);
    long handle = ((long) size << LENGTH_BITS) | length;
    size += length;
    return handle;
  }

  /// The array that holds all texts; replaced when it grows.
  public byte[] bytes() {
    return bytes;
  }

  public static int offset(long handle) {
    return (int) (handle >>> LENGTH_BITS);
  }

  public static int length(long handle) {
    return (int) (handle & MAXIMUM_LENGTH_BYTES);
  }

  public String text(long handle) {
    return new String(bytes, offset(handle), length(handle), StandardCharsets.UTF_8);
  }

  /// Number of bytes that are in use.
  public int sizeBytes() {
    return size;
  }

  /// Forgets all texts, keeps the memory.
  public void clear() {
    size = 0;
  }
}
