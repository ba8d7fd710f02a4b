package dev.rideau.ftrace.internal.file;

import static org.assertj.core.api.Assertions.assertThat;

import io.airlift.compress.v3.zstd.ZstdJavaCompressor;
import java.util.Arrays;
import java.util.Random;
import java.util.zip.Deflater;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/// What trace-cmd packed comes back; what it did not pack is refused.
final class CodecTest {

  @ParameterizedTest
  @EnumSource
  void unpacksWhatFillsTheRoomExactly(Codec codec) {
    byte[] plain = new byte[20_000];
    Arrays.fill(plain, 100, 15_000, (byte) 7);
    byte[] packed = pack(codec, plain);
    assertThat(packed.length).isLessThan(plain.length / 10);
    byte[] unpacked = new byte[plain.length];
    assertThat(codec.unpack(packed, packed.length, unpacked)).isTrue();
    assertThat(unpacked).isEqualTo(plain);
    assertThat(codec.unpack(packed, packed.length, new byte[plain.length + 1])).isFalse();
    assertThat(codec.unpack(packed, packed.length / 2, unpacked)).isFalse();
  }

  @ParameterizedTest
  @EnumSource
  void damageIsNeverThrown(Codec codec) {
    Random random = new Random(1);
    byte[] packed = pack(codec, new byte[5000]);
    for (int i = 0; i < 2000; i++) {
      byte[] damaged = packed.clone();
      damaged[random.nextInt(damaged.length)] ^= (byte) (1 << random.nextInt(8));
      byte[] unpacked = new byte[5000];
      // Not every flipped bit can be noticed.
      assertThat(codec.unpack(damaged, damaged.length, unpacked)).isIn(true, false);
    }
    assertThat(codec.unpack(new byte[0], 0, new byte[10])).isFalse();
  }

  private static byte[] pack(Codec codec, byte[] plain) {
    byte[] packed = new byte[plain.length + 1000];
    int length =
        switch (codec) {
          case ZLIB -> {
            try (Deflater deflater = new Deflater()) {
              deflater.setInput(plain);
              deflater.finish();
              yield deflater.deflate(packed);
            }
          }
          case ZSTD ->
              new ZstdJavaCompressor().compress(plain, 0, plain.length, packed, 0, packed.length);
        };
    return Arrays.copyOf(packed, length);
  }
}
