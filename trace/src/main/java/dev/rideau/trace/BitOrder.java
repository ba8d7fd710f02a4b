package dev.rideau.trace;

/// The order in which a fixed-length bit array takes the bits of each byte.
public enum BitOrder {
  /// The first bit of the array is the least significant bit of its first byte (CTF 2:
  /// `first-to-last`; the order of CTF 1.8 little endian).
  LEAST_SIGNIFICANT_FIRST,
  /// The first bit of the array is the most significant bit of its first byte (CTF 2:
  /// `last-to-first`; the order of CTF 1.8 big endian).
  MOST_SIGNIFICANT_FIRST
}
