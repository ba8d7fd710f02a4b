package dev.rideau.server.internal.tsp;

import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JsonGenerator;

/// Answers as maps, lists, texts, numbers, truth values and null. Unlike the page's, they hold
/// whole numbers of 64 bits as numbers: clients of the protocol read them so.
final class JsonTree {
  private static final int DIGITS = 10;

  /// Powers of ten up to this one are exact as numbers of 64 bits.
  private static final int MOST_SHIFT = 22;

  private JsonTree() {}

  /// Something that writes itself and is not kept as maps and lists because there is much of it.
  interface Writable {
    void write(JsonGenerator out);
  }

  /// Writes such a value, and [Writable]s in it. Members that are null are left out.
  static void write(JsonGenerator out, @Nullable Object value) {
    switch (value) {
      case null -> out.writeNull();
      case Writable self -> self.write(out);
      case Map<?, ?> members -> {
        out.writeStartObject();
        for (Map.Entry<?, ?> member : members.entrySet()) {
          if (member.getValue() != null) {
            out.writeName(String.valueOf(member.getKey()));
            write(out, member.getValue());
          }
        }
        out.writeEndObject();
      }
      case Iterable<?> elements -> {
        out.writeStartArray();
        for (Object element : elements) {
          write(out, element);
        }
        out.writeEndArray();
      }
      case long[] numbers -> {
        out.writeStartArray();
        for (long number : numbers) {
          out.writeNumber(number);
        }
        out.writeEndArray();
      }
      case double[] numbers -> {
        out.writeStartArray();
        for (double number : numbers) {
          writeReal(out, number);
        }
        out.writeEndArray();
      }
      case Long number -> out.writeNumber(number.longValue());
      case Integer number -> out.writeNumber(number.intValue());
      case Double number -> writeReal(out, number);
      case Boolean truth -> out.writeBoolean(truth);
      default -> out.writeString(value.toString());
    }
  }

  /// Writes a number with at most 15 characters, which is ten digits: there are clients that take
  /// all that is longer for a whole number. JSON has no infinity; 0 stands for it.
  private static void writeReal(JsonGenerator out, double number) {
    if (number == Math.rint(number) && Math.abs(number) < 1e15) {
      out.writeNumber((long) number);
    } else if (!Double.isFinite(number)) {
      out.writeNumber(0);
    } else {
      out.writeNumber(rounded(number));
    }
  }

  private static double rounded(double number) {
    int shift = DIGITS - 1 - (int) Math.floor(Math.log10(Math.abs(number)));
    if (Math.abs(shift) > MOST_SHIFT) {
      return shift > 0 ? 0 : number;
    }
    double power = Math.pow(10, Math.abs(shift));
    return shift >= 0 ? Math.rint(number * power) / power : Math.rint(number / power) * power;
  }

  /// A map in the order of the arguments: name, value, name, value, ... Null values are left out.
  static Map<String, Object> object(@Nullable Object... namesAndValues) {
    Map<String, Object> members = new LinkedHashMap<>();
    for (int i = 0; i < namesAndValues.length; i += 2) {
      Object value = namesAndValues[i + 1];
      if (value != null) {
        members.put(String.valueOf(namesAndValues[i]), value);
      }
    }
    return members;
  }
}
