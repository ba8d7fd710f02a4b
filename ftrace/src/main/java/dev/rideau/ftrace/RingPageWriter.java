package dev.rideau.ftrace;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.List;

/// Writes records into pages of the kernel's ring buffer, little endian, longs of 8 bytes.
///
/// A record starts with the two bytes of its event's id. Times must not go back. Used by one
/// thread.
public final class RingPageWriter {
  private static final int HEADER_BYTES = 16;
  private static final int MOST_SMALL_BYTES = 28 * 4;
  private static final int MOST_DELTA = (1 << 27) - 1;
  private static final int TIME_EXTEND = 30;

  private final int pageBytes;
  private final List<ByteBuffer> pages = new ArrayList<>();
  private ByteBuffer page;
  private long time;

  /// @param pageBytes length of a page
  public RingPageWriter(int pageBytes) {
    this.pageBytes = pageBytes;
    page = ByteBuffer.allocate(0);
  }

  /// Longest record that fits.
  public int mostRecordBytes() {
    return pageBytes - HEADER_BYTES - 16;
  }

  /// Appends a record.
  ///
  /// @param timestamp value of the trace clock
  /// @param record its bytes, the common fields first
  public void put(long timestamp, ByteBuffer record) {
    int length = record.remaining() + 3 & -4;
    if (record.remaining() > mostRecordBytes()) {
      throw new IllegalArgumentException("a record of %d bytes".formatted(record.remaining()));
    }
    // Header, length word, and a record that extends the time.
    if (page.remaining() < length + 16) {
      startPage(timestamp);
    }
    long delta = timestamp - time;
    if (delta > MOST_DELTA) {
      page.putInt(TIME_EXTEND | (int) (delta & MOST_DELTA) << 5).putInt((int) (delta >>> 27));
      delta = 0;
    }
    time = timestamp;
    int header = (int) delta << 5;
    if (length > 0 && length <= MOST_SMALL_BYTES) {
      page.putInt(header | length >> 2);
    } else {
      page.putInt(header).putInt(length + 4);
    }
    int end = page.position() + length;
    page.put(record);
    page.position(end);
    page.putLong(8, end - HEADER_BYTES);
  }

  /// Ends the page; the next record starts a new one.
  public void endPage() {
    page.position(page.limit());
  }

  private void startPage(long timestamp) {
    page = ByteBuffer.allocate(pageBytes).order(ByteOrder.LITTLE_ENDIAN);
    page.putLong(timestamp).putLong(0);
    pages.add(page);
    time = timestamp;
  }

  /// The pages so far, each ready to be read whole.
  public List<ByteBuffer> pages() {
    List<ByteBuffer> done = new ArrayList<>();
    for (ByteBuffer each : pages) {
      done.add(each.duplicate().order(ByteOrder.LITTLE_ENDIAN).clear());
    }
    return done;
  }
}
