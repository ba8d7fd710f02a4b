package dev.rideau.ftrace.internal.format;

import dev.rideau.ftrace.EventFormat;
import dev.rideau.ftrace.FormatField;
import dev.rideau.ftrace.KernelNames;
import dev.rideau.ftrace.PrintFormat;
import dev.rideau.trace.Batch;
import dev.rideau.trace.BytesColumn;
import dev.rideau.trace.Column;
import dev.rideau.trace.LongColumn;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Prints records by a plan. Used by one thread.
public final class RecordPrinter implements PrintFormat.Printer {
  /// Widths and precisions beyond are no kernel's.
  private static final int MOST_WIDTH = 1024;

  private static final int FIXED = 0;
  private static final int SIGNED = 1;
  private static final int UNSIGNED = 2;
  private static final int HEX = 3;
  private static final int TEXT = 4;
  private static final int CONVERSION = 5;

  private final EventFormat format;
  private final PrintPlan plan;
  private final KernelNames names;
  private final Output out = new Output();
  private final RowValues values;
  private final AddressText addresses;
  private final PrintPlan.Piece[] pieces;

  /// What is done for each piece, and with what: arrays, because a record needs them all.
  private final int[] steps;

  private final byte[][] fixed;
  private final PrintPlan.Conversion[] conversions;
  private final LongColumn[] integers;
  private final int[] shifts;
  private final BytesColumn[] texts;

  private @Nullable Batch bound;

  /// A printer of records of one format.
  public RecordPrinter(EventFormat format, PrintPlan plan, KernelNames names) {
    this.format = format;
    this.plan = plan;
    this.names = names;
    values = new RowValues(format);
    addresses = new AddressText(out);
    pieces = plan.pieces().toArray(PrintPlan.Piece[]::new);
    steps = new int[pieces.length];
    fixed = new byte[pieces.length][];
    conversions = new PrintPlan.Conversion[pieces.length];
    integers = new LongColumn[pieces.length];
    shifts = new int[pieces.length];
    texts = new BytesColumn[pieces.length];
  }

  @Override
  public byte[] bytes() {
    return out.bytes();
  }

  @Override
  public int print(Batch batch, int row) {
    out.clear();
    values.enter(batch, row);
    if (bound != batch) {
      bind(batch);
    }
    if (plan.isUnderstood()) {
      for (int i = 0; i < steps.length; i++) {
        switch (steps[i]) {
          case FIXED -> out.put(fixed[i], 0, fixed[i].length);
          case SIGNED -> out.putDecimal(cut(integers[i].value(row), shifts[i]), true);
          case UNSIGNED -> out.putDecimal(cutUnsigned(integers[i].value(row), shifts[i]), false);
          case HEX -> out.putDigits(cutUnsigned(integers[i].value(row), shifts[i]), 4, false);
          case TEXT -> {
            BytesColumn text = texts[i];
            out.put(text.bytes(), text.offsetsBytes()[row], text.lengthsBytes()[row]);
          }
          default -> convert(conversions[i]);
        }
      }
    } else {
      printFields();
    }
    int size = out.size();
    while (size > 0 && out.bytes()[size - 1] == '\n') {
      size--;
    }
    return size;
  }

  private static long cut(long value, int shift) {
    return value << shift >> shift;
  }

  private static long cutUnsigned(long value, int shift) {
    return value << shift >>> shift;
  }

  /// Finds the conversions that print a field as it is: most of them.
  private void bind(Batch batch) {
    bound = batch;
    for (int i = 0; i < pieces.length; i++) {
      switch (pieces[i]) {
        case PrintPlan.Fixed(byte[] text) -> {
          steps[i] = FIXED;
          fixed[i] = text;
        }
        case PrintPlan.Conversion conversion -> {
          conversions[i] = conversion;
          steps[i] = step(i, conversion);
        }
      }
    }
  }

  private int step(int piece, PrintPlan.Conversion conversion) {
    if (!conversion.isPlain()) {
      return CONVERSION;
    }
    Column column = values.column(conversion.argument());
    if (column instanceof BytesColumn text && conversion.letter() == 's') {
      texts[piece] = text;
      return TEXT;
    }
    if (column instanceof LongColumn numbers) {
      integers[piece] = numbers;
      shifts[piece] = conversion.sizeBytes() >= 8 ? 0 : 64 - conversion.sizeBytes() * 8;
      return switch (conversion.letter()) {
        case 'd' -> SIGNED;
        case 'u' -> UNSIGNED;
        case 'x' -> HEX;
        default -> CONVERSION;
      };
    }
    return CONVERSION;
  }

  // ---------------------------------------------------------------- conversions

  private void convert(PrintPlan.Conversion conversion) {
    int start = out.size();
    boolean left = conversion.left();
    int width = 0;
    Expression widthOf = conversion.width();
    if (widthOf != null) {
      long value = values.number(widthOf);
      left |= value < 0;
      width = (int) Math.min(MOST_WIDTH, Math.abs(value));
    }
    Expression precisionOf = conversion.precision();
    int precision =
        precisionOf == null ? -1 : Math.clamp(values.number(precisionOf), -1, MOST_WIDTH);
    int digits = start;
    switch (conversion.letter()) {
      case 's' -> text(conversion.argument(), precision);
      case 'c' -> out.put((char) (values.number(conversion.argument()) & 0xFF));
      case 'p' -> {
        pointer(conversion, width);
        if (conversion.pointer().startsWith("h")) {
          width = 0;
        }
      }
      default -> digits = integer(conversion, precision);
    }
    if (left) {
      out.padRight(start, width);
    } else if (conversion.zero() && precision < 0 && conversion.letter() != 's') {
      out.padLeft(start, digits, width, '0');
    } else {
      out.padLeft(start, start, width, ' ');
    }
  }

  /// Prints an integer and returns where its digits start.
  private int integer(PrintPlan.Conversion conversion, int precision) {
    long value = values.number(conversion.argument());
    boolean signed = conversion.letter() == 'd';
    value = Expression.Cast.cut(value, conversion.sizeBytes(), signed);
    if (signed && value < 0) {
      out.put('-');
    } else if (signed && conversion.plus()) {
      out.put('+');
    } else if (signed && conversion.space()) {
      out.put(' ');
    }
    if (conversion.alternate() && value != 0) {
      switch (conversion.letter()) {
        case 'x' -> out.put("0x");
        case 'X' -> out.put("0X");
        case 'o' -> out.put('0');
        default -> {}
      }
    }
    int digits = out.size();
    switch (conversion.letter()) {
      case 'd' -> out.putDecimal(value < 0 ? -value : value, false);
      case 'x' -> out.putDigits(value, 4, false);
      case 'X' -> out.putDigits(value, 4, true);
      case 'o' -> out.putDigits(value, 3, false);
      default -> out.putDecimal(value, false);
    }
    out.padLeft(digits, digits, precision, '0');
    return digits;
  }

  private void pointer(PrintPlan.Conversion conversion, int width) {
    String letters = conversion.pointer();
    Expression argument = conversion.argument();
    char kind = letters.isEmpty() ? 'x' : letters.charAt(0);
    switch (kind) {
      case 'F', 'f', 'S', 's', 'B' -> {
        long address = values.number(argument);
        String symbol = names.symbol(address);
        int plus = symbol == null ? -1 : symbol.indexOf('+');
        if (symbol == null) {
          hex(address);
        } else if (plus >= 0 && (kind == 's' || kind == 'f')) {
          out.put(symbol.substring(0, plus));
        } else {
          out.put(symbol);
          if (plus < 0 && (kind == 'S' || kind == 'F')) {
            out.put("+0x0");
          }
        }
      }
      case 'I', 'i', 'M', 'm', 'U', 'h' -> {
        if (values.bytes(argument)) {
          addresses.put(letters, values, width);
        } else {
          hex(values.number(argument));
        }
      }
      default -> hex(values.number(argument));
    }
  }

  private void hex(long value) {
    out.put("0x");
    out.putDigits(value, 4, false);
  }

  // ---------------------------------------------------------------- texts

  private void text(Expression argument, int precision) {
    int start = out.size();
    switch (argument) {
      case Expression.Text(String value) -> out.put(value);
      case Expression.Symbolic(Expression value, var entries) -> symbolic(value, entries);
      case Expression.Flags(Expression value, String delimiter, var entries) ->
          flags(value, delimiter, entries);
      case Expression.Hex(Expression bytes, Expression length, boolean separated) -> {
        if (values.bytes(bytes)) {
          hexBytes(values.number(length), separated ? " " : "");
        }
      }
      case Expression.Numbers(Expression elements, Expression count, Expression size) ->
          numbers(elements, values.number(count));
      case Expression.BitMask(FormatField field) -> bitMask(field);
      case Expression.Conditional(Expression condition, Expression yes, Expression no) ->
          text(values.number(condition) != 0 ? yes : no, -1);
      case Expression.Cast(int _, boolean _, Expression operand) -> text(operand, -1);
      default -> {
        if (!values.text(argument)) {
          pointedText(values.number(argument));
        } else {
          out.put(values.found(), values.foundOffset(), values.foundLength());
        }
      }
    }
    if (precision >= 0 && out.size() - start > precision) {
      out.truncate(start + precision);
    }
  }

  /// A pointer to text that the record does not hold.
  private void pointedText(long address) {
    String literal = names.literal(address);
    if (literal == null) {
      literal = names.symbol(address);
    }
    if (literal == null) {
      hex(address);
    } else {
      out.put(literal);
    }
  }

  private void symbolic(Expression value, List<Expression.Entry> entries) {
    long number = values.number(value);
    for (Expression.Entry entry : entries) {
      if (entry.value() == number) {
        out.put(entry.label());
        return;
      }
    }
    hex(number);
  }

  private void flags(Expression value, String delimiter, List<Expression.Entry> entries) {
    long rest = values.number(value);
    boolean any = false;
    for (Expression.Entry entry : entries) {
      long bits = entry.value();
      if (rest == 0 && bits == 0 && !any) {
        out.put(entry.label());
        any = true;
        break;
      }
      if (bits != 0 && (rest & bits) == bits) {
        if (any) {
          out.put(delimiter);
        }
        out.put(entry.label());
        any = true;
        rest &= ~bits;
      }
    }
    if (rest != 0) {
      if (any) {
        out.put(delimiter);
      }
      hex(rest);
    }
  }

  private void hexBytes(long length, String separator) {
    int count = (int) Math.min(Math.max(0, length), values.byteCount());
    for (int i = 0; i < count; i++) {
      if (i > 0) {
        out.put(separator);
      }
      int value = values.byteAt(i);
      out.putDigits(value >>> 4, 4, false);
      out.putDigits(value & 15, 4, false);
    }
  }

  private void numbers(Expression elements, long count) {
    out.put('{');
    if (values.list(elements)) {
      int most = (int) Math.min(Math.max(0, count), values.listLength());
      for (int i = 0; i < most; i++) {
        if (i > 0) {
          out.put(',');
        }
        hex(values.listElement(i));
      }
    }
    out.put('}');
  }

  /// Words of 32 bits from the highest, between commas, as the kernel's `%*pb`.
  private void bitMask(FormatField field) {
    if (!values.list(new Expression.Located(field))) {
      return;
    }
    int wordBits = field.elementBytes() * 8;
    boolean first = true;
    for (int i = values.listLength() - 1; i >= 0; i--) {
      long word = values.listElement(i);
      for (int shift = wordBits - 32; shift >= 0; shift -= 32) {
        long part = word >>> shift & 0xFFFF_FFFFL;
        if (first && part == 0 && (i > 0 || shift > 0)) {
          continue;
        }
        if (!first) {
          out.put(',');
        }
        int start = out.size();
        out.putDigits(part, 4, false);
        out.padLeft(start, start, first ? 0 : 8, '0');
        first = false;
      }
    }
  }

  // ---------------------------------------------------------------- without a print format

  private void printFields() {
    out.put("[FAILED TO PARSE]");
    for (FormatField field : format.fields()) {
      out.put(' ');
      out.put(field.name());
      out.put('=');
      printField(field);
    }
  }

  private void printField(FormatField field) {
    Expression.Field expression = new Expression.Field(field);
    switch (field.kind()) {
      case INTEGER -> {
        long value = values.number(expression);
        if (field.isPointer()) {
          hex(value);
        } else {
          out.putDecimal(value, field.signed());
        }
      }
      case TEXT, LOCATED_TEXT, TRAILING_TEXT -> {
        if (values.text(expression)) {
          out.put(values.found(), values.foundOffset(), values.foundLength());
        }
      }
      case ARRAY, BYTES, LOCATED_ARRAY, TRAILING_ARRAY -> {
        out.put("ARRAY[");
        if (values.list(expression)) {
          for (int i = 0; i < values.listLength(); i++) {
            if (i > 0) {
              out.put(", ");
            }
            out.putDigits(
                Expression.Cast.cut(values.listElement(i), field.elementBytes(), false), 4, false);
          }
        }
        out.put(']');
      }
    }
  }

  /// For messages.
  @Override
  public String toString() {
    return format.name();
  }
}
