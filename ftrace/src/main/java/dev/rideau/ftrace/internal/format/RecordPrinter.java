package dev.rideau.ftrace.internal.format;

import dev.rideau.ftrace.EventFormat;
import dev.rideau.ftrace.FormatField;
import dev.rideau.ftrace.KernelNames;
import dev.rideau.ftrace.PrintFormat;
import dev.rideau.ftrace.TextBytes;
import dev.rideau.trace.Batch;
import dev.rideau.trace.BytesColumn;
import dev.rideau.trace.Column;
import dev.rideau.trace.LongColumn;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Prints records by a plan. Used by one thread.
///
/// The plan becomes a list of steps, each with the literal before it:
///
/// ```
/// "comm=%s prio=%d state=%s", …    comm= TEXT │  prio= SIGNED │  state= REMEMBERED
/// ```
public final class RecordPrinter implements PrintFormat.Printer {
  private static final byte[] NO_BYTES = new byte[0];

  private final EventFormat format;
  private final PrintPlan plan;
  private final RowValues values;

  /// Conversions that are not plain are printed here first.
  private final TextBytes scratch = new TextBytes();

  private final ConversionText conversions;
  private final FieldText fields;
  private final Step[] steps;

  /// Enough for all literals and all plain integers.
  private final int roomBytes;

  private @Nullable Batch bound;

  private enum Kind {
    /// A literal only.
    NOTHING,
    SIGNED,
    UNSIGNED,
    HEX,
    TEXT,
    /// A text that one integer or nothing decides about.
    REMEMBERED,
    CONVERSION
  }

  private static final class Step {
    final byte[] literal;
    final PrintPlan.@Nullable Conversion conversion;
    final TextMemo memo = new TextMemo();

    Kind kind = Kind.NOTHING;
    @Nullable LongColumn integers;
    @Nullable BytesColumn texts;

    /// How many high bits of integers do not count.
    int shift;

    Step(byte[] literal, PrintPlan.@Nullable Conversion conversion) {
      this.literal = literal;
      this.conversion = conversion;
    }
  }

  /// A printer of records of one format.
  public RecordPrinter(EventFormat format, PrintPlan plan, KernelNames names) {
    this.format = format;
    this.plan = plan;
    values = new RowValues(format);
    conversions = new ConversionText(scratch, values, names);
    fields = new FieldText(scratch, values);
    List<Step> made = new ArrayList<>();
    byte[] literal = NO_BYTES;
    int literalBytes = 0;
    for (PrintPlan.Piece piece : plan.pieces()) {
      switch (piece) {
        case PrintPlan.Fixed(byte[] text) -> {
          literal = text;
          literalBytes += text.length;
        }
        case PrintPlan.Conversion conversion -> {
          made.add(new Step(literal, conversion));
          literal = NO_BYTES;
        }
      }
    }
    made.add(new Step(literal, null));
    steps = made.toArray(Step[]::new);
    roomBytes = literalBytes + steps.length * TextBytes.MOST_DECIMAL_BYTES;
  }

  @Override
  public void print(Batch batch, int row, TextBytes out) {
    values.enter(batch, row);
    if (bound != batch) {
      bind(batch);
    }
    int start = out.size();
    if (plan.isUnderstood()) {
      printSteps(row, out);
    } else {
      scratch.clear();
      fields.put(format);
      out.put(scratch.bytes(), 0, scratch.size());
    }
    byte[] bytes = out.bytes();
    int size = out.size();
    while (size > start && bytes[size - 1] == '\n') {
      size--;
    }
    out.resize(size);
  }

  private void printSteps(int row, TextBytes out) {
    byte[] into = out.room(roomBytes);
    int at = out.size();
    for (Step step : steps) {
      byte[] literal = step.literal;
      System.arraycopy(literal, 0, into, at, literal.length);
      at += literal.length;
      switch (step.kind) {
        case NOTHING -> {}
        case SIGNED ->
            at = TextBytes.putSigned(into, at, integer(step, row) << step.shift >> step.shift);
        case UNSIGNED ->
            at = TextBytes.putUnsigned(into, at, integer(step, row) << step.shift >>> step.shift);
        case HEX -> {
          out.resize(at);
          out.putDigits(integer(step, row) << step.shift >>> step.shift, 4, false);
          at = out.size();
        }
        case TEXT -> {
          BytesColumn texts = step.texts;
          if (texts != null) {
            int length = texts.lengthsBytes()[row];
            out.resize(at);
            into = out.room(length + roomBytes);
            System.arraycopy(texts.bytes(), texts.offsetsBytes()[row], into, at, length);
            at += length;
          }
        }
        case REMEMBERED -> {
          long value = integer(step, row);
          byte[] text = step.memo.find(value);
          if (text == null) {
            convert(step);
            text = Arrays.copyOf(scratch.bytes(), scratch.size());
            step.memo.keep(value, text);
          }
          out.resize(at);
          into = out.room(text.length + roomBytes);
          System.arraycopy(text, 0, into, at, text.length);
          at += text.length;
        }
        case CONVERSION -> {
          convert(step);
          int length = scratch.size();
          out.resize(at);
          into = out.room(length + roomBytes);
          System.arraycopy(scratch.bytes(), 0, into, at, length);
          at += length;
        }
      }
    }
    out.resize(at);
  }

  private static long integer(Step step, int row) {
    LongColumn integers = step.integers;
    return integers == null ? 0 : integers.value(row);
  }

  private void convert(Step step) {
    scratch.clear();
    if (step.conversion != null) {
      conversions.put(step.conversion);
    }
  }

  /// Finds the conversions that print a field as it is, most of them, and those that one integer
  /// decides about.
  private void bind(Batch batch) {
    bound = batch;
    for (Step step : steps) {
      PrintPlan.Conversion conversion = step.conversion;
      if (conversion != null) {
        step.integers = null;
        step.texts = null;
        step.kind = Kind.CONVERSION;
        if (!conversion.isPlain() || !bindPlain(step, conversion)) {
          bindRemembered(step, conversion);
        }
      }
    }
  }

  private boolean bindPlain(Step step, PrintPlan.Conversion conversion) {
    Column column = values.column(conversion.argument());
    if (column instanceof BytesColumn text && conversion.letter() == 's') {
      step.texts = text;
      step.kind = Kind.TEXT;
      return true;
    }
    if (column instanceof LongColumn numbers && "dux".indexOf(conversion.letter()) >= 0) {
      step.integers = numbers;
      step.shift = conversion.sizeBytes() >= 8 ? 0 : 64 - conversion.sizeBytes() * 8;
      step.kind =
          switch (conversion.letter()) {
            case 'd' -> Kind.SIGNED;
            case 'u' -> Kind.UNSIGNED;
            default -> Kind.HEX;
          };
      return true;
    }
    return false;
  }

  private void bindRemembered(Step step, PrintPlan.Conversion conversion) {
    List<FormatField> read = IntegerFields.of(conversion);
    if (read == null || read.size() > 1) {
      return;
    }
    if (read.isEmpty()) {
      step.kind = Kind.REMEMBERED;
    } else if (values.column(new Expression.Field(read.getFirst())) instanceof LongColumn numbers) {
      step.integers = numbers;
      step.kind = Kind.REMEMBERED;
    }
  }

  /// For messages.
  @Override
  public String toString() {
    return format.name();
  }
}
