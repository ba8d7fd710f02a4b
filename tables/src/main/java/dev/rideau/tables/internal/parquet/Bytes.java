package dev.rideau.tables.internal.parquet;

import java.util.Arrays;

/// An array of bytes that grows. Numbers are little-endian. Owned by one thread at a time.
final class Bytes {
  private byte[] array = new byte[64];
  private int size;

  byte[] array() {
    return array;
  }

  int size() {
    return size;
  }

  void clear() {
    size = 0;
  }

  /// Makes room for `count` more bytes.
  ///
  /// @return the array, valid until the next call that adds
  byte[] reserve(int count) {
    if (count > array.length - size) {
      array = Arrays.copyOf(array, Math.max(size + count, 2 * array.length));
    }
    return array;
  }

  /// Counts bytes that were written into the reserved room.
  void advance(int count) {
    size += count;
  }

  void put(int value) {
    reserve(1)[size++] = (byte) value;
  }

  void put(byte[] source, int from, int to) {
    System.arraycopy(source, from, reserve(to - from), size, to - from);
    size += to - from;
  }

  void put(Bytes other) {
    put(other.array, 0, other.size);
  }

  void putInt(int value) {
    byte[] into = reserve(4);
    into[size] = (byte) value;
    into[size + 1] = (byte) (value >> 8);
    into[size + 2] = (byte) (value >> 16);
    into[size + 3] = (byte) (value >> 24);
    size += 4;
  }

  void putLong(long value) {
    putInt((int) value);
    putInt((int) (value >>> 32));
  }

  /// Seven bits a byte, the lowest first.
  void putVarint(long value) {
    byte[] into = reserve(10);
    long rest = value;
    while ((rest & ~0x7fL) != 0) {
      into[size++] = (byte) (rest | 0x80);
      rest >>>= 7;
    }
    into[size++] = (byte) rest;
  }

  /// A number that is small in both directions, as varint.
  void putZigzag(long value) {
    putVarint(value << 1 ^ value >> 63);
  }
}
