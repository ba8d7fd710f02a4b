package dev.rideau.reports.internal.plot;

import java.util.Locale;

/// Writes one SVG picture. Texts come from traces, so all are escaped.
final class Svg {
  private static final String STYLE =
      """
      <style>
      text{font:12px "DejaVu Sans","Segoe UI",Helvetica,Arial,sans-serif;fill:#24292f}
      .title{font-size:17px;font-weight:600}.small{fill:#6a737d;font-size:11px}
      .grid{stroke:#d8dee4;stroke-width:1}.axis{stroke:#8c959f;stroke-width:1}
      .back{fill:#fff}.edge{stroke:#57606a;stroke-width:1;stroke-dasharray:2 2}
      .row{fill:#f6f8fa}
      @media(prefers-color-scheme:dark){text{fill:#e6edf3}.small{fill:#9198a1}
      .grid{stroke:#30363d}.axis{stroke:#6e7681}.back{fill:#0d1117}.edge{stroke:#9198a1}
      .row{fill:#161b22}}
      </style>
      """;

  private final StringBuilder out = new StringBuilder(1 << 14);
  private final int width;

  Svg(int width, int height) {
    this.width = width;
    out.append("<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"").append(width);
    out.append("\" height=\"").append(height).append("\" viewBox=\"0 0 ").append(width);
    out.append(' ').append(height).append("\">\n").append(STYLE);
    out.append("<rect class=\"back\" width=\"100%\" height=\"100%\"/>\n");
  }

  int width() {
    return width;
  }

  void text(double x, double y, String cssClass, String anchor, String text) {
    out.append("<text x=\"").append(number(x)).append("\" y=\"").append(number(y));
    out.append("\" text-anchor=\"").append(anchor);
    if (!cssClass.isEmpty()) {
      out.append("\" class=\"").append(cssClass);
    }
    out.append("\">").append(escaped(text)).append("</text>\n");
  }

  void line(double x1, double y1, double x2, double y2, String cssClass) {
    out.append("<line x1=\"").append(number(x1)).append("\" y1=\"").append(number(y1));
    out.append("\" x2=\"").append(number(x2)).append("\" y2=\"").append(number(y2));
    out.append("\" class=\"").append(cssClass).append("\"/>\n");
  }

  /// A filled box of a class of the style sheet.
  void box(double x, double y, double w, double h, String cssClass) {
    out.append("<rect x=\"").append(number(x)).append("\" y=\"").append(number(y));
    out.append("\" width=\"").append(number(w)).append("\" height=\"").append(number(h));
    out.append("\" class=\"").append(cssClass).append("\"/>\n");
  }

  /// A coloured box that tells something when it is pointed at.
  void box(double x, double y, double w, double h, String fill, String tip) {
    out.append("<rect x=\"").append(number(x)).append("\" y=\"").append(number(y));
    out.append("\" width=\"").append(number(w)).append("\" height=\"").append(number(h));
    out.append("\" fill=\"").append(fill);
    if (tip.isEmpty()) {
      out.append("\"/>\n");
    } else {
      out.append("\"><title>").append(escaped(tip)).append("</title></rect>\n");
    }
  }

  void path(String data, String attributes) {
    out.append("<path d=\"").append(data).append("\" ").append(attributes).append("/>\n");
  }

  @Override
  public String toString() {
    return out + "</svg>\n";
  }

  /// At most two decimals: a hundredth of a pixel is enough.
  static String number(double value) {
    long hundredths = Math.round(value * 100);
    if (hundredths % 100 == 0) {
      return Long.toString(hundredths / 100);
    }
    return String.format(Locale.ROOT, "%.2f", hundredths / 100.0);
  }

  private static String escaped(String text) {
    StringBuilder safe = new StringBuilder(text.length() + 8);
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      switch (c) {
        case '<' -> safe.append("&lt;");
        case '>' -> safe.append("&gt;");
        case '&' -> safe.append("&amp;");
        default -> safe.append(isAllowed(text, i) ? c : '?');
      }
    }
    return safe.toString();
  }

  // XML knows no control characters and no halves of characters, not even escaped.
  private static boolean isAllowed(String text, int at) {
    char c = text.charAt(at);
    if (Character.isHighSurrogate(c)) {
      return at + 1 < text.length() && Character.isLowSurrogate(text.charAt(at + 1));
    }
    if (Character.isLowSurrogate(c)) {
      return at > 0 && Character.isHighSurrogate(text.charAt(at - 1));
    }
    return c >= ' ' && c != '\u007f' && c < '\ufffe';
  }
}
