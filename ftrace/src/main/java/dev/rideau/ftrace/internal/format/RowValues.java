package dev.rideau.ftrace.internal.format;

import dev.rideau.ftrace.EventFormat;
import dev.rideau.ftrace.FormatField;
import dev.rideau.trace.Batch;
import dev.rideau.trace.BytesColumn;
import dev.rideau.trace.Column;
import dev.rideau.trace.ListColumn;
import dev.rideau.trace.LongColumn;
import dev.rideau.trace.StructColumn;
import java.util.IdentityHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// What expressions are worth in one row of a batch.
final class RowValues {
  private static final byte[] NONE = new byte[0];

  private final EventFormat format;

  /// By field of the format; rebuilt for another batch.
  private final Map<FormatField, Column> columns = new IdentityHashMap<>();

  private @Nullable Batch batch;
  private int row;

  private byte[] found = NONE;
  private int foundOffset;
  private int foundLength;

  private @Nullable LongColumn elements;
  private int listFirst;
  private int listLength;

  RowValues(EventFormat format) {
    this.format = format;
  }

  void enter(Batch batch, int row) {
    this.row = row;
    if (this.batch != batch) {
      this.batch = batch;
      columns.clear();
      bindPayload(batch.payload());
      bindContext(batch.commonContext());
    }
  }

  private void bindPayload(@Nullable StructColumn payload) {
    int member = 0;
    for (FormatField field : format.fields()) {
      int count = EventClassMaker.memberCount(field);
      Column column = payload == null ? null : payload.member(member + count - 1);
      if (column != null) {
        columns.put(field, column);
      }
      member += count;
    }
  }

  private void bindContext(@Nullable StructColumn context) {
    for (FormatField field : format.commonFields()) {
      Column column = context == null ? null : context.member(field.name());
      if (column != null) {
        columns.put(field, column);
      }
    }
  }

  /// The column of an expression that is nothing but a field, or null.
  @Nullable Column column(Expression expression) {
    return switch (expression) {
      case Expression.Field(FormatField field) -> columns.get(field);
      case Expression.Located(FormatField field) -> columns.get(field);
      default -> null;
    };
  }

  // ---------------------------------------------------------------- numbers

  long number(Expression expression) {
    return switch (expression) {
      case Expression.Number(long value) -> value;
      case Expression.Field(FormatField field) ->
          columns.get(field) instanceof LongColumn column ? column.value(row) : firstElement(field);
      case Expression.LocatedLength(FormatField field) -> locatedBytes(field);
      case Expression.Element(Expression array, Expression index) -> element(array, index);
      case Expression.Unary(var operator, Expression operand) ->
          Constants.unary(operator, number(operand));
      case Expression.Binary(var operator, Expression left, Expression right) ->
          binary(operator, left, right);
      case Expression.Conditional(Expression condition, Expression yes, Expression no) ->
          number(condition) != 0 ? number(yes) : number(no);
      case Expression.Cast(int bytes, boolean signed, Expression operand) ->
          Expression.Cast.cut(number(operand), bytes, signed);
      case Expression.Located(FormatField field) -> firstElement(field);
      case Expression.Text _,
          Expression.Name _,
          Expression.BitMask _,
          Expression.Symbolic _,
          Expression.Flags _,
          Expression.Hex _,
          Expression.Numbers _ ->
          0;
    };
  }

  private long binary(Expression.Operator operator, Expression left, Expression right) {
    return switch (operator) {
      case AND -> number(left) != 0 && number(right) != 0 ? 1 : 0;
      case OR -> number(left) != 0 || number(right) != 0 ? 1 : 0;
      default -> Constants.binary(operator, number(left), number(right));
    };
  }

  private long firstElement(FormatField field) {
    return list(new Expression.Field(field)) && listLength > 0 ? listElement(0) : 0;
  }

  private long element(Expression array, Expression index) {
    long at = number(index);
    if (list(array)) {
      return at >= 0 && at < listLength ? listElement((int) at) : 0;
    }
    if (text(array)) {
      return at >= 0 && at < foundLength ? found[foundOffset + (int) at] : 0;
    }
    return 0;
  }

  private long locatedBytes(FormatField field) {
    if (columns.get(field) instanceof ListColumn list) {
      return (long) list.lengths()[row] * field.elementBytes();
    }
    return columns.get(field) instanceof BytesColumn text ? text.lengthsBytes()[row] + 1 : 0;
  }

  // ---------------------------------------------------------------- texts

  /// Finds the text that an expression stands for.
  boolean text(Expression expression) {
    FormatField field = field(expression);
    if (field == null) {
      return false;
    }
    if (columns.get(field) instanceof BytesColumn column) {
      found = column.bytes();
      foundOffset = column.offsetsBytes()[row];
      foundLength = column.lengthsBytes()[row];
      return true;
    }
    return false;
  }

  byte[] found() {
    return found;
  }

  int foundOffset() {
    return foundOffset;
  }

  int foundLength() {
    return foundLength;
  }

  // ---------------------------------------------------------------- lists and bytes

  /// Finds the list that an expression stands for.
  boolean list(Expression expression) {
    FormatField field = field(expression);
    if (field == null || !(columns.get(field) instanceof ListColumn column)) {
      return false;
    }
    elements = column.elements() instanceof LongColumn integers ? integers : null;
    listFirst = column.offsets()[row];
    listLength = elements == null ? 0 : column.lengths()[row];
    return true;
  }

  int listLength() {
    return listLength;
  }

  long listElement(int index) {
    LongColumn integers = elements;
    return integers == null ? 0 : integers.value(listFirst + index);
  }

  /// Finds the list of bytes, or the text, that an expression stands for.
  boolean bytes(Expression expression) {
    if (list(expression)) {
      return true;
    }
    elements = null;
    listLength = 0;
    if (text(expression)) {
      listLength = foundLength;
      return true;
    }
    return false;
  }

  int byteCount() {
    return listLength;
  }

  int byteAt(int index) {
    if (index >= listLength) {
      return 0;
    }
    return (int) (elements == null ? found[foundOffset + index] : listElement(index)) & 0xFF;
  }

  private static @Nullable FormatField field(Expression expression) {
    return switch (expression) {
      case Expression.Field(FormatField field) -> field;
      case Expression.Located(FormatField field) -> field;
      case Expression.Cast(int _, boolean _, Expression operand) -> field(operand);
      default -> null;
    };
  }
}
