package dev.rideau.tables.internal.store;

import dev.rideau.kernel.FactType;
import org.duckdb.RawVectors;

/// The type of a column of the database.
public enum SqlType {
  BIGINT(RawVectors.BIGINT, 8),
  INTEGER(RawVectors.INTEGER, 4),
  BOOLEAN(RawVectors.BOOLEAN, 1),
  DOUBLE(RawVectors.DOUBLE, 8),
  VARCHAR(RawVectors.VARCHAR, 16);

  private final int rawType;
  private final int widthBytes;

  SqlType(int rawType, int widthBytes) {
    this.rawType = rawType;
    this.widthBytes = widthBytes;
  }

  /// The type of a declared column.
  public static SqlType of(FactType type) {
    return switch (type) {
      case TIMESTAMP, DURATION, UTID, UPID, LONG -> BIGINT;
      case INT -> INTEGER;
      case BOOLEAN -> BOOLEAN;
      case DOUBLE -> DOUBLE;
      case NAME, TEXT -> VARCHAR;
    };
  }

  /// Its number for [RawVectors#type].
  int rawType() {
    return rawType;
  }

  /// Size of a value in a vector.
  int widthBytes() {
    return widthBytes;
  }
}
