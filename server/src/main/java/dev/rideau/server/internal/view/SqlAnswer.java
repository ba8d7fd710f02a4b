package dev.rideau.server.internal.view;

import dev.rideau.tables.ResultColumn;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// The rows of a statement.
///
/// @param isTruncated whether there are more rows
/// @param elapsedMs how long it took
public record SqlAnswer(
    List<ResultColumn> columns,
    List<@Nullable Object[]> rows,
    boolean isTruncated,
    long elapsedMs) {}
