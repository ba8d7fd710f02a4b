package dev.rideau.tables;

/// A column of the rows that a statement returned.
///
/// @param name as the statement named it
/// @param type name of its SQL type: `BIGINT`, `VARCHAR`, `INTEGER[]`
public record ResultColumn(String name, String type) {

  /// Whether values are numbers.
  public boolean isNumber() {
    return switch (type) {
      case "TINYINT",
          "SMALLINT",
          "INTEGER",
          "BIGINT",
          "HUGEINT",
          "UTINYINT",
          "USMALLINT",
          "UINTEGER",
          "UBIGINT",
          "UHUGEINT",
          "FLOAT",
          "DOUBLE" ->
          true;
      default -> type.startsWith("DECIMAL") && type.endsWith(")");
    };
  }
}
