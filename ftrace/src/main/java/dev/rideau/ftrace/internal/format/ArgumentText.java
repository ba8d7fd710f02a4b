package dev.rideau.ftrace.internal.format;

import dev.rideau.ftrace.FormatField;
import dev.rideau.ftrace.KernelNames;
import dev.rideau.ftrace.TextBytes;
import java.util.List;

/// What `%s` prints: texts of the record, names of values, flags, bit masks, bytes and lists.
final class ArgumentText {
  private final TextBytes out;
  private final RowValues values;
  private final KernelNames names;

  ArgumentText(TextBytes out, RowValues values, KernelNames names) {
    this.out = out;
    this.values = values;
    this.names = names;
  }

  /// Appends the text that an argument stands for.
  ///
  /// @param precision most bytes, below zero for no limit
  void put(Expression argument, int precision) {
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
          put(values.number(condition) != 0 ? yes : no, -1);
      case Expression.Cast(int _, boolean _, Expression operand) -> put(operand, -1);
      default -> {
        if (!values.text(argument)) {
          pointedText(values.number(argument));
        } else {
          out.put(values.found(), values.foundOffset(), values.foundLength());
        }
      }
    }
    if (precision >= 0 && out.size() - start > precision) {
      out.resize(start + precision);
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

  private void hex(long value) {
    out.put("0x");
    out.putDigits(value, 4, false);
  }
}
