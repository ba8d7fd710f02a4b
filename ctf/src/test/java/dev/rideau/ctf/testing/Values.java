package dev.rideau.ctf.testing;

import dev.rideau.trace.Batch;
import dev.rideau.trace.BytesColumn;
import dev.rideau.trace.Column;
import dev.rideau.trace.DoubleColumn;
import dev.rideau.trace.FieldClass;
import dev.rideau.trace.ListColumn;
import dev.rideau.trace.LongColumn;
import dev.rideau.trace.OptionalColumn;
import dev.rideau.trace.Scope;
import dev.rideau.trace.StructColumn;
import dev.rideau.trace.TextEncoding;
import dev.rideau.trace.VariantColumn;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Objects;

/// The values of a record as a list of words: what two ways to get at a record are compared by.
///
/// Numbers are themselves (floating point numbers as bits of a `double`), bytes of strings (without
/// terminator and padding) and BLOBs are hexadecimal; compound fields leave no word, so that the
/// order of the leaves is all that counts.
public final class Values {
  private Values() {}

  /// The values of a row: common context, specific context, payload.
  public static List<String> of(Batch batch, int row) {
    List<String> values = new ArrayList<>();
    for (Scope scope : Arrays.asList(Scope.COMMON_CONTEXT, Scope.SPECIFIC_CONTEXT, Scope.PAYLOAD)) {
      StructColumn column = batch.columns(scope);
      if (column != null) {
        add(values, column, row, false);
      }
    }
    return values;
  }

  /// The values of a row in the words that all formats share: text is in UTF-8, and each byte of a
  /// BLOB is a number.
  public static List<String> plain(Batch batch, int row) {
    List<String> values = new ArrayList<>();
    for (Scope scope : Arrays.asList(Scope.COMMON_CONTEXT, Scope.SPECIFIC_CONTEXT, Scope.PAYLOAD)) {
      StructColumn column = batch.columns(scope);
      if (column != null) {
        add(values, column, row, true);
      }
    }
    return values;
  }

  /// The word of some text in UTF-8.
  static String utf8(byte[] bytes, int from, int to, TextEncoding encoding) {
    byte[] text =
        new String(bytes, from, to - from, encoding.charset()).getBytes(StandardCharsets.UTF_8);
    return word(text, 0, text.length);
  }

  /// The values of a row of a column.
  public static List<String> of(Column column, int row) {
    List<String> values = new ArrayList<>();
    add(values, column, row, false);
    return values;
  }

  /// The word of a floating point number.
  public static String word(double value) {
    return "f" + Long.toHexString(Double.doubleToLongBits(value));
  }

  /// The word of some bytes.
  public static String word(byte[] bytes, int from, int to) {
    return "b" + HexFormat.of().formatHex(bytes, from, to);
  }

  private static void add(List<String> values, Column column, int row, boolean plain) {
    switch (column) {
      case LongColumn longs -> values.add(Long.toString(longs.value(row)));
      case DoubleColumn doubles -> values.add(word(doubles.value(row)));
      case BytesColumn bytes -> {
        int from = bytes.offsetsBytes()[row];
        int to = from + bytes.lengthsBytes()[row];
        if (!plain) {
          values.add(word(bytes.bytes(), from, to));
        } else if (bytes.fieldClass() instanceof FieldClass.Text text) {
          values.add(utf8(bytes.bytes(), from, to, text.encoding()));
        } else {
          for (int i = from; i < to; i++) {
            values.add(Integer.toString(bytes.bytes()[i] & 0xff));
          }
        }
      }
      case StructColumn struct -> {
        for (int i = 0; i < struct.memberCount(); i++) {
          add(values, Objects.requireNonNull(struct.member(i)), row, plain);
        }
      }
      case ListColumn list -> {
        for (int i = 0; i < list.lengths()[row]; i++) {
          add(values, list.elements(), list.offsets()[row] + i, plain);
        }
      }
      case OptionalColumn optional -> {
        if (optional.isValid(row)) {
          add(values, optional.content(), row, plain);
        }
      }
      case VariantColumn variant ->
          add(values, variant.option(variant.selected()[row]), row, plain);
    }
  }
}
