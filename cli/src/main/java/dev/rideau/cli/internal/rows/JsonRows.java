package dev.rideau.cli.internal.rows;

import dev.rideau.tables.ResultColumn;
import dev.rideau.tables.Rows;
import java.io.IOException;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// JSON lines: an object for each row, integers exact whatever their size, lists and structures as
/// arrays and objects.
final class JsonRows implements RowWriter {
  @Override
  public long write(Rows rows, Appendable out) throws IOException {
    List<ResultColumn> columns = rows.columns();
    long count = 0;
    while (rows.next()) {
      out.append('{');
      for (int i = 0; i < columns.size(); i++) {
        if (i > 0) {
          out.append(',');
        }
        string(out, columns.get(i).name());
        out.append(':');
        value(out, rows.valueAt(i));
      }
      out.append("}\n");
      count++;
    }
    return count;
  }

  private static void value(Appendable out, @Nullable Object value) throws IOException {
    switch (value) {
      case null -> out.append("null");
      case Long number -> out.append(number.toString());
      case Integer number -> out.append(number.toString());
      case Short number -> out.append(number.toString());
      case Byte number -> out.append(number.toString());
      case BigInteger number -> out.append(number.toString());
      case BigDecimal number -> out.append(number.toPlainString());
      case Boolean truth -> out.append(truth.toString());
      case Double number -> real(out, number);
      case Float number -> real(out, number);
      case byte[] bytes -> string(out, HexFormat.of().formatHex(bytes));
      case List<?> elements -> list(out, elements);
      case Map<?, ?> map -> object(out, map);
      default -> string(out, value.toString());
    }
  }

  private static void real(Appendable out, double number) throws IOException {
    if (Double.isFinite(number)) {
      out.append(Double.toString(number));
    } else {
      string(out, Double.toString(number));
    }
  }

  private static void list(Appendable out, List<?> elements) throws IOException {
    out.append('[');
    for (int i = 0; i < elements.size(); i++) {
      if (i > 0) {
        out.append(',');
      }
      value(out, elements.get(i));
    }
    out.append(']');
  }

  private static void object(Appendable out, Map<?, ?> members) throws IOException {
    out.append('{');
    boolean first = true;
    for (Map.Entry<?, ?> member : members.entrySet()) {
      if (!first) {
        out.append(',');
      }
      first = false;
      string(out, String.valueOf(member.getKey()));
      out.append(':');
      value(out, member.getValue());
    }
    out.append('}');
  }

  private static void string(Appendable out, String text) throws IOException {
    out.append('"');
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      switch (c) {
        case '"' -> out.append("\\\"");
        case '\\' -> out.append("\\\\");
        case '\n' -> out.append("\\n");
        case '\r' -> out.append("\\r");
        case '\t' -> out.append("\\t");
        default -> {
          if (c < 0x20 || Character.isSurrogate(c) && !isPair(text, i)) {
            out.append(String.format("\\u%04x", (int) c));
          } else {
            out.append(c);
          }
        }
      }
    }
    out.append('"');
  }

  private static boolean isPair(String text, int i) {
    return Character.isHighSurrogate(text.charAt(i))
        ? i + 1 < text.length() && Character.isLowSurrogate(text.charAt(i + 1))
        : i > 0 && Character.isHighSurrogate(text.charAt(i - 1));
  }
}
