package dev.rideau.perf.internal.flame;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.Objects;

/// Draws a flame graph: a box for each function, as wide as its share of the weight, on top of the
/// function that calls it. One SVG file that shows numbers under the pointer, zooms on a click and
/// searches; without scripts it is still a picture.
public final class FlameSvg {
  private static final int WIDTH = 1200;
  private static final int MARGIN = 10;
  private static final int ROW = 17;
  private static final int HEAD = 46;
  private static final int FOOT = 26;
  private static final double CHARACTER = 6.7;

  /// Narrower boxes cannot be seen, and there are many of them.
  private static final double LEAST_WIDTH = 0.15;

  private final Appendable out;
  private final String unit;
  private final double scale;
  private final long total;
  private final int height;

  private FlameSvg(Appendable out, String unit, StackNode root) {
    this.out = out;
    this.unit = unit;
    total = Math.max(1, root.total());
    scale = (double) (WIDTH - 2 * MARGIN) / total;
    height = HEAD + (root.depth() + 1) * ROW + FOOT;
  }

  /// Draws.
  ///
  /// @param unit what weights count: `samples`
  public static void write(StackNode root, String title, String unit, Appendable out)
      throws IOException {
    new FlameSvg(out, unit, root).write(root, title);
  }

  private void write(StackNode root, String title) throws IOException {
    out.append(
        """
        <?xml version="1.0" encoding="UTF-8"?>
        <svg xmlns="http://www.w3.org/2000/svg" width="%d" height="%d" viewBox="0 0 %d %d" \
        font-family="DejaVu Sans, Verdana, sans-serif" font-size="12">
        <style>
        g.f rect{stroke:#fff;stroke-width:.5;rx:1.5px}
        g.f:hover rect{stroke:#222;stroke-width:1;cursor:pointer}
        g.f text{pointer-events:none;font-size:11px;font-family:DejaVu Sans Mono,Menlo,monospace}
        g.f.faded{opacity:.45} g.f.found rect{fill:#7b3fe4} g.f.found text{fill:#fff}
        #reset,#search{cursor:pointer;fill:#345}
        </style>
        <rect width="100%%" height="100%%" fill="#fbfaf7"/>
        <text x="%d" y="20" text-anchor="middle" font-size="16" fill="#222">%s</text>
        <text id="reset" x="%d" y="38" visibility="hidden">Show all</text>
        <text id="search" x="%d" y="38" text-anchor="end">Search</text>
        <text id="detail" x="%d" y="%d" fill="#222"> </text>
        <text id="matched" x="%d" y="%d" text-anchor="end" fill="#222"> </text>
        <g id="frames">
        """
            .formatted(
                WIDTH,
                height,
                WIDTH,
                height,
                WIDTH / 2,
                escaped(title),
                MARGIN,
                WIDTH - MARGIN,
                MARGIN,
                height - 9,
                WIDTH - MARGIN,
                height - 9));
    box(root, 0, 0);
    out.append("</g>\n<script><![CDATA[\n").append(script()).append("]]></script>\n</svg>\n");
  }

  private static String script() {
    try (InputStream in = FlameSvg.class.getResourceAsStream("flame.js")) {
      return new String(Objects.requireNonNull(in).readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException failure) {
      throw new UncheckedIOException(failure);
    }
  }

  private void box(StackNode node, long before, int level) throws IOException {
    double width = node.total() * scale;
    if (width < LEAST_WIDTH) {
      return;
    }
    double x = MARGIN + before * scale;
    int y = height - FOOT - (level + 1) * ROW;
    String name = escaped(node.name());
    String detail =
        "%s (%,d %s, %.2f %%)"
            .formatted(node.name(), node.total(), unit, 100.0 * node.total() / total);
    out.append(
        """
        <g class="f" data-x="%d" data-w="%d" data-l="%d"><title>%s</title>\
        <rect x="%.2f" y="%d" width="%.2f" height="%d" fill="%s"/>\
        <text x="%.2f" y="%d">%s</text></g>
        """
            .formatted(
                before,
                node.total(),
                level,
                escaped(detail),
                x,
                y,
                width,
                ROW - 1,
                colour(node, level),
                x + 3,
                y + 12,
                fitting(node.name(), name, width)));
    long at = before;
    for (StackNode callee : node.callees()) {
      box(callee, at, level + 1);
      at += callee.total();
    }
  }

  private static String fitting(String plain, String escaped, double width) {
    int most = (int) ((width - 6) / CHARACTER);
    if (plain.length() <= most) {
      return escaped;
    }
    return most < 3 ? "" : escaped(plain.substring(0, most - 2)) + "..";
  }

  /// Warm colours for programs, blue ones for the kernel; the same function always has the same.
  private static String colour(StackNode node, int level) {
    int hash = node.name().hashCode() * 0x9E3779B9;
    int shade = hash >>> 24;
    if (level == 0) {
      return "#d9d5cb";
    }
    if (node.isKernel()) {
      return String.format(
          Locale.ROOT, "hsl(%d,%d%%,%d%%)", 200 + shade % 20, 55, 68 + (shade >> 4) % 10);
    }
    return String.format(
        Locale.ROOT, "hsl(%d,%d%%,%d%%)", 18 + shade % 34, 82, 64 + (shade >> 4) % 9);
  }

  private static String escaped(String text) {
    StringBuilder escaped = new StringBuilder(text.length());
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      switch (c) {
        case '<' -> escaped.append("&lt;");
        case '>' -> escaped.append("&gt;");
        case '&' -> escaped.append("&amp;");
        case '"' -> escaped.append("&quot;");
        default -> escaped.append(c < ' ' || c >= 0xfffe || Character.isSurrogate(c) ? '?' : c);
      }
    }
    return escaped.toString();
  }
}
