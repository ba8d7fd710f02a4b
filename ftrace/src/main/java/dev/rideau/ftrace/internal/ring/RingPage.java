package dev.rideau.ftrace.internal.ring;

import dev.rideau.ftrace.internal.format.KernelBytes;

/// Records in a page of the ring buffer.
///
/// ```
/// bits 0..4   type (big endian: the highest five bits)
/// bits 5..31  time since the record before
/// type 0       a word with the length of itself and the data, then the data
///      1..28   so many words of data
///      29      padding: a word with the length of itself and the padding; without time: to the end
///      30      time: a word with the bits above the 27 of the header
///      31      absolute time: the same, 59 bits; the five above are those of the time before
/// ```
public final class RingPage {
  static final int PADDING = 29;
  static final int TIME_EXTEND = 30;
  static final int TIME_STAMP = 31;
  static final int DELTA_BITS = 27;
  static final long ABSOLUTE_BITS = (1L << 59) - 1;

  private RingPage() {}

  /// The absolute time of a time stamp record: its upper bits follow from the time before.
  static long absolute(long stamp, long before) {
    long upper = before & ~ABSOLUTE_BITS;
    if (upper == 0) {
      return stamp;
    }
    long time = stamp | upper;
    // The lower bits wrapped since.
    return Long.compareUnsigned(time, before) < 0 ? time + ABSOLUTE_BITS + 1 : time;
  }

  static int type(int header, boolean swapped) {
    return swapped ? header >>> DELTA_BITS : header & 31;
  }

  static int delta(int header, boolean swapped) {
    return swapped ? header & (1 << DELTA_BITS) - 1 : header >>> 5;
  }

  /// The time of the last record of a page, or that of the page when it has none.
  ///
  /// @param start first byte of the page
  /// @param end first byte behind what there is of it
  public static long endTime(byte[] bytes, int start, int end, PageLayout layout, boolean swapped) {
    if (end - start < layout.headerBytes()) {
      return 0;
    }
    long time = KernelBytes.integer(bytes, start, 8, false, swapped);
    int commit = commit(bytes, start, layout, swapped) & PageLayout.LENGTH;
    int at = start + layout.headerBytes();
    int limit = Math.min(end, at + commit);
    while (at + 4 <= limit) {
      int header = KernelBytes.word(bytes, at, swapped);
      int type = type(header, swapped);
      int delta = delta(header, swapped);
      if (type > 0 && type < PADDING) {
        time += delta;
        at += 4 + type * 4;
        continue;
      }
      if (at + 8 > limit) {
        return time;
      }
      int word = KernelBytes.word(bytes, at + 4, swapped);
      switch (type) {
        case TIME_EXTEND -> {
          time += delta + ((word & 0xFFFF_FFFFL) << DELTA_BITS);
          at += 8;
        }
        case TIME_STAMP -> {
          time = absolute(delta + ((word & 0xFFFF_FFFFL) << DELTA_BITS), time);
          at += 8;
        }
        default -> {
          if (type == PADDING && delta == 0 || word < 4 || word > limit - at) {
            return time;
          }
          time += type == PADDING && delta == 1 ? 0 : delta;
          at += 4 + (word + 3 & -4);
        }
      }
    }
    return time;
  }

  /// How many records are on a whole page.
  public static int records(byte[] page, PageLayout layout, boolean swapped) {
    int at = layout.headerBytes();
    int limit = Math.min(page.length, at + (commit(page, 0, layout, swapped) & PageLayout.LENGTH));
    int records = 0;
    while (at + 4 <= limit) {
      int header = KernelBytes.word(page, at, swapped);
      int type = type(header, swapped);
      if (type > 0 && type < PADDING) {
        records++;
        at += 4 + type * 4;
        continue;
      }
      if (at + 8 > limit || type == PADDING && delta(header, swapped) == 0) {
        return records;
      }
      int length = KernelBytes.word(page, at + 4, swapped);
      if (type == TIME_EXTEND || type == TIME_STAMP) {
        at += 8;
      } else if (length < 4 || length > limit - at) {
        return records;
      } else {
        records += type == PADDING ? 0 : 1;
        at += 4 + (length + 3 & -4);
      }
    }
    return records;
  }

  /// The low 32 bits of a page's commit word.
  public static int commit(byte[] bytes, int start, PageLayout layout, boolean swapped) {
    int low = swapped ? start + 8 + layout.commitBytes() - 4 : start + 8;
    return KernelBytes.word(bytes, low, swapped);
  }
}
