package dev.rideau.ctf.fuzz;

import com.code_intelligence.jazzer.junit.FuzzTest;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.params.provider.MethodSource;

/// Metadata of CTF 1.8 in packets, of which the magic number of the first is given, in either byte
/// order.
final class PacketisedMetadataFuzzTest {
  private static final byte[] MAGIC = {0x75, (byte) 0xd1, 0x1d, 0x57};

  static Stream<byte[]> seeds() {
    List<byte[]> seeds = new ArrayList<>();
    for (byte[] text : Seeds.metadata("bare.tsdl", 0)) {
      for (ByteOrder order : List.of(ByteOrder.LITTLE_ENDIAN, ByteOrder.BIG_ENDIAN)) {
        byte[] seed = Seeds.packetised(text, order, 100);
        seed[MAGIC.length - 1] = (byte) (order == ByteOrder.BIG_ENDIAN ? 1 : 0);
        seeds.add(Arrays.copyOfRange(seed, MAGIC.length - 1, seed.length));
      }
    }
    return seeds.stream();
  }

  /// @param input the byte order, and what follows the magic number
  @MethodSource("seeds")
  @FuzzTest(maxExecutions = 20_000)
  void readOrRefused(byte[] input) {
    if (input.length == 0) {
      return;
    }
    boolean bigEndian = (input[0] & 1) != 0;
    byte[] metadata = new byte[MAGIC.length - 1 + input.length];
    System.arraycopy(input, 0, metadata, MAGIC.length - 1, input.length);
    for (int i = 0; i < MAGIC.length; i++) {
      metadata[i] = MAGIC[bigEndian ? i : MAGIC.length - 1 - i];
    }
    MetadataFuzzing.read(metadata);
  }
}
