package dev.rideau.server.internal.view;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Random;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/// States of rows and what windows show of them.
final class TrackTest {
  private static final int RUNNING = StateStyle.RUNNING_USER.code();
  private static final int BLOCKED = StateStyle.BLOCKED_DISK.code();
  private static final Meaning PLAIN = new Meaning(false, number -> "label " + number);

  /// Hands a track to a test and frees it.
  private interface Check {
    void run(TrackWriter writer) throws IOException;
  }

  private static void withWriter(Check check) throws IOException {
    Path folder = Files.createTempDirectory("rideau-track");
    try (MappedFile file = new MappedFile(folder)) {
      check.run(new TrackWriter(new StateStore(file), PLAIN));
    } finally {
      Files.delete(folder);
    }
  }

  private static Track finished(TrackWriter writer) throws IOException {
    Track track = writer.finish();
    assertThat(track).isNotNull();
    return java.util.Objects.requireNonNull(track);
  }

  private static String text(RowStates states) {
    StringBuilder text = new StringBuilder();
    for (int i = 0; i < states.size(); i++) {
      text.append(states.beginNs(i)).append('-').append(states.endNs(i)).append(' ');
      text.append(states.style(i).key()).append(' ').append(states.share(i)).append("; ");
    }
    return text.toString().strip();
  }

  @Test
  void wideStatesKeepTheirEnds() throws IOException {
    withWriter(writer -> {
      writer.add(100, 50, RUNNING);
      writer.add(150, 50, BLOCKED);
      writer.add(300, 10, RUNNING);
      Track track = finished(writer);
      assertThat(text(track.states(1, new Window(0, 1000, 1000))))
          .isEqualTo(
              "100-150 running-user 100; 150-200 blocked-disk 100; 300-310 running-user 100;");
      assertThat(text(track.states(1, new Window(120, 160, 40))))
          .isEqualTo("120-150 running-user 100; 150-160 blocked-disk 100;");
    });
  }

  @Test
  void narrowWorkIsSeenBetweenWaits() throws IOException {
    withWriter(writer -> {
      for (int i = 0; i < 100; i++) {
        writer.add(i * 10, 2, RUNNING);
        writer.add(i * 10 + 2, 8, BLOCKED);
      }
      Track track = finished(writer);
      assertThat(text(track.states(1, new Window(0, 1000, 10))))
          .isEqualTo("0-1000 running-user 20;");
    });
  }

  @Test
  void findsStatesByTime() throws IOException {
    withWriter(writer -> {
      writer.add(100, 50, Meaning.value(StateStyle.RUNNING_SYSCALL, 7));
      writer.add(200, 50, BLOCKED);
      Track track = finished(writer);
      assertThat(track.at(1, 99)).isNull();
      assertThat(track.at(1, 149))
          .isEqualTo(new StateAt(1, 100, 150, StateStyle.RUNNING_SYSCALL, "label 7"));
      assertThat(track.at(1, 150)).isNull();
      assertThat(track.at(1, 250)).isNull();
      assertThat(begin(track.step(1, 120, true))).isEqualTo(200);
      assertThat(begin(track.step(1, 220, false))).isEqualTo(100);
      assertThat(track.step(1, 220, true)).isNull();
      assertThat(track.step(1, 120, false)).isNull();
    });
  }

  private static long begin(@Nullable StateAt state) {
    return state == null ? -1 : state.beginNs();
  }

  @Test
  void overlapsAreCutAndNoTimeBecomesOneNanosecond() throws IOException {
    withWriter(writer -> {
      writer.add(100, 50, RUNNING);
      writer.add(120, 60, BLOCKED);
      writer.add(300, 0, RUNNING);
      Track track = finished(writer);
      assertThat(text(track.states(1, new Window(0, 400, 400))))
          .isEqualTo(
              "100-150 running-user 100; 150-180 blocked-disk 100; 300-301 running-user 100;");
      assertThat(track.busyNs()).isEqualTo(51);
    });
  }

  @Property(tries = 30)
  void windowsShowTheTimeOfWorkAtAnyZoom(@ForAll long seed, @ForAll @IntRange(min = 1) int zoom)
      throws IOException {
    withWriter(writer -> {
      Random random = new Random(seed);
      long at = 1_000_000_000L;
      for (int i = 0; i < 20_000; i++) {
        long length = 1 + (long) Math.pow(10, random.nextDouble() * 5);
        if (random.nextInt(3) > 0) {
          writer.add(at, length, RUNNING);
        }
        at += length;
      }
      Track track = finished(writer);
      long width = Math.max(1000, (at - 1_000_000_000L) >> (zoom % 12));
      Window window = new Window(1_000_000_000L, 1_000_000_000L + width, 500);
      double exact = java.util.Arrays.stream(busy(track, window)).sum();
      RowStates shown = track.states(1, window);
      double seen = 0;
      long last = window.beginNs();
      for (int i = 0; i < shown.size(); i++) {
        assertThat(shown.beginNs(i)).isGreaterThanOrEqualTo(last);
        assertThat(shown.endNs(i)).isGreaterThan(shown.beginNs(i));
        last = shown.endNs(i);
        seen += (shown.endNs(i) - shown.beginNs(i)) * shown.share(i) / 100.0;
      }
      assertThat(last).isLessThanOrEqualTo(window.endNs());
      // Shares are rounded down to tenths.
      assertThat(seen).isBetween(exact - 0.12 * width, exact + 0.04 * width);
    });
  }

  @Property(tries = 20)
  void everyRecordIsSeenAtAnyZoom(@ForAll long seed, @ForAll @IntRange(min = 0, max = 20) int zoom)
      throws IOException {
    withWriter(writer -> {
      Random random = new Random(seed);
      long[] times = new long[10_000];
      long at = 1_000_000_000L;
      for (int i = 0; i < times.length; i++) {
        at += 1 + (long) Math.pow(10, random.nextDouble() * 6);
        times[i] = at;
      }
      for (int i = 0; i < times.length; i++) {
        long next = i + 1 < times.length ? times[i + 1] : Long.MAX_VALUE;
        int name = 1 + random.nextInt(20);
        writer.add(
            times[i], Math.min(1000, next - times[i]), Meaning.value(StateStyle.EVENT, name));
      }
      Track track = finished(writer);
      Window window = new Window(0, 1000 + (at >> zoom), 500);
      RowStates shown = track.states(1, window);
      int segment = 0;
      for (long time : times) {
        if (time >= window.endNs()) {
          break;
        }
        while (segment < shown.size() && shown.endNs(segment) <= time) {
          segment++;
        }
        assertThat(segment).isLessThan(shown.size());
        assertThat(shown.beginNs(segment)).isLessThanOrEqualTo(time);
        assertThat(shown.share(segment)).isGreaterThanOrEqualTo(RowStates.SPARSEST);
      }
    });
  }

  @Test
  void denserRecordsAreDarker() throws IOException {
    withWriter(writer -> {
      writer.add(500, 10, StateStyle.EVENT.code());
      for (int i = 0; i < 100; i++) {
        writer.add(2000 + 10 * i, 5, Meaning.value(StateStyle.EVENT, 1 + i % 7));
      }
      Track track = finished(writer);
      assertThat(text(track.states(1, new Window(0, 4000, 4))))
          .isEqualTo("500-510 event 50; 2000-2995 event 90;");
      assertThat(text(track.states(1, new Window(495, 515, 4)))).isEqualTo("500-510 event 100;");
    });
  }

  private static double[] busy(Track track, Window window) {
    double[] sums = new double[window.pixels()];
    track.addBusy(window, sums);
    return sums;
  }
}
