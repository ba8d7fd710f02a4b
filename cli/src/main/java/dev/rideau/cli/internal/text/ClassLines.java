package dev.rideau.cli.internal.text;

import dev.rideau.trace.Batch;
import dev.rideau.trace.BytesColumn;
import dev.rideau.trace.Column;
import dev.rideau.trace.LongColumn;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/// The lines of an event class in the packets of one cursor: [LineSteps] laid out in arrays and
/// bound to columns. Used by one thread at a time.
///
/// Lines of decimal and hexadecimal integers and strings, which nearly all are, are written value
/// by value by [LineColumns]; all others, and all where strings are noted, line by line.
final class ClassLines {
  private static final int NUMBER_BYTES = 24;
  private static final int MOST_SLOT_BYTES = 1024;

  /// Longer strings are not looked at here.
  private static final int SHORT_STRING_BYTES = 64;

  private static final VarHandle LONG =
      MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);

  private final LineSteps steps;
  private final byte[] kinds;
  private final int[] leaves;
  private final long[] masks;
  private final FieldText[] texts;
  private final @Nullable Column[] columns;

  // By value: the arrays of its column, as they are in the block bound last.
  private final long[][] longs;
  private final byte[][] bytes;
  private final int[][] offsetsBytes;
  private final int[][] lengthsBytes;

  /// What stands before each value and behind the last one, eight bytes a word.
  private long[] words = new long[0];

  private final int[] wordEnds;
  private final int[] leadBytes;

  /// No less than what all constant text, integers and short strings of a line need.
  private int roomBytes;

  private final Literal[] leads;

  /// Bytes of a line in [LineColumns]; 0 where it cannot write the lines.
  private int slotBytes;

  /// Room for what [LineTimes] writes, before each line.
  private final int prefixBytes;

  private boolean[] left = new boolean[0];

  /// The next row to write.
  private int nextRow;

  ClassLines(LineSteps steps, TextBuffer packetContext, int prefixBytes) {
    this.steps = steps;
    this.prefixBytes = prefixBytes;
    leads = new Literal[steps.size() + 1];
    int size = steps.size();
    kinds = new byte[size];
    leaves = new int[size];
    masks = new long[size];
    texts = new FieldText[size];
    columns = new Column[size];
    longs = new long[size][];
    bytes = new byte[size][];
    offsetsBytes = new int[size][];
    lengthsBytes = new int[size][];
    wordEnds = new int[size + 1];
    leadBytes = new int[size + 1];
    Arrays.fill(leaves, -1);
    for (int i = 0; i < size; i++) {
      texts[i] = steps.text(i);
    }
    setPacketContext(packetContext);
  }

  LineSteps steps() {
    return steps;
  }

  /// Goes on to packets with another context.
  void setPacketContext(TextBuffer packetContext) {
    int size = steps.size();
    Literal lead = steps.head().then(packetContext.toLiteral());
    long[] all = new long[0];
    int room = 0;
    for (int i = 0; i <= size; i++) {
      Literal next = i < size ? steps.lead(i) : steps.tail();
      lead = i == 0 ? lead.then(next) : next;
      int first = all.length;
      all = Arrays.copyOf(all, first + lead.words.length);
      System.arraycopy(lead.words, 0, all, first, lead.words.length);
      leads[i] = lead;
      wordEnds[i] = all.length;
      leadBytes[i] = lead.length;
      room += lead.length + NUMBER_BYTES + SHORT_STRING_BYTES;
    }
    words = all;
    roomBytes = room;
  }

  /// Binds the columns of a block of which no row was written yet.
  void bind(Batch batch) {
    nextRow = 0;
    int bytesOfSlot = prefixBytes + leads[kinds.length].length + 8;
    boolean isSimple = true;
    for (int i = 0; i < kinds.length; i++) {
      Column column = steps.column(i, batch);
      columns[i] = column;
      kinds[i] = ClassicFields.OTHER;
      if (column == null) {
        kinds[i] = ClassicFields.NOTHING;
      } else if (texts[i] instanceof ClassicFields.Plain plain) {
        kinds[i] = plain.kind();
        leaves[i] = plain.leaf();
        masks[i] = plain.mask();
        if (column instanceof LongColumn values) {
          longs[i] = values.values();
        } else if (column instanceof BytesColumn values) {
          bytes[i] = values.bytes();
          offsetsBytes[i] = values.offsetsBytes();
          lengthsBytes[i] = values.lengthsBytes();
        }
      }
      isSimple &= kinds[i] != ClassicFields.OTHER && kinds[i] != ClassicFields.NOTHING;
      bytesOfSlot +=
          leads[i].length
              + (kinds[i] == ClassicFields.STRING ? LineColumns.STRING_BYTES + 4 : NUMBER_BYTES);
    }
    slotBytes = isSimple && bytesOfSlot <= MOST_SLOT_BYTES ? (bytesOfSlot + 7) & -8 : 0;
  }

  /// Passes over the rows before `row`.
  void skipTo(int row) {
    nextRow = row;
  }

  /// The next row to write.
  int nextRow() {
    return nextRow;
  }

  /// Writes the rows up to, not including, `endRow`.
  void put(TextBuffer out, RowPlaces places, int endRow) {
    if (slotBytes == 0 || out.strings != null) {
      putRows(out, places, nextRow, endRow);
    } else {
      putColumns(out, places, nextRow, endRow);
    }
    nextRow = endRow;
  }

  private void putColumns(TextBuffer out, RowPlaces places, int row, int endRow) {
    int count = endRow - row;
    if (left.length < count) {
      left = new boolean[Math.max(count, 64)];
    }
    byte[] array = out.room(count * slotBytes);
    int place = places.addSlots(out.size + prefixBytes, slotBytes, count);
    int[] ends = places.ends();
    out.size += count * slotBytes;
    boolean isLeft = false;
    for (int i = 0; i < kinds.length; i++) {
      switch (kinds[i]) {
        case ClassicFields.SIGNED ->
            LineColumns.putSigned(array, ends, place, count, leads[i], longs[i], row);
        case ClassicFields.UNSIGNED ->
            LineColumns.putUnsigned(array, ends, place, count, leads[i], longs[i], row);
        case ClassicFields.HEXADECIMAL ->
            LineColumns.putHex(array, ends, place, count, leads[i], longs[i], row, masks[i]);
        default -> {
          long sum =
              LineColumns.putStrings(
                  array,
                  ends,
                  place,
                  count,
                  leads[i],
                  bytes[i],
                  offsetsBytes[i],
                  lengthsBytes[i],
                  row,
                  left);
          out.hasEmptyString |= sum >>> 32 != 0 && leaves[i] >= 0;
          isLeft = true;
        }
      }
    }
    LineColumns.put(array, ends, place, count, leads[kinds.length]);
    if (isLeft) {
      putLeft(out, places, place, row, count);
    }
  }

  /// Writes lines again of which a string was left out.
  private void putLeft(TextBuffer out, RowPlaces places, int place, int row, int count) {
    for (int i = 0; i < count; i++) {
      if (left[i]) {
        left[i] = false;
        places.goTo(place + i);
        putRows(out, places, row + i, row + i + 1);
      }
    }
    places.goTo(place + count);
  }

  private void putRows(TextBuffer out, RowPlaces places, int firstRow, int endRow) {
    byte[] kinds = this.kinds;
    long[] words = this.words;
    int[] wordEnds = this.wordEnds;
    int[] leadBytes = this.leadBytes;
    StringSpans spans = out.strings;
    for (int row = firstRow; row < endRow; row++) {
      byte[] array = out.room(prefixBytes + roomBytes);
      int at = out.size + prefixBytes;
      int lineStart = at;
      int spanBegin = spans == null ? 0 : spans.size();
      out.lineStart = at;
      int word = 0;
      for (int i = 0; i < kinds.length; i++) {
        int wordEnd = wordEnds[i];
        for (int to = at; word < wordEnd; to += 8) {
          LONG.set(array, to, words[word++]);
        }
        at += leadBytes[i];
        switch (kinds[i]) {
          case ClassicFields.SIGNED -> {
            long value = longs[i][row];
            if (value < 0) {
              array[at++] = '-';
              value = -value;
            }
            at = Digits.putUnsigned(array, at, value);
          }
          case ClassicFields.UNSIGNED -> at = Digits.putUnsigned(array, at, longs[i][row]);
          case ClassicFields.HEXADECIMAL -> at = Digits.putHex(array, at, longs[i][row] & masks[i]);
          case ClassicFields.STRING -> {
            int offset = offsetsBytes[i][row];
            int length = lengthsBytes[i][row];
            int end = putShort(array, at, bytes[i], offset, length);
            if (end < 0) {
              out.size = at;
              out.putEscaped(bytes[i], offset, length);
              end = out.size;
              array = out.room(roomBytes);
            }
            if (leaves[i] >= 0) {
              out.hasEmptyString |= length == 0;
              if (spans != null) {
                spans.add(leaves[i], at + 1 - lineStart, end - at - 2);
              }
            }
            at = end;
          }
          case ClassicFields.OTHER -> {
            Column column = columns[i];
            out.size = at;
            if (column != null) {
              texts[i].put(out, column, row);
            }
            array = out.room(roomBytes);
            at = out.size;
          }
          default -> {}
        }
      }
      int wordEnd = words.length;
      for (int to = at; word < wordEnd; to += 8) {
        LONG.set(array, to, words[word++]);
      }
      out.size = at + leadBytes[kinds.length];
      places.add(lineStart, out.size);
      if (spans != null) {
        places.addStrings(spans, spanBegin, steps.stringClass(), steps.leafCount());
      }
    }
  }

  /// Writes a short string without anything to escape, between quotes.
  ///
  /// @return the position behind it, or -1 when the string is another one
  private static int putShort(byte[] to, int at, byte[] from, int offset, int length) {
    if (length > SHORT_STRING_BYTES || offset + length + 8 > from.length) {
      return -1;
    }
    to[at] = '"';
    for (int i = 0; i < length; i += 8) {
      long word = (long) LONG.get(from, offset + i);
      int left = length - i;
      if (TextBuffer.hasSpecial(left >= 8 ? word : TextBuffer.keepLow(word, left))) {
        return -1;
      }
      LONG.set(to, at + 1 + i, word);
    }
    to[at + 1 + length] = '"';
    return at + 2 + length;
  }
}
