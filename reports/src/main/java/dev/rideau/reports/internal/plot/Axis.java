package dev.rideau.reports.internal.plot;

import dev.rideau.reports.ColumnUnit;
import dev.rideau.reports.ValueText;
import java.util.ArrayList;
import java.util.List;

/// A range of values along a length of pixels, with round numbers to label.
final class Axis {
  private final double from;
  private final double to;
  private final double start;
  private final double length;

  /// @param start where `from` is, in pixels
  /// @param length how far away `to` is, negative for up
  Axis(double from, double to, double start, double length) {
    this.from = from;
    this.to = to > from ? to : from + 1;
    this.start = start;
    this.length = length;
  }

  /// From zero to a round number that is not smaller than `most`.
  static Axis toRound(double most, double start, double length, int ticks) {
    return between(0, most, start, length, ticks);
  }

  /// From a round number that is not larger than `least` and zero to one that is not smaller than
  /// `most` and zero.
  static Axis between(double least, double most, double start, double length, int ticks) {
    double low = Math.min(0, least);
    double top = most <= 0 && low == 0 ? 1 : Math.max(0, most);
    double step = step(top - low, ticks);
    return new Axis(
        Math.floor(low / step + 1e-9) * step, Math.ceil(top / step - 1e-9) * step, start, length);
  }

  double at(double value) {
    return start + (value - from) / (to - from) * length;
  }

  /// Round numbers within the range.
  List<Double> ticks(int about) {
    double step = step(to - from, about);
    List<Double> ticks = new ArrayList<>();
    for (double tick = Math.ceil(from / step - 1e-9) * step;
        tick <= to + step * 1e-9;
        tick += step) {
      ticks.add(Math.abs(tick) < step * 1e-9 ? 0 : tick);
    }
    return ticks;
  }

  private static double step(double range, int about) {
    double rough = range / Math.max(1, about);
    double power = Math.pow(10, Math.floor(Math.log10(rough)));
    double digit = rough / power;
    return power * (digit <= 1 ? 1 : digit <= 2 ? 2 : digit <= 5 ? 5 : 10);
  }

  /// The label of a round number.
  static String label(ColumnUnit unit, double value, ValueText values) {
    String text =
        switch (unit) {
          case ID, COUNT, PAGES, SECTORS, NUMBER -> plain(value);
          case NANOSECONDS, TIME -> value == 0 ? "0" : ValueText.duration(Math.round(value));
          default -> values.of(unit, value);
        };
    // 2.000 ms is exact, but nobody wants to read the zeros.
    return text.replaceFirst("\\.0+(?=\\D|$)", "").replaceFirst("(\\.\\d*?[1-9])0+(?=\\D|$)", "$1");
  }

  private static String plain(double value) {
    return value == Math.rint(value)
        ? ValueText.grouped((long) value)
        : Double.toString(Math.round(value * 1000) / 1000.0);
  }
}
