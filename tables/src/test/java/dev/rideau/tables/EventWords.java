package dev.rideau.tables;

import dev.rideau.trace.Batch;
import dev.rideau.trace.BytesColumn;
import dev.rideau.trace.Column;
import dev.rideau.trace.DoubleColumn;
import dev.rideau.trace.FieldClass;
import dev.rideau.trace.ListColumn;
import dev.rideau.trace.LongColumn;
import dev.rideau.trace.Mapping;
import dev.rideau.trace.OptionalColumn;
import dev.rideau.trace.Scope;
import dev.rideau.trace.StructColumn;
import dev.rideau.trace.VariantColumn;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/// The values of a record as sorted words, from the reader's columns and from the database's rows:
/// what must be equal.
final class EventWords {
  private EventWords() {}

  /// The words of a record.
  static List<String> of(Batch batch, int row) {
    List<String> words = new ArrayList<>();
    for (Scope scope : List.of(Scope.COMMON_CONTEXT, Scope.SPECIFIC_CONTEXT, Scope.PAYLOAD)) {
      StructColumn column = batch.columns(scope);
      if (column != null) {
        add(words, column, row);
      }
    }
    Collections.sort(words);
    return words;
  }

  private static void add(List<String> words, Column column, int row) {
    if (!column.isValid(row)) {
      return;
    }
    switch (column) {
      case LongColumn longs -> words.add(number(longs.fieldClass(), longs.value(row)));
      case DoubleColumn doubles -> words.add(Double.toString(doubles.value(row)));
      case BytesColumn bytes -> {
        int from = bytes.offsetsBytes()[row];
        words.add(
            bytes.fieldClass() instanceof FieldClass.Text
                ? bytes.text(row)
                : hex(Arrays.copyOfRange(bytes.bytes(), from, from + bytes.lengthsBytes()[row])));
      }
      case StructColumn struct -> {
        for (int i = 0; i < struct.memberCount(); i++) {
          add(words, Objects.requireNonNull(struct.member(i)), row);
        }
      }
      case ListColumn list -> {
        for (int i = 0; i < list.lengths()[row]; i++) {
          add(words, list.elements(), list.offsets()[row] + i);
        }
      }
      case OptionalColumn optional -> add(words, optional.content(), row);
      case VariantColumn variant -> add(words, variant.option(variant.selected()[row]), row);
    }
  }

  private static String number(FieldClass fieldClass, long value) {
    return switch (fieldClass) {
      case FieldClass.Bool _ -> Boolean.toString(value != 0);
      case FieldClass.Integral integral -> {
        for (Mapping mapping : integral.mappings()) {
          if (mapping.contains(value, integral.signed())) {
            yield mapping.label();
          }
        }
        yield integral.signed() ? Long.toString(value) : Long.toUnsignedString(value);
      }
      default -> Long.toUnsignedString(value);
    };
  }

  /// The words of a value of the database.
  static void addTo(List<String> words, @Nullable Object value) {
    switch (value) {
      case null -> {}
      case List<?> list -> list.forEach(element -> addTo(words, element));
      case Map<?, ?> map -> map.values().forEach(member -> addTo(words, member));
      case byte[] bytes -> words.add(hex(bytes));
      default -> words.add(value.toString());
    }
  }

  private static String hex(byte[] bytes) {
    return "x" + HexFormat.of().formatHex(bytes);
  }
}
