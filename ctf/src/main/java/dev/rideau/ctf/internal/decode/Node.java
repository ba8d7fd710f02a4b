package dev.rideau.ctf.internal.decode;

/// One field of a compiled procedure: reads the field at a position into a row of its column.
///
/// Immutable and shared by all cursors; what belongs to a cursor is in [DecodeState]. Column
/// numbers are -1 where nobody wants the value; the field is then skipped.
abstract class Node {

  /// Decodes the field.
  ///
  /// @param position bit in the window where the field before ended
  /// @param row row in the field's column
  /// @return the bit behind the field, [DecodeState#FAULT] or [DecodeState#MORE]
  abstract long decode(DecodeState state, long position, int row);
}
