package dev.rideau.ctf.internal.write;

import dev.rideau.trace.Column;

/// Puts the value that a row of a column has into the bits of a packet. Immutable, shared by
/// threads; made once per field by [FieldPlanner].
public abstract class FieldEncoder {

  /// Encodes one value: alignment, then content.
  ///
  /// @param column the column of the field class that the encoder was made for
  abstract void encode(RecordOutput output, Column column, int row);
}
