package dev.rideau.trace;

import java.nio.ByteOrder;

/// How a fixed-length bit array lies in a data stream.
///
/// ```
/// little endian, 12 bits at bit 4:   byte 0        byte 1
///                                    [3210 ....]   [ba98 7654]   digits: bit of the value
/// big endian, 12 bits at bit 4:      [.... ba98]   [7654 3210]
/// ```
///
/// @param lengthBits 1 to 64 (16, 32, 64 or 128 for floating point numbers)
/// @param alignmentBits a power of two, at least 1, relative to the start of the packet
/// @param byteOrder order of the bytes
/// @param bitOrder order of the bits inside a byte; the natural one of the byte order unless the
///   metadata reverses it (CTF 2 `bit-order`)
public record BitLayout(int lengthBits, int alignmentBits, ByteOrder byteOrder, BitOrder bitOrder) {

  /// A layout with the natural bit order of its byte order.
  public static BitLayout of(int lengthBits, int alignmentBits, ByteOrder byteOrder) {
    return new BitLayout(lengthBits, alignmentBits, byteOrder, naturalBitOrder(byteOrder));
  }

  /// Least significant first for little endian, most significant first for big endian.
  public static BitOrder naturalBitOrder(ByteOrder byteOrder) {
    return byteOrder == ByteOrder.LITTLE_ENDIAN
        ? BitOrder.LEAST_SIGNIFICANT_FIRST
        : BitOrder.MOST_SIGNIFICANT_FIRST;
  }

  /// Whether the bit order is the one that does not go with the byte order: the value's bits are
  /// then reversed from end to end.
  public boolean isReversed() {
    return bitOrder != naturalBitOrder(byteOrder);
  }
}
