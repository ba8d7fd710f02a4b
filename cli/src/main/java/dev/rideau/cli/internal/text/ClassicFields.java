package dev.rideau.cli.internal.text;

import dev.rideau.trace.BytesColumn;
import dev.rideau.trace.Column;
import dev.rideau.trace.DoubleColumn;
import dev.rideau.trace.EventClass;
import dev.rideau.trace.FieldClass;
import dev.rideau.trace.IntegerRange;
import dev.rideau.trace.ListColumn;
import dev.rideau.trace.LongColumn;
import dev.rideau.trace.Mapping;
import dev.rideau.trace.OptionalColumn;
import dev.rideau.trace.Scope;
import dev.rideau.trace.StructColumn;
import dev.rideau.trace.TextEncoding;
import dev.rideau.trace.VariantColumn;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// Compiles field classes to texts of the classic form: `{ name = value, list = [ [0] = 1 ] }`.
final class ClassicFields {
  // What ClassicLines can write by itself. Plain numbers, because an enum costs a look-up in the
  // switch.
  static final byte OTHER = 0;
  static final byte SIGNED = 1;
  static final byte UNSIGNED = 2;
  static final byte HEXADECIMAL = 3;
  static final byte STRING = 4;
  static final byte NOTHING = 5;

  private final VisibleFields visible;
  private final @Nullable EventClass eventClass;
  private final Scope scope;
  private final boolean withNames;
  private final @Nullable Leaves leaves;
  private final List<String> path = new ArrayList<>();

  /// How many arrays the field that is compiled lies in.
  private int arrays;

  private ClassicFields(
      VisibleFields visible,
      @Nullable EventClass eventClass,
      Scope scope,
      boolean withNames,
      @Nullable Leaves leaves) {
    this.leaves = leaves;
    this.visible = visible;
    this.eventClass = eventClass;
    this.scope = scope;
    this.withNames = withNames;
  }

  /// Counts the string fields of an event class that are not elements of arrays.
  static final class Leaves {
    private int count;

    int count() {
      return count;
    }
  }

  /// The text of a scope, or null when nothing of it is shown.
  ///
  /// @param leaves numbers the strings; null when nobody asks for them
  static @Nullable FieldText compile(
      FieldClass.@Nullable Structure structure,
      VisibleFields visible,
      @Nullable EventClass eventClass,
      Scope scope,
      boolean withNames,
      @Nullable Leaves leaves) {
    ClassicFields compiler = new ClassicFields(visible, eventClass, scope, withNames, leaves);
    return structure == null || !compiler.isShown() ? null : compiler.field(structure);
  }

  private boolean isShown() {
    return eventClass == null
        ? visible.isShown(scope, path)
        : visible.isShown(eventClass, scope, path);
  }

  private FieldText field(FieldClass fieldClass) {
    return switch (fieldClass) {
      case FieldClass.Int integer -> integer(integer, integer.layout().lengthBits());
      case FieldClass.VariableLengthInt integer -> integer(integer, Long.SIZE);
      case FieldClass.BitArray _, FieldClass.BitMap _ ->
          (out, column, row) -> out.putHex(((LongColumn) column).values()[row]);
      case FieldClass.Bool _ -> bool();
      case FieldClass.Floating _ ->
          (out, column, row) -> GeneralFloat.put(out, ((DoubleColumn) column).values()[row]);
      case FieldClass.Text text -> string(text);
      case FieldClass.StaticLengthBlob _, FieldClass.DynamicLengthBlob _ -> new Blob(withNames);
      case FieldClass.StaticLengthArray array -> elements(array.element());
      case FieldClass.DynamicLengthArray array -> elements(array.element());
      case FieldClass.Structure structure -> structure(structure);
      case FieldClass.Optional optional -> optional(optional);
      case FieldClass.Variant variant -> variant(variant);
    };
  }

  private FieldText elements(FieldClass element) {
    arrays++;
    FieldText text = field(element);
    arrays--;
    return new Elements(text, withNames);
  }

  private FieldText optional(FieldClass.Optional optional) {
    return new Content(field(optional.content()));
  }

  private int nextLeaf() {
    Leaves counted = leaves;
    if (counted == null || arrays > 0) {
      return -1;
    }
    return counted.count++;
  }

  private static FieldText integer(FieldClass.Integral integral, int lengthBits) {
    FieldText number = number(integral.displayBase(), integral.signed(), lengthBits);
    return integral.mappings().isEmpty()
        ? number
        : new Labels(integral.mappings(), integral.signed(), number);
  }

  private static FieldText number(int base, boolean signed, int lengthBits) {
    return switch (base) {
      case 2 -> (out, column, row) -> out.putBinary(value(column, row), lengthBits);
      case 8 -> {
        long mask = signed ? lowBits((lengthBits + 2) / 3 * 3) : -1;
        yield (out, column, row) -> out.putOctal(value(column, row) & mask);
      }
      case 16 -> {
        long mask = lowBits((lengthBits + 3) & ~3);
        yield new Plain(
            HEXADECIMAL, -1, mask, (out, column, row) -> out.putHex(value(column, row) & mask));
      }
      default ->
          signed
              ? new Plain(SIGNED, -1, -1, (out, column, row) -> out.putSigned(value(column, row)))
              : new Plain(
                  UNSIGNED, -1, -1, (out, column, row) -> out.putUnsigned(value(column, row)));
    };
  }

  private static long value(Column column, int row) {
    return ((LongColumn) column).values()[row];
  }

  private static long lowBits(int count) {
    return count >= Long.SIZE ? -1 : (1L << count) - 1;
  }

  private static FieldText bool() {
    Literal yes = new Literal("true");
    Literal no = new Literal("false");
    return (out, column, row) -> out.put(value(column, row) != 0 ? yes : no);
  }

  private FieldText string(FieldClass.Text text) {
    int leaf = nextLeaf();
    if (text.encoding() == TextEncoding.UTF_8) {
      return new Plain(
          STRING,
          leaf,
          -1,
          (out, column, row) -> {
            BytesColumn strings = (BytesColumn) column;
            out.putString(
                strings.bytes(), strings.offsetsBytes()[row], strings.lengthsBytes()[row], leaf);
          });
    }
    return (out, column, row) -> {
      byte[] encoded = ((BytesColumn) column).text(row).getBytes(StandardCharsets.UTF_8);
      out.putString(encoded, 0, encoded.length, leaf);
    };
  }

  private FieldText structure(FieldClass.Structure structure) {
    List<FieldClass.Member> members = structure.members();
    List<FieldText> texts = new ArrayList<>();
    List<Literal> leads = new ArrayList<>();
    int[] indexes = new int[members.size()];
    for (int i = 0; i < members.size(); i++) {
      FieldClass.Member member = members.get(i);
      path.addLast(member.name());
      if (isShown()) {
        indexes[texts.size()] = i;
        leads.add(
            new Literal(
                (texts.isEmpty() ? "{ " : ", ") + (withNames ? member.name() + " = " : "")));
        texts.add(field(member.fieldClass()));
      }
      path.removeLast();
    }
    return new Members(leads.toArray(Literal[]::new), texts.toArray(FieldText[]::new), indexes);
  }

  private FieldText variant(FieldClass.Variant variant) {
    List<FieldText> texts = new ArrayList<>();
    for (FieldClass.Option option : variant.options()) {
      texts.add(field(option.fieldClass()));
    }
    return new Selected(texts.toArray(FieldText[]::new));
  }

  /// `{ a = 1, b = 2 }`.
  ///
  /// @param leads what stands before each value
  /// @param texts the values
  /// @param indexes which members they are
  record Members(Literal[] leads, FieldText[] texts, int[] indexes) implements FieldText {
    static final Literal NONE = new Literal("{ }");
    static final Literal END = new Literal(" }");

    @Override
    public void put(TextBuffer out, Column column, int row) {
      if (texts.length == 0) {
        out.put(NONE);
        return;
      }
      StructColumn struct = (StructColumn) column;
      for (int i = 0; i < texts.length; i++) {
        out.put(leads[i]);
        Column member = struct.member(indexes[i]);
        if (member != null) {
          texts[i].put(out, member, row);
        }
      }
      out.put(END);
    }
  }

  /// A text that [ClassicLines] knows.
  ///
  /// @param kind what it knows it as
  /// @param leaf number of the string, -1 for none
  /// @param mask bits of an integer that are shown
  record Plain(byte kind, int leaf, long mask, FieldText text) implements FieldText {
    @Override
    public void put(TextBuffer out, Column column, int row) {
      text.put(out, column, row);
    }
  }

  /// `[ [0] = 1, [1] = 2 ]`.
  private static final class Elements implements FieldText {
    private static final Literal FIRST = new Literal("[ ");
    private static final Literal NEXT = new Literal(", ");
    private static final Literal EQUALS = new Literal("] = ");
    private static final Literal END = new Literal(" ]");
    private static final Literal NONE = new Literal("[ ]");

    private final FieldText element;
    private final boolean withNames;

    Elements(FieldText element, boolean withNames) {
      this.element = element;
      this.withNames = withNames;
    }

    @Override
    public void put(TextBuffer out, Column column, int row) {
      ListColumn list = (ListColumn) column;
      int length = list.lengths()[row];
      if (length == 0) {
        out.put(NONE);
        return;
      }
      int first = list.offsets()[row];
      Column elements = list.elements();
      for (int i = 0; i < length; i++) {
        out.put(i == 0 ? FIRST : NEXT);
        if (withNames) {
          out.put('[');
          out.putUnsigned(i);
          out.put(EQUALS);
        }
        element.put(out, elements, first + i);
      }
      out.put(END);
    }
  }

  /// The bytes of a blob, as an array of them would look.
  private static final class Blob implements FieldText {
    private final boolean withNames;

    Blob(boolean withNames) {
      this.withNames = withNames;
    }

    @Override
    public void put(TextBuffer out, Column column, int row) {
      BytesColumn blobs = (BytesColumn) column;
      byte[] bytes = blobs.bytes();
      int first = blobs.offsetsBytes()[row];
      int length = blobs.lengthsBytes()[row];
      if (length == 0) {
        out.put(Elements.NONE);
        return;
      }
      for (int i = 0; i < length; i++) {
        out.put(i == 0 ? Elements.FIRST : Elements.NEXT);
        if (withNames) {
          out.put('[');
          out.putUnsigned(i);
          out.put(Elements.EQUALS);
        }
        out.putHex(bytes[first + i] & 0xFF);
      }
      out.put(Elements.END);
    }
  }

  /// `{ value }`, the option that is there.
  private static final class Selected implements FieldText {
    private static final Literal BEGIN = new Literal("{ ");
    private static final Literal END = new Literal(" }");

    private final FieldText[] options;

    Selected(FieldText[] options) {
      this.options = options;
    }

    @Override
    public void put(TextBuffer out, Column column, int row) {
      VariantColumn variant = (VariantColumn) column;
      int index = variant.selected()[row];
      out.put(BEGIN);
      options[index].put(out, variant.option(index), row);
      out.put(END);
    }
  }

  /// `{ value }` or `<none>`.
  private static final class Content implements FieldText {
    private static final Literal NONE = new Literal("<none>");

    private final FieldText content;

    Content(FieldText content) {
      this.content = content;
    }

    @Override
    public void put(TextBuffer out, Column column, int row) {
      if (column.isValid(row)) {
        out.put(Selected.BEGIN);
        content.put(out, ((OptionalColumn) column).content(), row);
        out.put(Selected.END);
      } else {
        out.put(NONE);
      }
    }
  }

  /// `( "LABEL" : container = 1 )`.
  private static final class Labels implements FieldText {
    private static final int KNOWN_VALUES = 64;
    private static final Literal BEGIN = new Literal("( ");
    private static final Literal NEXT = new Literal(", ");
    private static final Literal UNKNOWN = new Literal("<unknown>");
    private static final Literal CONTAINER = new Literal(" : container = ");
    private static final Literal END = new Literal(" )");

    private final List<Mapping> mappings;
    private final Literal[] labels;
    private final boolean signed;
    private final FieldText number;
    private final @Nullable Literal[] known = new Literal[KNOWN_VALUES];

    Labels(List<Mapping> given, boolean signed, FieldText number) {
      mappings = byLabel(given);
      this.signed = signed;
      this.number = number;
      TextBuffer text = new TextBuffer(64);
      labels = new Literal[mappings.size()];
      for (int i = 0; i < labels.length; i++) {
        byte[] label = mappings.get(i).label().getBytes(StandardCharsets.UTF_8);
        text.clear();
        text.putEscaped(label, 0, label.length);
        labels[i] = text.toLiteral();
      }
      for (int value = 0; value < KNOWN_VALUES; value++) {
        text.clear();
        putLabels(text, value);
        known[value] = text.toLiteral();
      }
    }

    /// A label that was given several times counts once, with all its ranges.
    private static List<Mapping> byLabel(List<Mapping> given) {
      Map<String, List<IntegerRange>> ranges = new LinkedHashMap<>();
      for (Mapping mapping : given) {
        ranges.computeIfAbsent(mapping.label(), _ -> new ArrayList<>()).addAll(mapping.ranges());
      }
      List<Mapping> mappings = new ArrayList<>();
      ranges.forEach((label, all) -> mappings.add(new Mapping(label, all)));
      return mappings;
    }

    @Override
    public void put(TextBuffer out, Column column, int row) {
      long value = value(column, row);
      Literal text = value >= 0 && value < KNOWN_VALUES ? known[(int) value] : null;
      if (text == null) {
        putLabels(out, value);
      } else {
        out.put(text);
      }
      number.put(out, column, row);
      out.put(END);
    }

    private void putLabels(TextBuffer out, long value) {
      out.put(BEGIN);
      boolean isFirst = true;
      for (int i = 0; i < labels.length; i++) {
        if (mappings.get(i).contains(value, signed)) {
          if (!isFirst) {
            out.put(NEXT);
          }
          out.put(labels[i]);
          isFirst = false;
        }
      }
      if (isFirst) {
        out.put(UNKNOWN);
      }
      out.put(CONTAINER);
    }
  }
}
