package dev.rideau.tables.internal.cache;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.ByteBuffer;
import java.util.HashSet;
import java.util.Set;
import org.junit.jupiter.api.Test;

/// Contents that differ a little have different hashes.
final class ContentHashTest {
  private static String of(byte[]... parts) {
    ContentHash hash = new ContentHash();
    for (byte[] part : parts) {
      hash.add(ByteBuffer.wrap(part));
    }
    return hash.text();
  }

  @Test
  void everyBitCounts() {
    byte[] bytes = new byte[41];
    Set<String> seen = new HashSet<>();
    seen.add(of(bytes));
    for (int bit = 0; bit < bytes.length * 8; bit++) {
      bytes[bit >> 3] ^= (byte) (1 << (bit & 7));
      assertThat(of(bytes)).hasSize(32).isEqualTo(of(bytes));
      seen.add(of(bytes));
      bytes[bit >> 3] ^= (byte) (1 << (bit & 7));
    }
    assertThat(seen).hasSize(bytes.length * 8 + 1);
  }

  @Test
  void lengthsAndOrderCount() {
    byte[] one = {1};
    byte[] two = {2};
    Set<String> seen = new HashSet<>();
    for (int length = 0; length < 30; length++) {
      seen.add(of(new byte[length]));
    }
    seen.add(of(one, two));
    seen.add(of(two, one));
    seen.add(of(new byte[] {1, 2}));
    assertThat(seen).hasSize(33);
  }
}
