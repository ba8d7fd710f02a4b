package dev.rideau.record.internal.watch;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.HashMap;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;

final class OpenTimesTest {
  @Test
  void holdsWhatAMapHolds() {
    Random random = new Random(3);
    OpenTimes times = new OpenTimes();
    Map<Long, Long> twin = new HashMap<>();
    for (int i = 0; i < 200_000; i++) {
      // Few keys at first, so that they collide; later more than fit at the begin.
      long key = random.nextInt(i < 100_000 ? 200 : 5000) * 4096L;
      if (random.nextInt(3) == 0) {
        Long expected = twin.remove(key);
        assertThat(times.remove(key)).isEqualTo(expected == null ? OpenTimes.NONE : expected);
      } else {
        times.put(key, i);
        twin.put(key, (long) i);
      }
    }
    twin.forEach((key, time) -> assertThat(times.remove(key)).isEqualTo(time));
  }

  @Test
  void forgetsAllRatherThanGrowWithoutEnd() {
    OpenTimes times = new OpenTimes();
    for (long key = 0; key <= 1 << 16; key++) {
      times.put(key, key);
    }
    assertThat(times.remove(7)).isEqualTo(OpenTimes.NONE);
    assertThat(times.remove(1 << 16)).isEqualTo(1 << 16);
  }
}
