package dev.rideau.ctf.internal.decode;

import dev.rideau.trace.Batch;
import dev.rideau.trace.BytesColumn;
import dev.rideau.trace.Column;
import dev.rideau.trace.DoubleColumn;
import dev.rideau.trace.EventClass;
import dev.rideau.trace.FieldClass;
import dev.rideau.trace.ListColumn;
import dev.rideau.trace.LongColumn;
import dev.rideau.trace.OptionalColumn;
import dev.rideau.trace.RecordBlock;
import dev.rideau.trace.Scope;
import dev.rideau.trace.StructColumn;
import dev.rideau.trace.VariantColumn;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// An event record as both decoders can say it, to compare them.
///
/// @param startBits first bit of the record in the data stream
/// @param values contexts and payload without the event header, one after the other, with a token
///   for each leaf, array length, optional and choice
record FlatRecord(int eventClass, long startBits, long clockValue, List<String> values) {

  /// The record at `index` of a block, from its columns.
  static FlatRecord of(RecordBlock block, int index) {
    int ordinal = block.eventClasses()[index];
    Batch batch = block.batch(ordinal);
    if (batch == null) {
      throw new AssertionError("a record without batch");
    }
    List<String> values = new ArrayList<>();
    for (Scope scope : Scope.values()) {
      StructColumn column = batch.columns(scope);
      if (column != null) {
        flatten(column, block.rows()[index], values);
      }
    }
    return new FlatRecord(ordinal, block.offsetsBits()[index], block.clockValues()[index], values);
  }

  private static void flatten(Column column, int row, List<String> values) {
    switch (column) {
      case LongColumn integers -> values.add(Long.toString(integers.value(row)));
      case DoubleColumn floats -> values.add(Double.toString(floats.value(row)));
      case BytesColumn bytes -> {
        int begin = bytes.offsetsBytes()[row];
        int end = begin + bytes.lengthsBytes()[row];
        values.add(HexFormat.of().formatHex(bytes.bytes(), begin, end));
      }
      case ListColumn list -> {
        int length = list.lengths()[row];
        values.add("[" + length);
        for (int i = 0; i < length; i++) {
          flatten(list.elements(), list.offsets()[row] + i, values);
        }
      }
      case StructColumn structure -> {
        for (int i = 0; i < structure.memberCount(); i++) {
          Column member = structure.member(i);
          if (member != null) {
            flatten(member, row, values);
          }
        }
      }
      case OptionalColumn optional -> {
        values.add("?" + optional.isValid(row));
        if (optional.isValid(row)) {
          flatten(optional.content(), row, values);
        }
      }
      case VariantColumn variant -> {
        int selected = variant.selected()[row];
        values.add("|" + selected);
        flatten(variant.option(selected), row, values);
      }
    }
  }

  /// Collects the records that a plain decoder finds.
  static final class Collector implements ElementVisitor {
    private final List<FlatRecord> records = new ArrayList<>();
    private List<String> values = new ArrayList<>();
    private long packetStartBits;
    private long startBits;
    private long clockValue;
    private int eventClass;
    private boolean wanted;

    /// The records up to now.
    List<FlatRecord> records() {
      return records;
    }

    void startPacketAt(long bits) {
      packetStartBits = bits;
    }

    @Override
    public void beginRecord(long bit) {
      startBits = packetStartBits + bit;
      values = new ArrayList<>();
    }

    @Override
    public void recordInfo(EventClass found, long bit) {
      eventClass = found.ordinal();
    }

    @Override
    public void clockValue(long value, long bit) {
      clockValue = value;
    }

    @Override
    public void endRecord(long bit) {
      records.add(new FlatRecord(eventClass, startBits, clockValue, values));
    }

    @Override
    public void beginScope(Scope scope, long bit) {
      wanted = !scope.isOfPacket() && scope != Scope.EVENT_HEADER;
    }

    @Override
    public void integral(@Nullable String name, FieldClass fieldClass, long value, long bit) {
      add(Long.toString(value));
    }

    @Override
    public void floating(@Nullable String name, FieldClass fieldClass, double value, long bit) {
      add(Double.toString(value));
    }

    private StringBuilder hex = new StringBuilder();
    private boolean textEnded;

    @Override
    public void beginBytes(@Nullable String name, FieldClass fieldClass, long bit) {
      hex = new StringBuilder();
      textEnded = false;
    }

    @Override
    public void bytes(FieldClass fieldClass, byte[] bytes, int offset, int length, long bit) {
      int unitBytes = fieldClass instanceof FieldClass.Text text ? text.encoding().unitBytes() : 0;
      if (unitBytes == 0) {
        hex.append(HexFormat.of().formatHex(bytes, offset, offset + length));
        return;
      }
      for (int i = 0; i + unitBytes <= length && !textEnded; i += unitBytes) {
        String unit = HexFormat.of().formatHex(bytes, offset + i, offset + i + unitBytes);
        textEnded = unit.chars().allMatch(c -> c == '0');
        if (!textEnded) {
          hex.append(unit);
        }
      }
    }

    @Override
    public void endBytes(FieldClass fieldClass, long bit) {
      add(hex.toString());
    }

    @Override
    public void beginArray(@Nullable String name, FieldClass fieldClass, long length, long bit) {
      add("[" + length);
    }

    @Override
    public void beginOptional(
        @Nullable String name, FieldClass.Optional fieldClass, boolean present, long bit) {
      add("?" + present);
    }

    @Override
    public void beginVariant(
        @Nullable String name, FieldClass.Variant fieldClass, int option, long selector, long bit) {
      add("|" + option);
    }

    private void add(String value) {
      if (wanted) {
        values.add(value);
      }
    }
  }
}
