package dev.rideau.cli.internal.report;

import dev.rideau.reports.Period;
import dev.rideau.reports.ReportRunner.TimeRange;
import org.jspecify.annotations.Nullable;

/// A part of an answer: that about one machine, one period, or both.
///
/// @param hostIndex number of the machine; null for all of them
/// @param host its name; null where there is only one
/// @param period null for the whole time
/// @param range the time that is asked about
public record Section(
    @Nullable Integer hostIndex, @Nullable String host, @Nullable Period period, TimeRange range) {}
