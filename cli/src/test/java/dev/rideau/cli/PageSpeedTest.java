package dev.rideau.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/// How long frames of the timeline take while it moves. Prints what it measured.
///
/// A browser without graphics hardware paints in software, so frames here are slower than on a
/// desk. `RIDEAU_PAGE_TRACE` names another trace to measure.
@Tag("slow")
final class PageSpeedTest {
  private static final String MEASURE =
      """
      async keys => {
        const canvas = document.querySelector('.timeline-canvas');
        const frames = [];
        let last = 0;
        let isOver = false;
        const tick = time => {
          if (last) frames.push(time - last);
          last = time;
          if (!isOver) requestAnimationFrame(tick);
        };
        const key = (type, code) =>
          canvas.dispatchEvent(new KeyboardEvent(type, {code, bubbles: true, cancelable: true}));
        const first = canvas.frameCount;
        requestAnimationFrame(tick);
        for (const code of keys) {
          key('keydown', code);
          await new Promise(resolve => setTimeout(resolve, 900));
          key('keyup', code);
        }
        isOver = true;
        const count = Math.min(canvas.frameCount - first, canvas.frameMilliseconds.length);
        const paints = [];
        for (let at = 1; at <= count; at++) {
          const slot = (canvas.frameCount - at) % canvas.frameMilliseconds.length;
          paints.push(canvas.frameMilliseconds[slot]);
        }
        return [frames, paints];
      }
      """;

  @Test
  void framesAreShortWhilePanning() throws IOException {
    String named = System.getenv("RIDEAU_PAGE_TRACE");
    Path trace = named == null ? Path.of("..", "examples", "cpuburn") : Path.of(named);
    try (OpenPage open = OpenPage.of(trace)) {
      open.show("#/timeline");
      open.page()
          .waitForFunction("() => document.querySelector('.timeline-canvas')?.isComplete === true");
      System.out.printf(
          "page: %s: from the start of the server to the whole timeline %.1f s%n",
          trace.getFileName(), open.elapsedNs() / 1e9);
      open.show("#/timeline");
      Object again =
          open.page()
              .waitForFunction(
                  "() => document.querySelector('.timeline-canvas')?.isComplete === true"
                      + " && performance.now()")
              .jsonValue();
      System.out.printf(
          "page: opened again, from navigation to the whole timeline %.0f ms%n",
          ((Number) again).doubleValue());
      open.awaitTimeline();
      measure(open, "whole recording, zooming in", List.of("KeyW", "KeyW"));
      open.awaitTimeline();
      double[] panning =
          measure(open, "panning", List.of("KeyD", "KeyA", "KeyD", "KeyA", "KeyD", "KeyA"));
      // Far from the sixtieth of a second that is the aim: other work must not fail the test.
      assertThat(panning[1]).isLessThan(50);
    }
  }

  /// Returns the median between frames and the median of painting one.
  private static double[] measure(OpenPage open, String what, List<String> keys) {
    List<?> answer = (List<?>) open.page().evaluate(MEASURE, keys);
    double[] frames = sorted((List<?>) answer.get(0));
    double[] paints = sorted((List<?>) answer.get(1));
    System.out.printf(
        "page: %s: %d frames, between frames median %.1f ms, p95 %.1f ms;"
            + " painting median %.1f ms, p95 %.1f ms%n",
        what, frames.length, at(frames, 50), at(frames, 95), at(paints, 50), at(paints, 95));
    return new double[] {at(frames, 50), at(paints, 50)};
  }

  private static double[] sorted(List<?> numbers) {
    double[] values =
        numbers.stream().mapToDouble(value -> ((Number) value).doubleValue()).toArray();
    Arrays.sort(values);
    return values;
  }

  private static double at(double[] sorted, int percent) {
    return sorted.length == 0
        ? 0
        : sorted[Math.min(sorted.length - 1, sorted.length * percent / 100)];
  }
}
