package dev.rideau.ctf.internal.decode;

import org.jspecify.annotations.Nullable;

/// Decodes the event header of a record: which class it has and what time it is. Immutable and
/// shared.
final class HeaderProcedure {
  private final @Nullable Node structure;
  private final long defaultId;
  private final int firstRegister;
  private final int endRegister;

  /// @param structure null when records have no header
  /// @param defaultId id of the event class where a header says none
  HeaderProcedure(@Nullable Node structure, long defaultId, Registers registers) {
    this.structure = structure;
    this.defaultId = defaultId;
    firstRegister = registers.packetCount();
    endRegister = registers.headerEnd();
  }

  /// Sets class id and clock of the state.
  ///
  /// @return the bit behind the header, [DecodeState#FAULT] or [DecodeState#MORE]
  long decode(DecodeState state, long position) {
    for (int i = firstRegister; i < endRegister; i++) {
      state.registerIsSet[i] = false;
    }
    state.eventClassId = defaultId;
    return structure == null ? position : structure.decode(state, position, 0);
  }
}
