package dev.rideau.cli.internal.report;

import dev.rideau.reports.Period;
import dev.rideau.reports.ReportRunner.TimeRange;
import org.jspecify.annotations.Nullable;

/// A part of an answer: that about one machine, one period, or both.
///
/// @param host the machine; null where there is only one
/// @param period null for the whole time
/// @param range the time that is asked about
public record Section(@Nullable Host host, @Nullable Period period, TimeRange range) {
  /// One machine of several, by its number in the tables.
  public record Host(int number, String name) {}
}
