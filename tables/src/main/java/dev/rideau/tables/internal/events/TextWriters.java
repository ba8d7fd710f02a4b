package dev.rideau.tables.internal.events;

import dev.rideau.tables.internal.store.Utf8;
import dev.rideau.trace.BytesColumn;
import dev.rideau.trace.Column;
import dev.rideau.trace.FieldClass;
import dev.rideau.trace.LongColumn;
import dev.rideau.trace.Mapping;
import dev.rideau.trace.TextEncoding;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import org.duckdb.RawVectors;
import org.jspecify.annotations.Nullable;

/// Writers of fields that become text.
final class TextWriters {
  private TextWriters() {}

  /// Texts of some rows, one behind the other, for one call of the database.
  private static final class Run {
    private final long[] lengths;
    private byte[] bytes;
    private int size;
    private int row;

    Run(int rows, int guess) {
      lengths = new long[rows];
      bytes = new byte[Math.max(16, guess)];
    }

    void addNone() {
      lengths[row++] = -1;
    }

    void add(byte[] source, int from, int length) {
      if (size + length > bytes.length) {
        bytes = Arrays.copyOf(bytes, Math.max(Math.addExact(size, length), 2 * bytes.length));
      }
      System.arraycopy(source, from, bytes, size, length);
      size += length;
      lengths[row++] = length;
    }

    void into(ByteBuffer vector, int first) {
      RawVectors.assignTexts(vector, first, bytes, lengths, size);
    }
  }

  /// Enumerations: the first label whose ranges hold the value, else the number.
  static final class Labels extends VectorWriter.Plain {
    private static final int MOST_KNOWN = 4096;

    private final FieldClass.Integral fieldClass;

    Labels(FieldClass.Integral fieldClass) {
      super("VARCHAR", RawVectors.VARCHAR);
      this.fieldClass = fieldClass;
    }

    @Override
    void write(
        Column column, int from, int count, long @Nullable [] valid, ByteBuffer vector, int first) {
      long[] values = ((LongColumn) column).values();
      long[] there = validOf(column, from, count, valid);
      Map<Long, byte[]> known = new HashMap<>();
      Run run = new Run(count, 16 * count);
      for (int i = 0; i < count; i++) {
        if (!isSet(there, i)) {
          run.addNone();
          continue;
        }
        long value = values[from + i];
        byte[] text = known.get(value);
        if (text == null) {
          text = label(value).getBytes(StandardCharsets.UTF_8);
          if (known.size() < MOST_KNOWN) {
            known.put(value, text);
          }
        }
        run.add(text, 0, text.length);
      }
      run.into(vector, first);
    }

    private String label(long value) {
      for (Mapping mapping : fieldClass.mappings()) {
        if (mapping.contains(value, fieldClass.signed())) {
          return mapping.label();
        }
      }
      return fieldClass.signed() ? Long.toString(value) : Long.toUnsignedString(value);
    }
  }

  static final class Texts extends VectorWriter.Plain {
    Texts() {
      super("VARCHAR", RawVectors.VARCHAR);
    }

    @Override
    void write(
        Column column, int from, int count, long @Nullable [] valid, ByteBuffer vector, int first) {
      BytesColumn texts = (BytesColumn) column;
      byte[] bytes = texts.bytes();
      int[] offsets = texts.offsetsBytes();
      int[] lengths = texts.lengthsBytes();
      boolean isUtf8 =
          texts.fieldClass() instanceof FieldClass.Text text
              && text.encoding() == TextEncoding.UTF_8;
      long[] there = validOf(column, from, count, valid);
      Run run = new Run(count, 24 * count);
      for (int i = 0; i < count; i++) {
        int row = from + i;
        if (!isSet(there, i)) {
          run.addNone();
        } else if (isUtf8 && Utf8.isValid(bytes, offsets[row], offsets[row] + lengths[row])) {
          run.add(bytes, offsets[row], lengths[row]);
        } else {
          byte[] repaired = texts.text(row).getBytes(StandardCharsets.UTF_8);
          run.add(repaired, 0, repaired.length);
        }
      }
      run.into(vector, first);
    }
  }

  static final class Blobs extends VectorWriter.Plain {
    Blobs() {
      super("BLOB", RawVectors.BLOB);
    }

    @Override
    void write(
        Column column, int from, int count, long @Nullable [] valid, ByteBuffer vector, int first) {
      BytesColumn blobs = (BytesColumn) column;
      long[] there = validOf(column, from, count, valid);
      for (int i = 0; i < count; i++) {
        if (isSet(there, i)) {
          int offset = blobs.offsetsBytes()[from + i];
          int length = blobs.lengthsBytes()[from + i];
          RawVectors.assignBytes(
              vector, first + i, Arrays.copyOfRange(blobs.bytes(), offset, offset + length));
        }
      }
      markValid(vector, first, count, there);
    }
  }
}
