package dev.rideau.reports;

import dev.rideau.reports.ReportRunner.TimeRange;
import dev.rideau.reports.internal.period.PeriodSearch;
import java.util.List;

/// Finds periods: parts of a recording that begin and end with certain event records.
public final class Periods {
  private Periods() {}

  /// The periods that begin in a range of time, in order.
  ///
  /// @param definitions `[name [(parent)]] : begin [: end]`, parents first
  /// @param captures `name : [values of the begin] [: values of the end]`
  /// @throws ReportException when one of them makes no sense
  public static List<Period> find(
      FactSource facts, List<String> definitions, List<String> captures, TimeRange range) {
    return new PeriodSearch(facts, definitions, captures).find(range.beginNs(), range.endNs());
  }
}
