package dev.rideau.trace;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;

final class PacketIndexTest {
  private static final List<Path> FILES = List.of(Path.of("a"), Path.of("b"));

  @Test
  void anEmptyIndexHasNoPackets() {
    PacketIndex index = new PacketIndex.Builder(FILES).build();
    assertThat(index.size()).isZero();
    assertThat(index.totalBytes()).isZero();
    assertThat(index.files()).isEqualTo(FILES);
  }

  @Test
  void holdsWhatWasSaidOfEachPacket() {
    PacketIndex.Builder builder = new PacketIndex.Builder(FILES);
    int packets = 100;
    for (int i = 0; i < packets; i++) {
      int packet = builder.add(i / 60, i * 1000L, 8000, 7000 + i);
      assertThat(packet).isEqualTo(i);
      if (i % 2 == 0) {
        builder.begin(packet, i * 10L, i * 10L + 1);
        builder.end(packet, i * 10L + 5, i * 10L + 6);
      } else {
        builder.sequenceNumber(packet, i);
        builder.discardedCounter(packet, -i);
      }
    }
    PacketIndex index = builder.build();
    assertThat(index.size()).isEqualTo(packets);
    assertThat(index.totalBytes()).isEqualTo(packets * 1000L);
    for (int i = 0; i < packets; i++) {
      assertThat(index.fileIndex(i)).isEqualTo(i / 60);
      assertThat(index.file(i)).isEqualTo(FILES.get(i / 60));
      assertThat(index.offsetBytes(i)).isEqualTo(i * 1000L);
      assertThat(index.totalBits(i)).isEqualTo(8000);
      assertThat(index.contentBits(i)).isEqualTo(7000 + i);
      boolean even = i % 2 == 0;
      assertThat(index.beginNs(i)).isEqualTo(even ? i * 10L + 1 : PacketIndex.UNKNOWN);
      assertThat(index.endNs(i)).isEqualTo(even ? i * 10L + 6 : PacketIndex.UNKNOWN);
      assertThat(index.sequenceNumber(i)).isEqualTo(even ? PacketIndex.UNKNOWN : i);
      assertThat(index.discardedCounter(i)).isEqualTo(even ? PacketIndex.UNKNOWN : -i);
      if (even) {
        assertThat(index.beginClockValue(i)).isEqualTo(i * 10L);
        assertThat(index.endClockValue(i)).isEqualTo(i * 10L + 5);
      }
    }
  }

  @Test
  void isNotChangedByItsBuilder() {
    PacketIndex.Builder builder = new PacketIndex.Builder(FILES);
    builder.add(0, 0, 8, 8);
    PacketIndex index = builder.build();
    builder.begin(0, 1, 1);
    builder.add(0, 1, 8, 8);
    assertThat(index.size()).isEqualTo(1);
    assertThat(index.beginNs(0)).isEqualTo(PacketIndex.UNKNOWN);
  }
}
