package dev.rideau.ctf.internal.decode;

import dev.rideau.trace.RecordBlock;

/// Goes through successive records of one class that are a packed header, fields of a fixed length
/// and one string, all at byte boundaries.
///
/// ```
/// |header|fields ....|"text\0"|header|fields ....|"text\0"|
/// at                           next at
/// ```
///
/// Where a record ends is known only when its zero byte is found, so the way from one record to the
/// next decides the speed. The scanning loop holds that way and nothing that can be done
/// afterwards: with everything in one loop the compiler runs out of registers, which was measured
/// to cost more than the scan itself. The block's own arrays keep what the loop finds until
/// [#finish] turns it into what belongs there.
final class StringRun {
  private StringRun() {}

  /// Finds records.
  ///
  /// @param from byte in the window where the first record starts
  /// @param limit byte in the window behind the last one that may be read
  /// @param fieldsBytes length of the fields before the string
  /// @param first place of the first record in the block
  /// @return how many records there are; for each the block holds the byte in the window where it
  ///   starts as offset and its header as clock value
  static int scan(
      byte[] bytes,
      int from,
      int limit,
      int headerBytes,
      int fieldsBytes,
      long idMask,
      long id,
      RecordBlock block,
      int first) {
    long[] words = block.clockValues();
    long[] offsets = block.offsetsBits();
    int fixedBytes = headerBytes + fieldsBytes;
    int end = block.capacity();
    // A whole word behind the limit is within the slack.
    int lastText = limit - 1;
    int at = from;
    int place = first;
    while (place < end) {
      int text = at + fixedBytes;
      if (text > lastText) {
        break;
      }
      long word = FastBits.longLe(bytes, at);
      if ((word & idMask) != id) {
        break;
      }
      long zeros = FastBits.zeros(FastBits.longLe(bytes, text));
      int zero;
      if (zeros != 0) {
        zero = text + (Long.numberOfTrailingZeros(zeros) >>> 3);
        if (zero > lastText) {
          break;
        }
      } else {
        zero = FastBits.indexOfZero(bytes, text + 8, limit);
        if (zero < 0) {
          break;
        }
      }
      words[place] = word;
      offsets[place] = at;
      place++;
      at = zero + 1;
    }
    return place - first;
  }

  /// The byte in the window behind the record that [#scan] put last.
  static int end(byte[] bytes, int fixedBytes, int limit, RecordBlock block, int last) {
    return FastBits.indexOfZero(bytes, (int) block.offsetsBits()[last] + fixedBytes, limit) + 1;
  }

  /// Remembers where each record's fields start and its string ends, for when columns are filled.
  ///
  /// @param end byte in the window behind the last record
  static void remember(
      RecordBlock block,
      int first,
      int count,
      int headerBytes,
      int end,
      int[] starts,
      int[] ends,
      int firstRow) {
    long[] offsets = block.offsetsBits();
    for (int i = 0; i < count; i++) {
      starts[firstRow + i] = (int) offsets[first + i] + headerBytes;
    }
    for (int i = 0; i < count - 1; i++) {
      ends[firstRow + i] = (int) offsets[first + i + 1];
    }
    ends[firstRow + count - 1] = end;
  }

  /// Turns headers into clock values and places in the window into offsets in the file.
  ///
  /// @param fileBits bit of the file that the window starts with
  /// @return the clock behind the last record
  static long finish(
      RecordBlock block,
      int first,
      int count,
      int idBits,
      long clockMask,
      long clockBefore,
      long fileBits) {
    long[] clockValues = block.clockValues();
    long[] offsets = block.offsetsBits();
    long clock = clockBefore;
    for (int i = first; i < first + count; i++) {
      long updated = (clock & ~clockMask) | ((clockValues[i] >>> idBits) & clockMask);
      clock = updated < clock ? updated + clockMask + 1 : updated;
      clockValues[i] = clock;
    }
    for (int i = first; i < first + count; i++) {
      offsets[i] = fileBits + (offsets[i] << 3);
    }
    return clock;
  }
}
