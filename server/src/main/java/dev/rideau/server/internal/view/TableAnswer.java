package dev.rideau.server.internal.view;

import dev.rideau.reports.Losses;
import dev.rideau.reports.ReportColumn;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// The rows of a report.
///
/// @param columns what each value is
/// @param rows values: `Long`, `Double`, `Boolean`, `String` or null; times are absolute
/// @param isTruncated whether there are more rows
/// @param elapsedMs how long it took
/// @param losses what the tracer lost in that time; null for nothing
/// @param missing events that were not recorded, without which there is no answer
public record TableAnswer(
    List<ReportColumn> columns,
    List<@Nullable Object[]> rows,
    boolean isTruncated,
    long elapsedMs,
    @Nullable Losses losses,
    List<String> missing) {}
