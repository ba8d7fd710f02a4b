package dev.rideau.server.internal.view;

import dev.rideau.reports.Report;
import dev.rideau.reports.ReportRunner.TimeRange;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// A report to be asked.
///
/// @param parameters as users write them
/// @param host number of the machine that it is about; null for all, named where there are several
public record Question(
    Report report, Map<String, String> parameters, TimeRange range, @Nullable Integer host) {}
