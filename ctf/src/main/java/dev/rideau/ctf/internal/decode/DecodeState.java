package dev.rideau.ctf.internal.decode;

import dev.rideau.trace.Column;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/// What a cursor's nodes work on: the bytes at hand and everything that one field leaves for
/// another. Owned by one cursor, so by one thread.
///
/// Positions are bits from the start of `bytes`, which holds a window of the packet. The window
/// starts at a multiple of [#WINDOW_ALIGNMENT_BYTES] in the packet, so that up to there alignment
/// in the window is alignment in the packet.
///
/// ```
/// packet   |=========================================|
/// window            |bytes[0] ............. |slack|
///          <-base--->                 ^ limitBits
/// ```
final class DecodeState {
  /// Returned instead of a position: the bytes break a rule.
  static final long FAULT = -1;

  /// Returned instead of a position: the window ends too early.
  static final long MORE = -2;

  static final int WINDOW_ALIGNMENT_BYTES = 4096;

  byte[] bytes = new byte[0];

  /// First bit of the window, from the start of the packet.
  long baseBits;

  /// Bit of the window behind the last one that may be read.
  long limitBits;

  /// Bit behind the packet's content or behind the data, whichever comes first, as if the window
  /// reached so far.
  long finalLimitBits;

  long clockValue;
  long eventClassId;

  /// Byte in the window where a run of records ended.
  int runEnd;

  /// Values of fields that lengths and selectors refer to, and whether they were decoded.
  long[] registers = new long[0];

  boolean[] registerIsSet = new boolean[0];

  /// Columns of the batch that is being filled, by number.
  @Nullable Column[] columns = new Column[0];

  /// Byte order of the last bit array: 0 none, 1 little, 2 big.
  int lastByteOrder;

  /// Elements of all arrays of the record, or of the packet's header and context.
  private long elements;

  /// Those among them that need not have bits.
  private long emptyElements;

  /// Forgets the elements counted.
  void resetElements() {
    elements = 0;
    emptyElements = 0;
  }

  /// How many elements were counted.
  long elements() {
    return elements;
  }

  /// Counts the elements of an array.
  ///
  /// @return false when there are more than a record may have
  boolean countElements(long length, boolean mayBeEmpty) {
    elements += length;
    if (mayBeEmpty) {
      emptyElements += length;
    }
    return length <= PlainFields.MOST_ELEMENTS
        && elements <= PlainFields.MOST_ELEMENTS
        && emptyElements <= PlainFields.MOST_EMPTY_ELEMENTS;
  }

  /// Makes room for so many registers.
  void ensureRegisters(int count) {
    if (count > registers.length) {
      registers = Arrays.copyOf(registers, count);
      registerIsSet = Arrays.copyOf(registerIsSet, count);
    }
  }

  /// What to return when something ends at `end`, behind the limit.
  long beyondLimit(long end) {
    return end > finalLimitBits ? FAULT : MORE;
  }

  /// The next multiple of a power of two; `alignmentMask` is that power less one.
  long aligned(long position, long alignmentMask) {
    if (alignmentMask < WINDOW_ALIGNMENT_BYTES * 8L) {
      return (position + alignmentMask) & ~alignmentMask;
    }
    return ((position + baseBits + alignmentMask) & ~alignmentMask) - baseBits;
  }

  void setRegister(int register, long value) {
    registers[register] = value;
    registerIsSet[register] = true;
  }
}
