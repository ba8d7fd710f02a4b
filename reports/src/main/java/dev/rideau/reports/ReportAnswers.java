package dev.rideau.reports;

import dev.rideau.reports.ReportRunner.TimeRange;
import dev.rideau.reports.internal.RangeRows;
import dev.rideau.reports.internal.RangesQuery;
import dev.rideau.tables.DatabaseException;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// The answers of one report about many ranges of time, one after the other. One query answers many
/// of them where the report allows it. Owned by one thread; close it. Nothing else may be asked of
/// the runner before.
public final class ReportAnswers implements AutoCloseable {
  /// How many ranges are asked about at once. It bounds what a query keeps in memory.
  private static final int AT_ONCE = 250;

  private final ReportRunner runner;
  private final Report report;
  private final Map<String, String> arguments;
  private final List<TimeRange> ranges;
  private int next;
  private int first;
  private boolean isOneByOne;
  private RangeRows.@Nullable Shared rows;

  ReportAnswers(
      ReportRunner runner, Report report, Map<String, String> arguments, List<TimeRange> ranges) {
    this.runner = runner;
    this.report = report;
    this.arguments = arguments;
    this.ranges = List.copyOf(ranges);
    isOneByOne = report.prepare() != null || ranges.size() < 2;
  }

  /// Whether each range has a query of its own.
  boolean isOneByOne() {
    return isOneByOne;
  }

  /// The answer about the range behind that of the call before, whose result must be closed.
  ///
  /// @throws ReportException when the query fails
  public ReportResult next() {
    int at = next++;
    if (!isOneByOne && (rows == null || at == first + AT_ONCE)) {
      askAbout(at);
    }
    RangeRows.Shared all = rows;
    return all == null || isOneByOne
        ? runner.run(report, arguments, ranges.get(at))
        : new ReportResult(report, new RangeRows(all, at - first, report.columns().size()));
  }

  private void askAbout(int from) {
    close();
    first = from;
    String sql =
        RangesQuery.of(
            runner.sql(report, arguments, RangesQuery.BEGIN, RangesQuery.END),
            report.columns().stream().map(ReportColumn::name).toList(),
            ranges.subList(from, Math.min(from + AT_ONCE, ranges.size())));
    try {
      isOneByOne = sql == null;
      rows = sql == null ? null : new RangeRows.Shared(runner.query(sql));
    } catch (DatabaseException failure) {
      // What a user's own report does may not go into a join.
      if (failure.kind() != DatabaseException.Kind.STATEMENT) {
        throw failure;
      }
      isOneByOne = true;
    }
  }

  @Override
  public void close() {
    RangeRows.Shared open = rows;
    rows = null;
    if (open != null) {
      open.close();
    }
  }
}
