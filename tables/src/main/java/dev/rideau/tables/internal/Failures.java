package dev.rideau.tables.internal;

import dev.rideau.tables.DatabaseException;
import dev.rideau.tables.DatabaseException.Kind;
import java.sql.SQLException;

/// What the database says, for users.
public final class Failures {
  private Failures() {}

  /// The failure of a statement.
  public static DatabaseException of(SQLException failure) {
    String message = failure.getMessage();
    if (message == null) {
      message = "the database failed";
    }
    return new DatabaseException(kind(message), message.strip(), failure);
  }

  private static Kind kind(String message) {
    if (message.startsWith("INTERRUPT") || message.contains("Interrupted!")) {
      return Kind.CANCELLED;
    }
    if (message.startsWith("Out of Memory") || message.contains("No space left")) {
      return Kind.RESOURCES;
    }
    for (String begin :
        new String[] {
          "Parser Error",
          "Binder Error",
          "Catalog Error",
          "Conversion Error",
          "Syntax Error",
          "Invalid Input Error",
          "Out of Range Error",
          "Not implemented Error",
          "Constraint Error",
          "Permission Error",
          "Parameter",
          "Mismatch Type Error",
          "Sequence Error",
          "Invalid Configuration Error",
          "TransactionContext Error",
          "Dependency Error",
          "Invalid type Error"
        }) {
      if (message.startsWith(begin)) {
        return Kind.STATEMENT;
      }
    }
    return Kind.OTHER;
  }

  /// Whether a file of the database turned out to be damaged or gone.
  public static boolean isDamage(Throwable failure) {
    String message = String.valueOf(failure.getMessage());
    return message.contains("orrupt")
        || message.contains("checksum")
        || message.contains("No magic bytes")
        || message.contains("No files found")
        || message.contains("No such file")
        || message.contains("Could not read enough bytes");
  }
}
