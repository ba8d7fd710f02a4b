package dev.rideau.perf.internal.symbol;

import java.io.BufferedReader;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.function.BiConsumer;

/// Collects the symbols of a text, a line each. Files that never end are read in part.
final class SymbolLines {
  private static final long MOST_BYTES = 256L << 20;

  private final List<SymbolTable.Draft> drafts = new ArrayList<>();
  private final ByteArrayOutputStream names = new ByteArrayOutputStream();

  private SymbolLines() {}

  /// The symbols of a text in ISO 8859-1.
  ///
  /// @param each adds what a line tells
  static SymbolTable read(BufferedReader text, BiConsumer<SymbolLines, String> each)
      throws IOException {
    SymbolLines lines = new SymbolLines();
    long length = 0;
    for (String line = text.readLine(); line != null; line = text.readLine()) {
      length += line.length();
      if (length > MOST_BYTES) {
        break;
      }
      each.accept(lines, line);
    }
    return new SymbolTable(lines.drafts, lines.names.toByteArray(), false);
  }

  /// Adds a symbol.
  void add(long start, long end, SymbolTable.Binding binding, String name) {
    drafts.add(new SymbolTable.Draft(start, end, binding, names.size()));
    names.writeBytes(name.getBytes(StandardCharsets.ISO_8859_1));
    names.write(0);
  }
}
