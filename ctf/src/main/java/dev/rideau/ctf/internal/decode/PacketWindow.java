package dev.rideau.ctf.internal.decode;

import dev.rideau.trace.BitLayout;
import java.nio.ByteOrder;
import org.jspecify.annotations.Nullable;

/// The bytes of a packet that are at hand and the position of the plain decoder in them: nothing is
/// read that is not inside the packet's content and the data. Owned by one thread.
final class PacketWindow {
  private byte[] bytes = new byte[0];
  private long firstBit;
  private long availableBits;

  private boolean complete;
  private long contentEndBits;
  private boolean contentKnown;
  private long position;
  private @Nullable ByteOrder lastByteOrder;

  /// See [PlainDecoder#startPacket].
  void start(byte[] bytes, int offset, int length, boolean complete) {
    this.bytes = bytes;
    this.complete = complete;
    firstBit = offset * 8L;
    availableBits = length * 8L;
    contentKnown = false;
    contentEndBits = Long.MAX_VALUE;
    position = 0;
    lastByteOrder = null;
  }

  /// See [PlainDecoder#continueAt].
  void continueAt(
      byte[] bytes,
      long windowBits,
      int length,
      boolean complete,
      long position,
      @Nullable ByteOrder lastByteOrder) {
    this.bytes = bytes;
    this.complete = complete;
    this.position = position;
    this.lastByteOrder = lastByteOrder;
    firstBit = -windowBits;
    availableBits = windowBits + length * 8L;
  }

  /// Says where the content of the packet ends, in bits from its start.
  void endContentAt(long contentBits) {
    contentKnown = true;
    contentEndBits = contentBits;
  }

  /// Bit from the start of the packet where the next element will be looked for.
  long position() {
    return position;
  }

  byte[] bytes() {
    return bytes;
  }

  /// Index in [#bytes()] of the byte with a bit of the packet.
  int byteOf(long bit) {
    return (int) ((firstBit + bit) >>> 3);
  }

  /// Reads a bit array that was passed by [#begin].
  long read(long start, BitLayout layout) {
    return PlainBits.read(bytes, firstBit + start, layout);
  }

  /// Reads the 64 bits of a longer bit array that begin there.
  long read64(long start, BitLayout layout) {
    return PlainBits.read(bytes, firstBit + start, 64, layout.byteOrder(), layout.isReversed());
  }

  /// Bytes from here to where the content ends, or the data, whichever is first.
  long bytesLeft() {
    long contentBytes = contentKnown ? (contentEndBits - position) >> 3 : Long.MAX_VALUE;
    return Math.min(contentBytes, (availableBits - position) >> 3);
  }

  /// Bytes of a field of that length which are there although the field is cut off by the end of
  /// the data; 0 when it is whole, or when something else is wrong with it.
  int bytesBeforeCut(long lengthBits) {
    boolean isCut = fitsContent(lengthBits) && complete && lengthBits > availableBits - position;
    return isCut ? (int) ((availableBits - position) >>> 3) : 0;
  }

  boolean isAtEnd() throws DecodeFault {
    if (contentKnown) {
      return position >= contentEndBits;
    }
    if (position >= availableBits && !complete) {
      throw new DecodeFault(FaultKind.NEEDS_MORE_BYTES, "more bytes are needed", position);
    }
    return position >= availableBits;
  }

  /// Passes a bit array.
  ///
  /// @return where it starts
  long begin(BitLayout layout) throws DecodeFault {
    align(layout.alignmentBits());
    if ((position & 7) != 0 && lastByteOrder != null && lastByteOrder != layout.byteOrder()) {
      throw new DecodeFault(
          FaultKind.BYTE_ORDER_CHANGE,
          "the byte order changes from %s to %s inside a byte"
              .formatted(lastByteOrder, layout.byteOrder()),
          position);
    }
    lastByteOrder = layout.byteOrder();
    long start = position;
    advance(layout.lengthBits());
    return start;
  }

  /// Bits of that many units.
  long checkedBits(long length, int unitBits) throws DecodeFault {
    if (length < 0 || length > Long.MAX_VALUE / unitBits) {
      throw new DecodeFault(
          FaultKind.TOO_LONG,
          "a length of %s is too long".formatted(Long.toUnsignedString(length)),
          position);
    }
    return length * unitBits;
  }

  void align(int alignmentBits) throws DecodeFault {
    long padding = -position & (alignmentBits - 1L);
    if (padding != 0) {
      if (fitsContent(padding) && complete && padding > availableBits - position) {
        // Padding is not a field that could be missing as a whole: it fails where the data end.
        padding -= availableBits - position;
        position = availableBits;
      }
      advance(padding);
    }
  }

  void advance(long bits) throws DecodeFault {
    if (contentKnown && bits > contentEndBits - position) {
      throw new DecodeFault(
          FaultKind.BEYOND_CONTENT,
          "%d bits are needed but only %d bits are left of the packet's content"
              .formatted(bits, contentEndBits - position),
          position);
    }
    if (bits > availableBits - position) {
      throw new DecodeFault(
          complete ? FaultKind.BEYOND_DATA : FaultKind.NEEDS_MORE_BYTES,
          "%d bits are needed but the data end after %d bits"
              .formatted(bits, availableBits - position),
          position);
    }
    position += bits;
  }

  private boolean fitsContent(long bits) {
    return !contentKnown || bits <= contentEndBits - position;
  }
}
