package dev.rideau.reports;

import java.util.List;
import org.jspecify.annotations.Nullable;

/// A parameter of a [Report].
///
/// @param name as users and the query (`$name`) write it
/// @param type what users may write
/// @param otherwise what holds when the user writes nothing, as text; null for SQL's `NULL`, which
///   by convention means no restriction
/// @param sentence what it does
public record ReportParameter(
    String name, ParameterType type, @Nullable String otherwise, String sentence) {

  /// Begin and end of the time that is looked at: every report has them.
  public static final List<ReportParameter> RANGE =
      List.of(
          new ReportParameter(
              "begin", ParameterType.TIME, null, "From when on; default: from the begin."),
          new ReportParameter("end", ParameterType.TIME, null, "Until when; default: to the end."));

  /// Those that many reports share: a header may name them and leave the rest out.
  public static final List<ReportParameter> COMMON =
      List.of(
          new ReportParameter("cpu", ParameterType.IDS, null, "Only these CPUs."),
          new ReportParameter("tid", ParameterType.IDS, null, "Only threads with these ids."),
          new ReportParameter(
              "proc", ParameterType.NAMES, null, "Only processes or threads with these names."),
          new ReportParameter("limit", ParameterType.COUNT, "20", "Show at most so many rows."),
          new ReportParameter("min", ParameterType.DURATION, null, "Only what lasted so long."),
          new ReportParameter("max", ParameterType.DURATION, null, "Only what lasted no longer."),
          new ReportParameter(
              "bins", ParameterType.PARTS, "60", "Cut the time into so many equal parts."));

  /// The common parameter with that name; null when there is none.
  public static @Nullable ReportParameter common(String name) {
    for (ReportParameter each : COMMON) {
      if (each.name.equals(name)) {
        return each;
      }
    }
    return null;
  }
}
