package dev.rideau.server.internal.view;

import java.util.List;

/// Values over time.
///
/// @param title for people
/// @param unit of the values, as reports write it
/// @param times begin of each part, absolute
/// @param missing events that were not recorded, without which there are no values
public record XY(
    String title, String unit, long[] times, List<Series> series, List<String> missing) {

  /// One line.
  ///
  /// @param values one for each time; NaN for none
  public record Series(String name, double[] values) {}
}
