package dev.rideau.cli.internal;

import java.util.ArrayList;
import java.util.List;

/// Rows of text whose columns stand one below the other, for people.
///
/// Numbers are at the right of their column, everything else at the left; the last column is not
/// padded.
public final class AlignedTable {
  private static final String BOLD = "\u001b[1m";
  private static final String PLAIN = "\u001b[0m";
  private static final String GAP = "  ";

  private final String indent;
  private final List<String> titles = new ArrayList<>();
  private final List<Boolean> numeric = new ArrayList<>();
  private final List<String[]> rows = new ArrayList<>();

  /// A table without columns whose lines all start with `indent`.
  public AlignedTable(String indent) {
    this.indent = indent;
  }

  /// Adds a column of text.
  public AlignedTable text(String title) {
    titles.add(title);
    numeric.add(false);
    return this;
  }

  /// Adds a column of numbers.
  public AlignedTable number(String title) {
    titles.add(title);
    numeric.add(true);
    return this;
  }

  /// Adds a row: one cell for each column. Control characters appear as escapes, so that no name in
  /// a trace can move the cursor of a terminal.
  public void row(String... cells) {
    if (cells.length != titles.size()) {
      throw new IllegalArgumentException(cells.length + " cells for " + titles.size() + " columns");
    }
    String[] safe = new String[cells.length];
    for (int i = 0; i < cells.length; i++) {
      safe[i] = printable(cells[i]);
    }
    rows.add(safe);
  }

  /// Whether there is no row.
  public boolean isEmpty() {
    return rows.isEmpty();
  }

  /// Appends the lines; the titles only where one is not empty.
  ///
  /// @param colours whether the titles may be bold
  public void appendTo(StringBuilder out, boolean colours) {
    int[] widths = new int[titles.size()];
    boolean titled = false;
    for (int i = 0; i < widths.length; i++) {
      widths[i] = width(titles.get(i));
      titled |= widths[i] > 0;
      for (String[] row : rows) {
        widths[i] = Math.max(widths[i], width(row[i]));
      }
    }
    if (titled) {
      out.append(colours ? BOLD : "");
      appendLine(out, titles.toArray(new String[0]), widths);
      out.append(colours ? PLAIN : "").append('\n');
    }
    for (String[] row : rows) {
      appendLine(out, row, widths);
      out.append('\n');
    }
  }

  private void appendLine(StringBuilder out, String[] cells, int[] widths) {
    int last = cells.length - 1;
    while (last > 0 && cells[last].isEmpty()) {
      last--;
    }
    out.append(indent);
    for (int i = 0; i <= last; i++) {
      int padding = widths[i] - width(cells[i]);
      if (numeric.get(i)) {
        out.repeat(' ', padding).append(cells[i]);
      } else {
        out.append(cells[i]).repeat(' ', i < last ? padding : 0);
      }
      out.append(i < last ? GAP : "");
    }
  }

  private static int width(String text) {
    return text.codePointCount(0, text.length());
  }

  /// The text with its control characters as `\n`, `\t` or `\x1b`.
  public static String printable(String text) {
    for (int i = 0; i < text.length(); i++) {
      if (Character.isISOControl(text.charAt(i))) {
        return escaped(text);
      }
    }
    return text;
  }

  private static String escaped(String text) {
    StringBuilder escaped = new StringBuilder(text.length() + 8);
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      switch (c) {
        case '\n' -> escaped.append("\\n");
        case '\t' -> escaped.append("\\t");
        default -> {
          if (Character.isISOControl(c)) {
            escaped.append("\\x").append(Character.forDigit(c >> 4 & 15, 16));
            escaped.append(Character.forDigit(c & 15, 16));
          } else {
            escaped.append(c);
          }
        }
      }
    }
    return escaped.toString();
  }
}
