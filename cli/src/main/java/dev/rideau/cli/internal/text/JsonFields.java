package dev.rideau.cli.internal.text;

import dev.rideau.trace.BytesColumn;
import dev.rideau.trace.Column;
import dev.rideau.trace.DoubleColumn;
import dev.rideau.trace.FieldClass;
import dev.rideau.trace.IntegerRange;
import dev.rideau.trace.ListColumn;
import dev.rideau.trace.LongColumn;
import dev.rideau.trace.Mapping;
import dev.rideau.trace.OptionalColumn;
import dev.rideau.trace.StructColumn;
import dev.rideau.trace.TextEncoding;
import dev.rideau.trace.VariantColumn;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;

/// Compiles field classes to texts in JSON. Integers are exact; text that is not valid UTF-8 gets
/// replacement characters.
final class JsonFields {
  private static final Literal NULL = new Literal("null");
  private static final Literal TRUE = new Literal("true");
  private static final Literal FALSE = new Literal("false");

  private JsonFields() {}

  /// The text of an object with the members of a structure that `isShown` accepts.
  static FieldText compile(FieldClass.Structure structure, Predicate<FieldClass.Member> isShown) {
    List<Literal> leads = new ArrayList<>();
    List<FieldText> texts = new ArrayList<>();
    int[] indexes = new int[structure.members().size()];
    for (int i = 0; i < indexes.length; i++) {
      FieldClass.Member member = structure.members().get(i);
      if (isShown.test(member)) {
        indexes[texts.size()] = i;
        leads.add(key(texts.isEmpty() ? "{" : ",", member.name()));
        texts.add(field(member.fieldClass()));
      }
    }
    return members(leads.toArray(Literal[]::new), texts.toArray(FieldText[]::new), indexes);
  }

  /// A key of an object with what stands before it.
  static Literal key(String before, String name) {
    TextBuffer text = new TextBuffer(64);
    text.put(before);
    text.putJson(name);
    text.put(':');
    return text.toLiteral();
  }

  private static FieldText field(FieldClass fieldClass) {
    return switch (fieldClass) {
      case FieldClass.Integral integral -> integer(integral);
      case FieldClass.BitArray _ -> (out, column, row) -> out.putUnsigned(value(column, row));
      case FieldClass.BitMap map ->
          labels(
              "flags",
              map.flags(),
              (mapping, value) -> holdsBit(mapping, value),
              (out, column, row) -> out.putUnsigned(value(column, row)));
      case FieldClass.Bool _ ->
          (out, column, row) -> out.put(value(column, row) != 0 ? TRUE : FALSE);
      case FieldClass.Floating _ ->
          (out, column, row) -> real(out, ((DoubleColumn) column).values()[row]);
      case FieldClass.Text text -> string(text.encoding());
      case FieldClass.StaticLengthBlob _, FieldClass.DynamicLengthBlob _ -> JsonFields::blob;
      case FieldClass.StaticLengthArray array -> elements(field(array.element()));
      case FieldClass.DynamicLengthArray array -> elements(field(array.element()));
      case FieldClass.Structure structure -> compile(structure, _ -> true);
      case FieldClass.Optional optional -> {
        FieldText content = field(optional.content());
        yield (out, column, row) -> {
          if (column.isValid(row)) {
            content.put(out, ((OptionalColumn) column).content(), row);
          } else {
            out.put(NULL);
          }
        };
      }
      case FieldClass.Variant variant -> {
        FieldText[] options =
            variant.options().stream()
                .map(option -> field(option.fieldClass()))
                .toArray(FieldText[]::new);
        yield (out, column, row) -> {
          VariantColumn chosen = (VariantColumn) column;
          int option = chosen.selected()[row];
          options[option].put(out, chosen.option(option), row);
        };
      }
    };
  }

  private static FieldText integer(FieldClass.Integral integral) {
    boolean signed = integral.signed();
    FieldText number =
        signed
            ? (out, column, row) -> out.putSigned(value(column, row))
            : (out, column, row) -> out.putUnsigned(value(column, row));
    return integral.mappings().isEmpty()
        ? number
        : labels(
            "labels",
            integral.mappings(),
            (mapping, value) -> mapping.contains(value, signed),
            number);
  }

  private interface LabelTest {
    boolean holds(Mapping mapping, long value);
  }

  /// `{"value":1,"labels":["A","B"]}`.
  private static FieldText labels(
      String key, List<Mapping> mappings, LabelTest test, FieldText number) {
    Literal begin = new Literal("{\"value\":");
    Literal middle = new Literal(",\"" + key + "\":[");
    Literal end = new Literal("]}");
    Literal[] texts = new Literal[mappings.size()];
    for (int i = 0; i < texts.length; i++) {
      TextBuffer text = new TextBuffer(64);
      text.putJson(mappings.get(i).label());
      texts[i] = text.toLiteral();
    }
    return (out, column, row) -> {
      long value = value(column, row);
      out.put(begin);
      number.put(out, column, row);
      out.put(middle);
      boolean isFirst = true;
      for (int i = 0; i < texts.length; i++) {
        if (test.holds(mappings.get(i), value)) {
          if (!isFirst) {
            out.put(',');
          }
          out.put(texts[i]);
          isFirst = false;
        }
      }
      out.put(end);
    };
  }

  /// Whether one of the bits that the flag stands for is set.
  private static boolean holdsBit(Mapping flag, long value) {
    for (IntegerRange range : flag.ranges()) {
      for (long bit = range.lower(); bit <= range.upper() && bit < Long.SIZE; bit++) {
        if ((value >>> bit & 1) != 0) {
          return true;
        }
      }
    }
    return false;
  }

  private static FieldText string(TextEncoding encoding) {
    if (encoding != TextEncoding.UTF_8) {
      return (out, column, row) -> out.putJson(((BytesColumn) column).text(row));
    }
    return (out, column, row) -> {
      BytesColumn strings = (BytesColumn) column;
      out.putJson(strings.bytes(), strings.offsetsBytes()[row], strings.lengthsBytes()[row]);
    };
  }

  /// Hexadecimal digits in a string.
  private static void blob(TextBuffer out, Column column, int row) {
    BytesColumn blobs = (BytesColumn) column;
    out.put('"');
    int first = blobs.offsetsBytes()[row];
    for (int i = first; i < first + blobs.lengthsBytes()[row]; i++) {
      out.put(Character.forDigit(blobs.bytes()[i] >> 4 & 15, 16));
      out.put(Character.forDigit(blobs.bytes()[i] & 15, 16));
    }
    out.put('"');
  }

  /// The shortest digits that give the same number again; JSON has no others than finite ones.
  private static void real(TextBuffer out, double value) {
    if (Double.isFinite(value)) {
      byte[] text = Double.toString(value).getBytes(StandardCharsets.US_ASCII);
      out.put(text, 0, text.length);
    } else {
      out.putJson(Double.toString(value));
    }
  }

  private static FieldText elements(FieldText element) {
    return (out, column, row) -> {
      ListColumn list = (ListColumn) column;
      int first = list.offsets()[row];
      int length = list.lengths()[row];
      out.put('[');
      for (int i = 0; i < length; i++) {
        if (i > 0) {
          out.put(',');
        }
        element.put(out, list.elements(), first + i);
      }
      out.put(']');
    };
  }

  private static FieldText members(Literal[] leads, FieldText[] texts, int[] indexes) {
    if (texts.length == 0) {
      Literal none = new Literal("{}");
      return (out, _, _) -> out.put(none);
    }
    return (out, column, row) -> {
      StructColumn struct = (StructColumn) column;
      for (int i = 0; i < texts.length; i++) {
        out.put(leads[i]);
        Column member = struct.member(indexes[i]);
        if (member == null) {
          out.put(NULL);
        } else {
          texts[i].put(out, member, row);
        }
      }
      out.put('}');
    };
  }

  private static long value(Column column, int row) {
    return ((LongColumn) column).values()[row];
  }
}
