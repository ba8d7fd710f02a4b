package dev.rideau.ftrace.internal.format;

import dev.rideau.ftrace.KernelNames;
import dev.rideau.ftrace.TextBytes;

/// Prints conversions of any kind: `%-8.3lx`, `%pI4`, `%s` with all that it can stand for.
final class ConversionText {
  /// Widths and precisions beyond are no kernel's.
  private static final int MOST_WIDTH = 1024;

  private final TextBytes out;
  private final RowValues values;
  private final KernelNames names;
  private final ArgumentText texts;
  private final AddressText addresses;

  ConversionText(TextBytes out, RowValues values, KernelNames names) {
    this.out = out;
    this.values = values;
    this.names = names;
    texts = new ArgumentText(out, values, names);
    addresses = new AddressText(out);
  }

  /// Appends a conversion of the row that [RowValues] has entered.
  void put(PrintPlan.Conversion conversion) {
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
      case 's' -> texts.put(conversion.argument(), precision);
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
      default -> {
        long address = values.number(argument);
        if (address == 0) {
          // As the C library prints a null pointer.
          out.put("(nil)");
        } else {
          hex(address);
        }
      }
    }
  }

  private void hex(long value) {
    out.put("0x");
    out.putDigits(value, 4, false);
  }
}
