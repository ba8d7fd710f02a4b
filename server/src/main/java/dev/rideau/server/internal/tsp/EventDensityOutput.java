package dev.rideau.server.internal.tsp;

import dev.rideau.reports.ColumnUnit;
import dev.rideau.server.internal.http.Cancel;
import dev.rideau.server.internal.tsp.Curves.Axis;
import dev.rideau.server.internal.tsp.Entries.DataType;
import dev.rideau.server.internal.tsp.Fields.Range;
import dev.rideau.server.internal.view.Density;
import dev.rideau.server.internal.view.OpenTrace;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// How many event records there are in each part of the time. Clients show it above everything
/// else, by its name.
final class EventDensityOutput implements Output.Xy {
  private static final int USUAL_POINTS = 500;

  /// Parts of the whole trace that are counted once and serve all wide windows.
  private static final int COUNTED = 16_384;

  private final OpenTrace source;
  private long @Nullable [] counted;

  EventDensityOutput(OpenTrace source) {
    this.source = source;
  }

  @Override
  public Descriptor descriptor() {
    return new Descriptor(
        "histogram", "Histogram", "Number of event records over time.", Type.TREE_TIME_XY);
  }

  @Override
  public boolean answersEarly() {
    return true;
  }

  @Override
  public Object tree(@Nullable Range range, Cancel cancel) {
    Entries tree = new Entries().header("Name", "", DataType.STRING);
    tree.add(0, -1, false, List.of(source.name()));
    tree.add(1, 0, true, List.of("Events")).put("isDefault", true);
    return tree.model();
  }

  @Override
  public Object xy(Range range, List<Long> items, Cancel cancel) {
    Curves chart = new Curves(descriptor().name(), Curves.Kind.BAR);
    if (items.contains(1L) || items.contains(0L)) {
      int count = range.count() == 0 ? USUAL_POINTS : range.count();
      long span = Math.max(1, range.endNs() - range.beginNs());
      long width = Math.ceilDiv(span, count);
      int parts = (int) Math.ceilDiv(span, width);
      chart.add(
          1,
          "Events",
          Curves.times(range.beginNs(), width, parts),
          counts(range.beginNs(), width, parts, cancel),
          Axis.of("Events", ColumnUnit.COUNT));
    }
    return chart.model();
  }

  private double[] counts(long begin, long width, int parts, Cancel cancel) {
    if (!source.status().isReady()) {
      return soFar(begin, width, parts);
    }
    if (width < 4 * countedWidth()) {
      double[] values = new double[parts];
      long[] exact = count(begin, width, parts, cancel);
      for (int i = 0; i < parts; i++) {
        values[i] = exact[i];
      }
      return values;
    }
    return counted(begin, width, parts, cancel);
  }

  // Records are whole: a counted part on a border belongs to the side on which its middle is.
  private double[] counted(long begin, long width, int parts, Cancel cancel) {
    double[] values = new double[parts];
    long[] known = counted(cancel);
    long countedWidth = countedWidth();
    long end = source.span().endNs();
    for (int i = 0; i < known.length; i++) {
      long from = source.span().beginNs() + i * countedWidth;
      // There is nothing behind the end of the trace, where the last counted part may reach.
      long middle = from + (Math.min(from + countedWidth, end) - from) / 2;
      share(values, (int) Math.floorDiv(middle - begin, width), known[i]);
    }
    return values;
  }

  // Of the records that were read by now.
  private double[] soFar(long begin, long width, int parts) {
    double[] values = new double[parts];
    Density.Counts known = source.density();
    for (int i = 0; i < known.counts().length; i++) {
      long middle = known.beginNs() + i * known.widthNs() + known.widthNs() / 2;
      share(values, (int) Math.floorDiv(middle - begin, width), known.counts()[i]);
    }
    return values;
  }

  private static void share(double[] values, int at, double count) {
    if (at >= 0 && at < values.length) {
      values[at] += count;
    }
  }

  private long countedWidth() {
    return Math.max(1, Math.ceilDiv(source.span().endNs() - source.span().beginNs() + 1, COUNTED));
  }

  private synchronized long[] counted(Cancel cancel) {
    long[] known = counted;
    if (known == null) {
      known = count(source.span().beginNs(), countedWidth(), COUNTED, cancel);
      counted = known;
    }
    return known;
  }

  private long[] count(long begin, long width, int parts, Cancel cancel) {
    long[] counts = new long[parts];
    Facts.query(
        source,
        cancel,
        "SELECT (ts - $1) // $3 AS bin, count(*) FROM events('*')"
            + " WHERE ts >= $1 AND ts < $2 GROUP BY bin",
        List.of(begin, begin + width * parts, width),
        rows -> {
          while (rows.next()) {
            counts[(int) rows.longAt(0)] = rows.longAt(1);
          }
          return true;
        });
    return counts;
  }
}
