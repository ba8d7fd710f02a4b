package dev.rideau.perf.internal.file;

import java.io.IOException;
import java.util.Arrays;

/// Goes from record to record through a part of a file, and past the data that follows some.
///
/// ```
/// byte   0 type (4)   4 misc (2)   6 size (2), this header included   8 body
/// ```
public final class RecordWalk {
  private static final int WINDOW_BYTES = 1 << 20;
  static final int HEADER_BYTES = 8;

  /// perf's own record types that somebody here looks at.
  public static final int HEADER_ATTR = 64;

  public static final int HEADER_TRACING_DATA = 66;
  public static final int HEADER_BUILD_ID = 67;
  public static final int ID_INDEX = 69;
  public static final int AUXTRACE = 71;
  public static final int EVENT_UPDATE = 78;
  public static final int HEADER_FEATURE = 80;
  public static final int COMPRESSED = 81;
  public static final int COMPRESSED2 = 83;

  /// Why the walk ended.
  public enum End {
    /// Not yet.
    OPEN,
    /// After the last record.
    WHOLE,
    /// The last record is longer than what is left.
    TRUNCATED,
    /// A record says that it is shorter than its own header.
    MALFORMED
  }

  private final PerfSource source;
  private final Words words;
  private final long endBytes;
  private final byte[] window = new byte[WINDOW_BYTES + 16];
  private long windowStart;
  private int windowLength;
  private int at;

  /// What the header of the record at hand says.
  private int type;

  private int size;
  private int next;
  private End end = End.OPEN;

  /// A walk over the bytes from `start` up to, not including, `end`.
  public RecordWalk(PerfSource source, Words words, long start, long end) {
    this.source = source;
    this.words = words;
    windowStart = start;
    endBytes = end;
  }

  /// Goes to the next record.
  public boolean next() throws IOException {
    if (end != End.OPEN) {
      return false;
    }
    at = next;
    boolean isHere = pendingSkip == 0 && windowLength - at >= HEADER_BYTES;
    if (!isHere && !fill(HEADER_BYTES)) {
      end = windowStart + at >= endBytes ? End.WHOLE : End.TRUNCATED;
      return false;
    }
    type = words.i32(window, at);
    size = words.u16(window, at + 6);
    if (size < HEADER_BYTES) {
      end = End.MALFORMED;
      return false;
    }
    if (windowLength - at < size && !fill(size)) {
      end = End.TRUNCATED;
      return false;
    }
    next = at + size;
    if (type >= HEADER_ATTR) {
      long following = following();
      if (following != 0) {
        skip(following);
      }
    }
    return true;
  }

  /// How many bytes follow the record that are no records.
  private long following() {
    if (type == HEADER_TRACING_DATA && size >= HEADER_BYTES + 4) {
      return words.u32(window, at + HEADER_BYTES);
    }
    return type == AUXTRACE && size >= HEADER_BYTES + 8 ? words.i64(window, at + HEADER_BYTES) : 0;
  }

  /// Jumps. The record at hand stays readable, so the jump is made by the next step.
  private void skip(long lengthBytes) {
    long left = endBytes - (windowStart + next);
    if (lengthBytes < 0 || lengthBytes > left) {
      end = End.TRUNCATED;
    } else if (lengthBytes <= windowLength - next) {
      next += (int) lengthBytes;
    } else {
      pendingSkip = lengthBytes;
    }
  }

  private long pendingSkip;

  private boolean fill(int needed) throws IOException {
    if (pendingSkip > 0) {
      windowStart += at + pendingSkip;
      pendingSkip = 0;
      windowLength = 0;
      at = 0;
    }
    if (windowLength - at >= needed) {
      return true;
    }
    System.arraycopy(window, at, window, 0, windowLength - at);
    windowStart += at;
    windowLength -= at;
    at = 0;
    int wanted = (int) Math.min(WINDOW_BYTES - windowLength, endBytes - windowStart - windowLength);
    if (wanted > 0) {
      windowLength += source.read(windowStart + windowLength, window, windowLength, wanted);
    }
    return windowLength >= needed;
  }

  /// The array that the record is in.
  public byte[] bytes() {
    return window;
  }

  /// First byte of the record in [#bytes()].
  public int at() {
    return at;
  }

  /// What kind of record it is.
  public int type() {
    return type;
  }

  /// Bits that depend on the type.
  public int misc() {
    return words.u16(window, at + 4);
  }

  /// Length with header.
  public int size() {
    return size;
  }

  /// First byte of the record in the file; after the end, where the walk ended.
  public long offsetBytes() {
    return windowStart + at;
  }

  /// Bytes from there to the end.
  public long leftBytes() {
    return endBytes - offsetBytes();
  }

  /// Why there is no next record.
  public End end() {
    return end;
  }

  /// Where the data that follows the record begins in the file.
  long followingOffsetBytes() {
    return windowStart + at + size;
  }

  /// A copy of the body.
  byte[] body() {
    return Arrays.copyOfRange(window, at + HEADER_BYTES, at + size);
  }
}
