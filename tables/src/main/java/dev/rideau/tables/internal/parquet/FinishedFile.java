package dev.rideau.tables.internal.parquet;

import dev.rideau.kernel.FactTable;

/// What is known of the file of a table that was written to its end.
///
/// @param rows 0 when there is no file
/// @param sum CRC-32C of all bytes
public record FinishedFile(FactTable table, long rows, long sizeBytes, long sum) {}
