package dev.rideau.server.internal.api;

import java.io.BufferedWriter;
import java.io.IOException;
import java.io.OutputStream;
import java.io.OutputStreamWriter;
import java.io.Writer;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Rows as comma-separated values (RFC 4180, lines end with a line feed).
final class Csv {
  private Csv() {}

  static void write(OutputStream out, List<String> names, List<@Nullable Object[]> rows)
      throws IOException {
    Writer writer = new BufferedWriter(new OutputStreamWriter(out, StandardCharsets.UTF_8), 16384);
    line(writer, names.toArray());
    for (@Nullable Object[] row : rows) {
      line(writer, row);
    }
    writer.flush();
  }

  private static void line(Writer out, @Nullable Object[] cells) throws IOException {
    for (int i = 0; i < cells.length; i++) {
      if (i > 0) {
        out.write(',');
      }
      String text = text(cells[i]);
      boolean isQuoted = text.chars().anyMatch(c -> c == ',' || c == '"' || c == '\n' || c == '\r');
      out.write(isQuoted ? '"' + text.replace("\"", "\"\"") + '"' : text);
    }
    out.write('\n');
  }

  private static String text(@Nullable Object cell) {
    return switch (cell) {
      case null -> "";
      case BigDecimal number -> number.toPlainString();
      case byte[] bytes -> HexFormat.of().formatHex(bytes);
      default -> cell.toString();
    };
  }
}
