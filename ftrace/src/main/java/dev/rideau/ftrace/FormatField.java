package dev.rideau.ftrace;

/// A field of an event, as its format file declares it.
///
/// @param name name of the field
/// @param type the C type as written, without name and length: `__data_loc char[]`, `const char *`
/// @param offsetBytes first byte of the field in the record
/// @param sizeBytes bytes of the field in the fixed part of the record; 0 for what runs to its end
/// @param signed whether its integers are in two's complement
/// @param elementBytes bytes of one element of an array, or of the integer itself
public record FormatField(
    String name,
    String type,
    int offsetBytes,
    int sizeBytes,
    boolean signed,
    Kind kind,
    int elementBytes) {

  /// What the bytes of a field mean.
  public enum Kind {
    /// One integer or pointer.
    INTEGER,
    /// `char[N]`: text up to its first zero.
    TEXT,
    /// `T[N]`: a fixed number of integers.
    ARRAY,
    /// A structure, or anything else without known parts.
    BYTES,
    /// `__data_loc char[]`: a word that says where in the record the text is.
    ///
    /// ```
    /// bit   31        16 15         0
    ///       [  length  ] [  offset  ]     from the first byte of the record
    /// ```
    LOCATED_TEXT,
    /// `__data_loc T[]`: a word that says where in the record the elements are.
    LOCATED_ARRAY,
    /// `char[]` of size 0: text from here to the end of the record.
    TRAILING_TEXT,
    /// `T[]` of size 0: elements from here to the end of the record.
    TRAILING_ARRAY
  }

  /// Whether the word of a located field counts from behind itself (`__rel_loc`) and not from the
  /// first byte of the record.
  public boolean isRelative() {
    return type.startsWith("__rel_loc");
  }

  /// Whether the value is a pointer.
  public boolean isPointer() {
    return kind == Kind.INTEGER && type.endsWith("*");
  }

  /// First byte behind the fixed part of the field.
  public int endBytes() {
    return offsetBytes + sizeBytes;
  }
}
