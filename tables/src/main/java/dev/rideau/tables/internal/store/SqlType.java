package dev.rideau.tables.internal.store;

import dev.rideau.kernel.FactType;

/// The type of a column of the database.
public enum SqlType {
  BIGINT,
  INTEGER,
  BOOLEAN,
  DOUBLE,
  VARCHAR;

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
}
