package dev.rideau.tables;

import java.util.List;
import org.jspecify.annotations.Nullable;

/// The rows that a statement returns, one after the other. Owned by one thread; close it.
///
/// Columns count from 0.
public interface Rows extends AutoCloseable {

  /// The columns, in order.
  List<ResultColumn> columns();

  /// Moves to the next row.
  ///
  /// @return false behind the last
  boolean next();

  /// Whether the row has no value there.
  boolean isNull(int column);

  /// The number there as `long`; 0 where there is none.
  long longAt(int column);

  /// The number there as `double`; 0 where there is none.
  double doubleAt(int column);

  /// The value there as the database writes it in text, or null.
  @Nullable String textAt(int column);

  /// The value there as an object of Java (`Long`, `Integer`, `Double`, `String`, `Boolean`,
  /// `BigInteger`, `byte[]`, `List`, `Map` of members by name, ...), or null.
  @Nullable Object valueAt(int column);

  @Override
  void close();
}
