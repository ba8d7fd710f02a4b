package dev.rideau.kernel;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.rideau.trace.OpenedTraces;
import dev.rideau.trace.Traces;
import dev.rideau.trace.testing.SharedData;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// Extractions end when their thread is interrupted, wherever they are.
@Timeout(60)
final class InterruptTest {
  private static final Path TRACE = SharedData.checkout().resolve("examples/cpuburn");

  @Test
  void endsBeforeAnythingIsRead() {
    try (OpenedTraces traces = Traces.open(List.of(TRACE), _ -> {})) {
      Thread.currentThread().interrupt();
      assertThatThrownBy(() -> run(traces, 1, -1)).isInstanceOf(InterruptedException.class);
      assertThat(Thread.interrupted()).isFalse();
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 2, 4})
  void endsWhileRecordsAreRead(int threads) {
    try (OpenedTraces traces = Traces.open(List.of(TRACE), _ -> {})) {
      assertThatThrownBy(() -> run(traces, threads, 1)).isInstanceOf(InterruptedException.class);
      assertThat(Thread.interrupted()).isFalse();
    }
  }

  // Interrupts itself when it is told of progress so many times; -1 for never.
  private static void run(OpenedTraces traces, int threads, int after) throws InterruptedException {
    Thread asker = Thread.currentThread();
    int[] told = {0};
    KernelExtraction.of(traces)
        .getFirst()
        .run(
            Set.copyOf(FactTables.ALL),
            threads,
            _ -> {},
            _ -> {
              synchronized (told) {
                if (++told[0] == after) {
                  asker.interrupt();
                }
              }
            });
  }
}
