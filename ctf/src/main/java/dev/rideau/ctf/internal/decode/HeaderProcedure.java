package dev.rideau.ctf.internal.decode;

/// Decodes the event header of every record of a stream: which class it has and what time it is.
///
/// Immutable and shared. Implementations for the layouts that tracers use come before the general
/// one, which is their twin.
abstract class HeaderProcedure {

  /// Sets class id and clock of the state.
  ///
  /// @return the bit behind the header, [DecodeState#FAULT] or [DecodeState#MORE]
  abstract long decode(DecodeState state, long position);

  /// No header at all.
  static final class None extends HeaderProcedure {
    private final long classId;

    None(long classId) {
      this.classId = classId;
    }

    @Override
    long decode(DecodeState state, long position) {
      state.eventClassId = classId;
      return position;
    }
  }

  /// Any header, by its nodes.
  static final class General extends HeaderProcedure {
    private final Node structure;
    private final long defaultId;
    private final int firstRegister;
    private final int endRegister;

    General(Node structure, long defaultId, Registers registers) {
      this.structure = structure;
      this.defaultId = defaultId;
      firstRegister = registers.packetCount();
      endRegister = registers.headerEnd();
    }

    @Override
    long decode(DecodeState state, long position) {
      for (int i = firstRegister; i < endRegister; i++) {
        state.registerIsSet[i] = false;
      }
      state.eventClassId = defaultId;
      return structure.decode(state, position, 0);
    }
  }

  /// LTTng's compact header; the extended form goes to the general procedure.
  ///
  /// ```
  /// little endian  [id: 5][timestamp: 27]                     id 0 to 30
  ///                [31: 5][..: 3][id: 32][timestamp: 64]      extended
  /// ```
  static final class Compact extends HeaderProcedure {
    private final long alignmentMask;
    private final HeaderProcedure general;

    Compact(int alignmentBits, HeaderProcedure general) {
      alignmentMask = alignmentBits - 1L;
      this.general = general;
    }

    @Override
    long decode(DecodeState state, long position) {
      long start = state.aligned(position, alignmentMask);
      long end = start + 32;
      if (end > state.limitBits) {
        return general.decode(state, position);
      }
      int word = FastBits.intLe(state.bytes, (int) (start >>> 3));
      int id = word & 31;
      if (id == 31) {
        return general.decode(state, position);
      }
      state.lastByteOrder = 1;
      state.eventClassId = id;
      long clock = state.clockValue;
      long updated = (clock & ~0x7ff_ffffL) | (word >>> 5);
      // Below the old value by less than one turn: the 27 bits wrapped.
      state.clockValue = updated < clock ? updated + 0x800_0000L : updated;
      return end;
    }
  }

  /// LTTng's large header; the extended form goes to the general procedure.
  ///
  /// ```
  /// little endian  [id: 16][timestamp: 32]                    id 0 to 65534
  ///                [65535: 16][id: 32][timestamp: 64]         extended
  /// ```
  static final class Large extends HeaderProcedure {
    private final long alignmentMask;
    private final HeaderProcedure general;

    Large(int alignmentBits, HeaderProcedure general) {
      alignmentMask = alignmentBits - 1L;
      this.general = general;
    }

    @Override
    long decode(DecodeState state, long position) {
      long start = state.aligned(position, alignmentMask);
      long end = start + 48;
      if (end > state.limitBits) {
        return general.decode(state, position);
      }
      int at = (int) (start >>> 3);
      int id = (short) FastBits.SHORT_LE.get(state.bytes, at) & 0xffff;
      if (id == 0xffff) {
        return general.decode(state, position);
      }
      state.lastByteOrder = 1;
      state.eventClassId = id;
      long clock = state.clockValue;
      long updated = (clock & ~0xffff_ffffL) | (FastBits.intLe(state.bytes, at + 2) & 0xffff_ffffL);
      state.clockValue = updated < clock ? updated + 0x1_0000_0000L : updated;
      return end;
    }
  }
}
