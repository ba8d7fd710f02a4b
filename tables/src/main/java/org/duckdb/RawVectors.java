package org.duckdb;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.NullMarked;

/// Columns in DuckDB's own memory: the part of its C interface that the driver binds but keeps to
/// its package. The public classes of the driver check and lock for each value and know neither
/// lists nor structures; here a column is written with one copy.
///
/// References are buffers without content that stand for a pointer. Nothing is checked: a wrong
/// reference ends the process. Only `dev.rideau.tables.internal` uses this class.
/// `docs/decisions/duckdb.md` says why it is here, and a test compares the rows.
@NullMarked
public final class RawVectors {
  public static final int BOOLEAN = 1;
  public static final int BIGINT = 5;
  public static final int UBIGINT = 9;
  public static final int DOUBLE = 11;
  public static final int VARCHAR = 17;
  public static final int BLOB = 18;

  /// Rows of a vector.
  public static final int CAPACITY = 2048;

  private RawVectors() {}

  /// A type by its number above; destroy it with [#destroyType].
  public static ByteBuffer type(int id) {
    return DuckDBBindings.duckdb_create_logical_type(id);
  }

  /// The type of lists of `element`; destroy both.
  public static ByteBuffer listType(ByteBuffer element) {
    return DuckDBBindings.duckdb_create_list_type(element);
  }

  /// The type of structures with these members; destroy all.
  public static ByteBuffer structType(ByteBuffer[] members, String[] names) {
    byte[][] bytes = new byte[names.length][];
    for (int i = 0; i < names.length; i++) {
      bytes[i] = names[i].getBytes(StandardCharsets.UTF_8);
    }
    return DuckDBBindings.duckdb_create_struct_type(members, bytes);
  }

  public static void destroyType(ByteBuffer type) {
    DuckDBBindings.duckdb_destroy_logical_type(type);
  }

  /// The vector of a column; lives as long as the chunk.
  public static ByteBuffer vector(ByteBuffer chunk, int column) {
    return DuckDBBindings.duckdb_data_chunk_get_vector(chunk, column);
  }

  /// The vector of the elements of a vector of lists.
  public static ByteBuffer listElements(ByteBuffer vector) {
    return DuckDBBindings.duckdb_list_vector_get_child(vector);
  }

  /// Makes room for so many elements; data and validity of the elements move.
  public static void reserveList(ByteBuffer vector, int elements) {
    DuckDBBindings.duckdb_list_vector_reserve(vector, elements);
    DuckDBBindings.duckdb_list_vector_set_size(vector, elements);
  }

  /// The vector of a member of a vector of structures.
  public static ByteBuffer structMember(ByteBuffer vector, int member) {
    return DuckDBBindings.duckdb_struct_vector_get_child(vector, member);
  }

  /// The memory of the values: for texts 16 bytes each, see `docs/decisions/duckdb.md`.
  public static ByteBuffer data(ByteBuffer vector, long sizeBytes) {
    return DuckDBBindings.duckdb_vector_get_data(vector, sizeBytes).order(ByteOrder.nativeOrder());
  }

  /// The bits that say which rows hold a value, all set at first.
  public static ByteBuffer validity(ByteBuffer vector, int rows) {
    DuckDBBindings.duckdb_vector_ensure_validity_writable(vector);
    return DuckDBBindings.duckdb_vector_get_validity(vector, rows).order(ByteOrder.nativeOrder());
  }

  /// Copies texts, one behind the other in `bytes`, into rows from `first` on; a length below 0 is
  /// no value.
  public static void assignTexts(
      ByteBuffer vector, int first, byte[] bytes, long[] lengths, int sizeBytes) {
    DuckDBBindings.duckdb_vector_assign_string_elements(vector, first, bytes, lengths, sizeBytes);
  }

  /// Copies bytes into a row.
  public static void assignBytes(ByteBuffer vector, int row, byte[] bytes) {
    DuckDBBindings.duckdb_vector_assign_string_element_len(vector, row, bytes);
  }

  /// Number of elements of a vector of lists.
  public static int listSize(ByteBuffer vector) {
    return (int) DuckDBBindings.duckdb_list_vector_get_size(vector);
  }
}
