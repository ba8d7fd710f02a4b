package dev.rideau.cli.internal.rows;

/// How rows are written.
public enum RowFormat {
  /// Columns one below the other, for people.
  table,
  /// Comma-separated values (RFC 4180) with a line of names.
  csv,
  /// One JSON object a line.
  json,
  /// Parquet, compressed with zstd; to a file only.
  parquet
}
