package dev.rideau.kernel.internal.track.syscall;

import dev.rideau.trace.BytesColumn;
import dev.rideau.trace.Column;
import dev.rideau.trace.DoubleColumn;
import dev.rideau.trace.FieldClass;
import dev.rideau.trace.ListColumn;
import dev.rideau.trace.LongColumn;
import dev.rideau.trace.Mapping;
import dev.rideau.trace.OptionalColumn;
import dev.rideau.trace.StructColumn;
import dev.rideau.trace.VariantColumn;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/// Writes the value of a field as text. Made once for a column, without garbage from then on.
abstract sealed class FieldText {
  /// Whether the row has a value that is worth a word; an empty list is not.
  boolean isThere(int row) {
    return true;
  }

  abstract void put(int row, ByteText into);

  /// The writer for a column. IPv4 and IPv6 addresses are known by the names of their fields.
  static FieldText of(String name, Column column) {
    return switch (column) {
      case LongColumn numbers -> ofNumbers(numbers);
      case DoubleColumn numbers -> new Floats(numbers);
      case BytesColumn texts -> new Texts(texts);
      case ListColumn list ->
          list.elements() instanceof LongColumn numbers && name.equals("v4addr")
              ? new Address4(list, numbers)
              : list.elements() instanceof LongColumn numbers && name.equals("v6addr")
                  ? new Address6(list, numbers)
                  : new Lists(list, of("", list.elements()));
      case StructColumn struct -> new Members(struct);
      case VariantColumn variant -> new Options(variant);
      case OptionalColumn optional -> new Contents(optional, of(name, optional.content()));
    };
  }

  private static FieldText ofNumbers(LongColumn column) {
    FieldClass fieldClass = column.fieldClass();
    if (!(fieldClass instanceof FieldClass.Integral integral)) {
      return new Digits(column, 4, "0x");
    }
    if (!integral.mappings().isEmpty()) {
      return new Labels(column, integral);
    }
    return switch (integral.displayBase()) {
      case 16, 2 -> new Digits(column, 4, "0x");
      case 8 -> new Digits(column, 3, "0");
      default -> integral.signed() ? new Signed(column) : new Unsigned(column);
    };
  }

  private static byte[] ascii(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }

  private static final class Signed extends FieldText {
    private final LongColumn column;

    Signed(LongColumn column) {
      this.column = column;
    }

    @Override
    void put(int row, ByteText into) {
      into.decimal(column.value(row));
    }
  }

  private static final class Unsigned extends FieldText {
    private final LongColumn column;

    Unsigned(LongColumn column) {
      this.column = column;
    }

    @Override
    void put(int row, ByteText into) {
      into.unsigned(column.value(row));
    }
  }

  private static final class Digits extends FieldText {
    private final LongColumn column;
    private final int bits;
    private final byte[] prefix;
    private final long mask;

    Digits(LongColumn column, int bits, String prefix) {
      this.column = column;
      this.bits = bits;
      this.prefix = ascii(prefix);
      int lengthBits =
          column.fieldClass() instanceof FieldClass.FixedLength fixed
              ? fixed.layout().lengthBits()
              : Long.SIZE;
      mask = lengthBits >= Long.SIZE ? -1 : (1L << lengthBits) - 1;
    }

    @Override
    void put(int row, ByteText into) {
      into.put(prefix).digits(column.value(row) & mask, bits);
    }
  }

  /// Enumerations: the label, or the number when it has none.
  private static final class Labels extends FieldText {
    private final LongColumn column;
    private final boolean isSigned;
    private final List<Mapping> mappings;
    private final List<byte[]> labels = new ArrayList<>();

    Labels(LongColumn column, FieldClass.Integral integral) {
      this.column = column;
      isSigned = integral.signed();
      mappings = integral.mappings();
      mappings.forEach(mapping -> labels.add(ascii(mapping.label())));
    }

    @Override
    void put(int row, ByteText into) {
      long value = column.value(row);
      for (int i = 0; i < mappings.size(); i++) {
        if (mappings.get(i).contains(value, isSigned)) {
          into.put(labels.get(i));
          return;
        }
      }
      if (isSigned) {
        into.decimal(value);
      } else {
        into.unsigned(value);
      }
    }
  }

  private static final class Floats extends FieldText {
    private final DoubleColumn column;

    Floats(DoubleColumn column) {
      this.column = column;
    }

    @Override
    void put(int row, ByteText into) {
      // The kernel records none; garbage does not matter.
      into.put(ascii(Double.toString(column.value(row))));
    }
  }

  private static final class Texts extends FieldText {
    private final BytesColumn column;

    Texts(BytesColumn column) {
      this.column = column;
    }

    @Override
    void put(int row, ByteText into) {
      int from = column.offsetsBytes()[row];
      into.quoted(column.bytes(), from, from + column.lengthsBytes()[row]);
    }
  }

  private static final class Lists extends FieldText {
    private final ListColumn column;
    private final FieldText element;

    Lists(ListColumn column, FieldText element) {
      this.column = column;
      this.element = element;
    }

    @Override
    boolean isThere(int row) {
      return column.lengths()[row] > 0;
    }

    @Override
    void put(int row, ByteText into) {
      int first = column.offsets()[row];
      int end = first + column.lengths()[row];
      into.put('[');
      for (int i = first; i < end && !into.isCut(); i++) {
        if (i > first) {
          into.put(',').put(' ');
        }
        element.put(i, into);
      }
      into.put(']');
    }
  }

  private static final class Address4 extends FieldText {
    private final ListColumn column;
    private final LongColumn bytes;

    Address4(ListColumn column, LongColumn bytes) {
      this.column = column;
      this.bytes = bytes;
    }

    @Override
    boolean isThere(int row) {
      return column.lengths()[row] > 0;
    }

    @Override
    void put(int row, ByteText into) {
      Addresses.put4(column, bytes, row, into);
    }
  }

  private static final class Address6 extends FieldText {
    private final ListColumn column;
    private final LongColumn words;

    Address6(ListColumn column, LongColumn words) {
      this.column = column;
      this.words = words;
    }

    @Override
    boolean isThere(int row) {
      return column.lengths()[row] > 0;
    }

    @Override
    void put(int row, ByteText into) {
      Addresses.put6(column, words, row, into);
    }
  }

  private static final class Members extends FieldText {
    private final NamedTexts members;

    Members(StructColumn struct) {
      members = new NamedTexts(struct, "");
    }

    @Override
    void put(int row, ByteText into) {
      into.put('{').put(' ');
      members.put(row, into);
      into.put(' ').put('}');
    }
  }

  private static final class Options extends FieldText {
    private final VariantColumn variant;
    private final FieldText[] options;

    Options(VariantColumn variant) {
      this.variant = variant;
      options = new FieldText[variant.optionCount()];
      for (int i = 0; i < options.length; i++) {
        options[i] = of("", variant.option(i));
      }
    }

    @Override
    void put(int row, ByteText into) {
      options[variant.selected()[row]].put(row, into);
    }
  }

  private static final class Contents extends FieldText {
    private final OptionalColumn optional;
    private final FieldText content;

    Contents(OptionalColumn optional, FieldText content) {
      this.optional = optional;
      this.content = content;
    }

    @Override
    boolean isThere(int row) {
      return optional.isValid(row);
    }

    @Override
    void put(int row, ByteText into) {
      content.put(row, into);
    }
  }
}
