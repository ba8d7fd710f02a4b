package dev.rideau.ctf;

import dev.rideau.trace.Batch;
import dev.rideau.trace.BytesColumn;
import dev.rideau.trace.Column;
import dev.rideau.trace.DoubleColumn;
import dev.rideau.trace.EventClass;
import dev.rideau.trace.FieldClass;
import dev.rideau.trace.ListColumn;
import dev.rideau.trace.LongColumn;
import dev.rideau.trace.OptionalColumn;
import dev.rideau.trace.Projection;
import dev.rideau.trace.StructColumn;
import dev.rideau.trace.VariantColumn;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Takes the fields of one record after the other, in the order of the field classes: common
/// context, specific context, payload; members of structures and elements of arrays one by one.
///
/// ```java
/// writer.begin(message, 1000).putLong(42).putText("hello").end();
/// ```
///
/// Fields that say the length of another or select an option are given like any other.
public final class RecordBuilder {
  private final StreamWriter writer;
  private final @Nullable Rows[] rowsByClass;

  private @Nullable Rows rows;
  private long clockValue;

  /// Bytes of the strings and blobs of the record.
  private byte[] bytes = new byte[256];

  private int byteCount;

  /// The columns around the field that is next, innermost last, with the rows or members left.
  private Column[] columns = new Column[8];

  private int[] columnRows = new int[8];
  private int[] next = new int[8];
  private int[] end = new int[8];
  private int depth;

  private @Nullable Column field;
  private int row;

  RecordBuilder(StreamWriter writer) {
    this.writer = writer;
    rowsByClass = new Rows[writer.dataStreamClass().eventClasses().size()];
  }

  /// A batch of one row, and its strings.
  @SuppressWarnings("ArrayRecordComponent") // arrays, because lists make iterators
  private record Rows(Batch batch, StructColumn[] scopes, BytesColumn[] strings) {
    static Rows of(StreamWriter writer, EventClass eventClass) {
      Batch batch = Batch.of(writer.dataStreamClass(), eventClass, Projection.ALL);
      batch.ensureCapacity(1);
      List<StructColumn> scopes = new ArrayList<>();
      for (StructColumn scope :
          Arrays.asList(batch.commonContext(), batch.specificContext(), batch.payload())) {
        if (scope != null) {
          scopes.add(scope);
        }
      }
      List<BytesColumn> strings = new ArrayList<>();
      scopes.forEach(scope -> collect(scope, strings));
      return new Rows(
          batch, scopes.toArray(StructColumn[]::new), strings.toArray(BytesColumn[]::new));
    }

    private static void collect(@Nullable Column column, List<BytesColumn> strings) {
      switch (column) {
        case null -> {}
        case LongColumn _, DoubleColumn _ -> {}
        case BytesColumn string -> strings.add(string);
        case ListColumn list -> collect(list.elements(), strings);
        case OptionalColumn optional -> collect(optional.content(), strings);
        case StructColumn struct -> {
          for (int i = 0; i < struct.memberCount(); i++) {
            collect(struct.member(i), strings);
          }
        }
        case VariantColumn variant -> {
          for (int i = 0; i < variant.optionCount(); i++) {
            collect(variant.option(i), strings);
          }
        }
      }
    }
  }

  void begin(EventClass eventClass, long clockValue) {
    Rows used = rowsByClass[eventClass.ordinal()];
    if (used == null) {
      used = Rows.of(writer, eventClass);
      rowsByClass[eventClass.ordinal()] = used;
    }
    used.batch.clear();
    rows = used;
    this.clockValue = clockValue;
    byteCount = 0;
    depth = 0;
    field = null;
    for (int i = used.scopes.length - 1; i >= 0; i--) {
      push(used.scopes[i], 0, 0, used.scopes[i].memberCount());
    }
    advance();
  }

  /// Gives an integer, boolean, bit array or bit map.
  public RecordBuilder putLong(long value) {
    ((LongColumn) expected()).values()[row] = value;
    return advance();
  }

  /// Gives a floating point number.
  public RecordBuilder putDouble(double value) {
    ((DoubleColumn) expected()).values()[row] = value;
    return advance();
  }

  /// Gives the bytes of a string, without its terminator, or of a blob.
  public RecordBuilder putBytes(byte[] source, int offset, int length) {
    BytesColumn column = (BytesColumn) expected();
    if (byteCount + length > bytes.length) {
      bytes = Arrays.copyOf(bytes, Math.max(bytes.length * 2, byteCount + length));
    }
    System.arraycopy(source, offset, bytes, byteCount, length);
    column.offsetsBytes()[row] = byteCount;
    column.lengthsBytes()[row] = length;
    byteCount += length;
    return advance();
  }

  /// Gives a string. Allocates.
  public RecordBuilder putText(String text) {
    FieldClass fieldClass = expected().fieldClass();
    byte[] encoded =
        text.getBytes(
            fieldClass instanceof FieldClass.Text string
                ? string.encoding().charset()
                : StandardCharsets.UTF_8);
    return putBytes(encoded, 0, encoded.length);
  }

  /// Begins an array of dynamic length; its elements follow.
  public RecordBuilder beginArray(int length) {
    ListColumn list = (ListColumn) expected();
    field = null;
    enterList(list, row, length);
    return advance();
  }

  /// Chooses the option of a variant; its value follows.
  public RecordBuilder option(int index) {
    VariantColumn variant = (VariantColumn) expected();
    variant.selected()[row] = index;
    return enter(variant.option(index), row) ? this : advance();
  }

  /// Says whether the content of an optional is there; if so, it follows.
  public RecordBuilder present(boolean present) {
    OptionalColumn optional = (OptionalColumn) expected();
    if (!present) {
      optional.markInvalid(row);
      return advance();
    }
    return enter(optional.content(), row) ? this : advance();
  }

  /// Writes the record.
  public void end() throws IOException {
    Rows written = rows;
    if (written == null || field != null) {
      throw new IllegalStateException("fields of the record are missing");
    }
    for (BytesColumn string : written.strings) {
      string.share(bytes);
    }
    rows = null;
    writer.write(written.batch, 0, clockValue);
  }

  private Column expected() {
    Column expected = field;
    if (expected == null) {
      throw new IllegalStateException("the record has no more fields");
    }
    return expected;
  }

  private RecordBuilder advance() {
    field = null;
    while (depth > 0) {
      int top = depth - 1;
      if (next[top] == end[top]) {
        depth--;
        continue;
      }
      int index = next[top]++;
      boolean found =
          switch (columns[top]) {
            case StructColumn struct -> {
              Column member = struct.member(index);
              yield member != null && enter(member, columnRows[top]);
            }
            case ListColumn list -> enter(list.elements(), index);
            case LongColumn _, DoubleColumn _, BytesColumn _, VariantColumn _, OptionalColumn _ ->
                throw new AssertionError();
          };
      if (found) {
        return this;
      }
    }
    return this;
  }

  /// Goes into a column.
  ///
  /// @return whether it is a field to be given now
  private boolean enter(Column column, int columnRow) {
    switch (column) {
      case StructColumn struct -> push(struct, columnRow, 0, struct.memberCount());
      case ListColumn list when list.fieldClass() instanceof FieldClass.StaticLengthArray array ->
          enterList(list, columnRow, Math.toIntExact(array.length()));
      case ListColumn _,
          LongColumn _,
          DoubleColumn _,
          BytesColumn _,
          VariantColumn _,
          OptionalColumn _ -> {
        field = column;
        row = columnRow;
        return true;
      }
    }
    return false;
  }

  private void enterList(ListColumn list, int listRow, int length) {
    int first = list.append(listRow, length);
    push(list, 0, first, first + length);
  }

  private void push(Column column, int columnRow, int from, int to) {
    if (depth == columns.length) {
      columns = Arrays.copyOf(columns, depth * 2);
      columnRows = Arrays.copyOf(columnRows, depth * 2);
      next = Arrays.copyOf(next, depth * 2);
      end = Arrays.copyOf(end, depth * 2);
    }
    columns[depth] = column;
    columnRows[depth] = columnRow;
    next[depth] = from;
    end[depth++] = to;
  }
}
