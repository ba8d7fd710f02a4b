package dev.rideau.ftrace.internal.open;

import java.util.Arrays;

/// Where compressed pages of one CPU are, and in which of them each packet is.
final class ChunkTable {
  /// trace-cmd makes chunks of ten pages.
  static final int MOST_CHUNK_BYTES = 1 << 26;

  private long[] offsetsBytes = new long[16];
  private int[] packedBytes = new int[16];
  private int[] unpackedBytes = new int[16];
  private int size;
  private int[] packetChunks = new int[16];
  private int[] packetOffsets = new int[16];

  int add(long offset, int packed, int unpacked) {
    if (size == packedBytes.length) {
      offsetsBytes = Arrays.copyOf(offsetsBytes, size * 2);
      packedBytes = Arrays.copyOf(packedBytes, size * 2);
      unpackedBytes = Arrays.copyOf(unpackedBytes, size * 2);
    }
    offsetsBytes[size] = offset;
    packedBytes[size] = packed;
    unpackedBytes[size] = unpacked;
    return size++;
  }

  void addPacket(int packet, int chunk, int offset) {
    if (packet >= packetChunks.length) {
      packetChunks = Arrays.copyOf(packetChunks, packet * 2);
      packetOffsets = Arrays.copyOf(packetOffsets, packet * 2);
    }
    packetChunks[packet] = chunk;
    packetOffsets[packet] = offset;
  }

  int size() {
    return size;
  }

  long offsetBytes(int chunk) {
    return offsetsBytes[chunk];
  }

  int packedBytes(int chunk) {
    return packedBytes[chunk];
  }

  int unpackedBytes(int chunk) {
    return unpackedBytes[chunk];
  }

  int chunkOf(int packet) {
    return packetChunks[packet];
  }

  int offsetOf(int packet) {
    return packetOffsets[packet];
  }
}
