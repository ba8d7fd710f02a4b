package dev.rideau.perf.internal.decode;

import dev.rideau.perf.internal.decode.SampleFormat.Part;
import dev.rideau.perf.internal.file.Words;
import dev.rideau.trace.BytesColumn;
import dev.rideau.trace.ListColumn;
import dev.rideau.trace.LongColumn;
import dev.rideau.trace.StructColumn;
import java.util.Objects;

/// The ways from bytes to columns. A loop over rows each, so that the kind of a field is decided
/// once for a block and not once for a record.
final class Fillers {
  private Fillers() {}

  /// An integer at the same place of every record.
  static Filler integer(LongColumn column, Words words, int at, int lengthBytes, boolean signed) {
    return rows -> {
      long[] values = column.values();
      int[] starts = rows.starts;
      int[] ends = rows.ends;
      byte[] bytes = rows.bytes;
      for (int row = 0; row < rows.count; row++) {
        int place = starts[row] + at;
        if (place + lengthBytes <= ends[row]) {
          values[row] = words.integer(bytes, place, lengthBytes, signed);
        } else {
          values[row] = 0;
          column.markInvalid(row);
        }
      }
    };
  }

  /// A bit of the header's `misc`.
  static Filler flag(LongColumn column, Words words, int bit) {
    return rows -> {
      long[] values = column.values();
      for (int row = 0; row < rows.count; row++) {
        int misc = words.u16(rows.bytes, rows.starts[row] + 4);
        values[row] = misc >>> bit & 1L;
      }
    };
  }

  /// A text from `at` up to its first zero.
  static Filler text(BytesColumn column, int at) {
    return rows -> {
      column.share(rows.bytes);
      int[] offsets = column.offsetsBytes();
      int[] lengths = column.lengthsBytes();
      byte[] bytes = rows.bytes;
      for (int row = 0; row < rows.count; row++) {
        int begin = Math.min(rows.starts[row] + at, rows.ends[row]);
        int end = begin;
        while (end < rows.ends[row] && bytes[end] != 0) {
          end++;
        }
        offsets[row] = begin;
        lengths[row] = end - begin;
      }
    };
  }

  /// Pid (`at` 0) or tid (`at` 4); -1, and without value, where the record does not say.
  static Filler thread(LongColumn column, Words words, int at) {
    return rows -> {
      long[] values = column.values();
      int[] tids = rows.tids;
      for (int row = 0; row < rows.count; row++) {
        if (tids[row] == SampleFormat.NONE) {
          values[row] = -1;
          column.markInvalid(row);
        } else {
          values[row] = words.i32(rows.bytes, tids[row] + at);
        }
      }
    };
  }

  /// The name that the thread has at the time of the record.
  static Filler comm(BytesColumn column, Words words, CommTable comms) {
    CommTable.Recent recent = comms.recent();
    return rows -> {
      column.share(comms.bytes());
      int[] offsets = column.offsetsBytes();
      int[] lengths = column.lengthsBytes();
      for (int row = 0; row < rows.count; row++) {
        int at = rows.tids[row];
        int name =
            at == SampleFormat.NONE
                ? -1
                : recent.nameOf(words.i32(rows.bytes, at + 4), rows.clockValues[row]);
        if (name < 0) {
          offsets[row] = 0;
          lengths[row] = 0;
          column.markInvalid(row);
        } else {
          offsets[row] = comms.offsetBytes(name);
          lengths[row] = comms.lengthBytes(name);
        }
      }
    };
  }

  /// The eight bytes that are the whole part.
  static Filler word(LongColumn column, Words words, Part part) {
    return rows -> {
      int[] places = rows.parts[part.ordinal()];
      long[] values = column.values();
      for (int row = 0; row < rows.count; row++) {
        values[row] = words.i64(rows.bytes, places[row]);
      }
    };
  }

  /// How many elements [#words] gives.
  static Filler wordCount(LongColumn column, Words words, Part part, long registers) {
    return rows -> {
      int[] places = rows.parts[part.ordinal()];
      long[] values = column.values();
      for (int row = 0; row < rows.count; row++) {
        values[row] = wordCount(words, rows.bytes, places[row], part, registers);
      }
    };
  }

  /// Words behind their count (call chains) or behind the ABI (registers).
  static Filler words(ListColumn column, Words words, Part part, long registers) {
    LongColumn elements = (LongColumn) column.elements();
    return rows -> {
      int[] places = rows.parts[part.ordinal()];
      byte[] bytes = rows.bytes;
      for (int row = 0; row < rows.count; row++) {
        int count = wordCount(words, bytes, places[row], part, registers);
        int first = column.append(row, count);
        long[] values = elements.values();
        int at = places[row] + 8;
        for (int i = 0; i < count; i++) {
          values[first + i] = words.i64(bytes, at);
          at += 8;
        }
      }
    };
  }

  private static int wordCount(Words words, byte[] bytes, int at, Part part, long registers) {
    long head = words.i64(bytes, at);
    return part == Part.CALL_CHAIN || part == Part.BRANCH_STACK
        ? (int) head
        : head == 0 ? 0 : Long.bitCount(registers);
  }

  /// Branches: from, to, flags.
  static Filler branches(ListColumn column, Words words, int entriesAt) {
    StructColumn elements = (StructColumn) column.elements();
    LongColumn from = (LongColumn) Objects.requireNonNull(elements.member(0));
    LongColumn to = (LongColumn) Objects.requireNonNull(elements.member(1));
    LongColumn flags = (LongColumn) Objects.requireNonNull(elements.member(2));
    return rows -> {
      int[] places = rows.parts[Part.BRANCH_STACK.ordinal()];
      byte[] bytes = rows.bytes;
      for (int row = 0; row < rows.count; row++) {
        int count = (int) words.i64(bytes, places[row]);
        int first = column.append(row, count);
        int at = places[row] + entriesAt;
        for (int i = first; i < first + count; i++) {
          from.values()[i] = words.i64(bytes, at);
          to.values()[i] = words.i64(bytes, at + 8);
          flags.values()[i] = words.i64(bytes, at + 16);
          at += SampleFormat.BRANCH_BYTES;
        }
      }
    };
  }

  /// How many bytes [#blob] gives.
  static Filler blobLength(LongColumn column, Words words, Part part) {
    return rows -> {
      int[] places = rows.parts[part.ordinal()];
      long[] values = column.values();
      for (int row = 0; row < rows.count; row++) {
        values[row] = blobLength(words, rows.bytes, places[row], part);
      }
    };
  }

  /// Bytes behind their length.
  static Filler blob(BytesColumn column, Words words, Part part) {
    int head = part == Part.RAW ? 4 : 8;
    return rows -> {
      column.share(rows.bytes);
      int[] places = rows.parts[part.ordinal()];
      int[] offsets = column.offsetsBytes();
      int[] lengths = column.lengthsBytes();
      for (int row = 0; row < rows.count; row++) {
        offsets[row] = places[row] + head;
        lengths[row] = blobLength(words, rows.bytes, places[row], part);
      }
    };
  }

  private static int blobLength(Words words, byte[] bytes, int at, Part part) {
    return part == Part.RAW ? words.i32(bytes, at) : (int) words.i64(bytes, at);
  }
}
