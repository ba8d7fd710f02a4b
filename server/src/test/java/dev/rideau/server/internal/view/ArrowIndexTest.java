package dev.rideau.server.internal.view;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class ArrowIndexTest {
  private static final int COUNT = 5000;

  @TempDir private Path folder;

  @Test
  void findsWhatBeganLongBeforeTheWindow() throws IOException {
    TimelineRows rows = new TimelineRows(List.of());
    for (int i = 0; i < 3; i++) {
      rows.add(-1, RowKind.THREAD, "row " + i, "", null, new TimelineRows.Ids());
    }
    List<TimelineRow> all = rows.timeline(java.util.Map.of()).rows();
    try (MappedFile file = new MappedFile(folder)) {
      ArrowIndex index = new ArrowIndex(Arrow.Kind.WAKEUP, file);
      for (int i = 0; i < COUNT; i++) {
        index.add(10L * i, length(i), i % 2, 2);
      }
      BitSet wanted = new BitSet();
      wanted.set(0, 3);
      for (long begin = 0; begin < 10L * COUNT; begin += 777) {
        Window window = new Window(begin, begin + 500, 100);
        List<Long> expected = new ArrayList<>();
        for (int i = 0; i < COUNT; i++) {
          if (10L * i + length(i) >= begin && 10L * i < begin + 500) {
            expected.add(10L * i);
          }
        }
        Arrows found = index.in(window, wanted, 1000, all);
        assertThat(found.total()).isEqualTo(expected.size());
        assertThat(found.arrows().stream().map(Arrow::fromNs)).containsExactlyElementsOf(expected);
      }
    }
  }

  // One is as long as everything, some are long.
  private static long length(int i) {
    return i == 17 ? 10L * COUNT : i % 100 == 0 ? 20_000 : 5;
  }
}
