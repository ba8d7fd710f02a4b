package dev.rideau.tracer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.rideau.trace.testing.JavaProgram;
import dev.rideau.trace.testing.TestFolders;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Programs killed with -9 in the middle of recording lose nothing that was committed.
///
/// A few kills a run; `-Drideau.kills=1000` for the whole proof.
final class KillTest {
  private static final int KILLS = Integer.getInteger("rideau.kills", 4);

  // Long enough for compiled code; all that is emitted meanwhile must fit into the heap.
  private static final int MOST_MILLIS = 180;

  @TempDir Path folder;

  private int kills;

  @Test
  @Tag("slow")
  void everyCommittedEventIsRecovered() throws Exception {
    long seed = System.nanoTime();
    Random random = new Random(seed);
    for (int i = 0; i < KILLS; i++) {
      Path trace = folder.resolve("blocking-" + i);
      long[] counts =
          killed(trace, BufferMode.BLOCK, 1 + random.nextInt(6), random.nextInt(MOST_MILLIS));
      Map<Long, Long> last = recovered(trace, true);
      for (int thread = 0; thread < counts.length; thread++) {
        // The event being emitted at the kill may be there or not.
        assertThat(last.getOrDefault((long) thread, -1L) + 1)
            .as("kill %s, thread %s, seed %s", i, thread, seed)
            .isBetween(counts[thread], counts[thread] + 1);
      }
      TestFolders.delete(trace); // a thousand of them would fill the disk
    }
  }

  @Test
  @Tag("slow")
  void theNewestEventsOfAFlightRecorderAreRecovered() throws Exception {
    Random random = new Random();
    for (int i = 0; i < KILLS; i++) {
      Path trace = folder.resolve("overwrite-" + i);
      long[] counts =
          killed(trace, BufferMode.OVERWRITE, 1 + random.nextInt(2), random.nextInt(MOST_MILLIS));
      Map<Long, Long> last = recovered(trace, false);
      for (int thread = 0; thread < counts.length; thread++) {
        if (counts[thread] > 0) {
          assertThat(last.getOrDefault((long) thread, -1L) + 1)
              .as("kill %s, thread %s", i, thread)
              .isBetween(counts[thread], counts[thread] + 1);
        }
      }
      TestFolders.delete(trace); // a thousand of them would fill the disk
    }
  }

  /// Starts a program, kills it, recovers its trace.
  ///
  /// @return how many events each thread had emitted
  private long[] killed(Path trace, BufferMode mode, int threads, int millis) throws Exception {
    Path counts = folder.resolve("counts");
    Files.write(counts, new byte[KilledProgram.MOST_THREADS * 64]);
    Process process =
        new ProcessBuilder(
                JavaProgram.command(
                    List.of(
                        "-ea",
                        // With it, records are written and timed in another way.
                        kills++ % 2 == 0 ? "--enable-native-access=ALL-UNNAMED" : "-Xshare:auto",
                        "-XX:+UseSerialGC"),
                    KilledProgram.class,
                    trace.toString(),
                    counts.toString(),
                    mode.name(),
                    Integer.toString(threads)))
            .redirectErrorStream(true)
            .start();
    try (BufferedReader output =
        new BufferedReader(
            new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8))) {
      assertThat(output.readLine()).isEqualTo("running");
      Thread.sleep(millis);
      assertThatThrownBy(() -> Recovery.recover(trace))
          .isInstanceOf(IOException.class)
          .hasMessageContaining("still records");
    } finally {
      process.destroyForcibly().waitFor();
    }
    Recovery.Result result = Recovery.recover(trace);
    assertThat(result.notes()).isEmpty();
    assertThat(result.lostEvents()).isZero();
    assertThat(Recovery.isUnfinished(trace)).isFalse();
    ByteBuffer bytes = ByteBuffer.wrap(Files.readAllBytes(counts)).order(ByteOrder.nativeOrder());
    long[] numbers = new long[threads];
    for (int i = 0; i < threads; i++) {
      numbers[i] = bytes.getLong(i * 64);
    }
    return numbers;
  }

  /// Checks that each thread's events are there without a gap, in order, and unharmed.
  ///
  /// @return the last number of each thread
  private static Map<Long, Long> recovered(Path trace, boolean fromZero) {
    RecordedTrace read = RecordedTrace.read(trace);
    assertThat(read.diagnostics()).isEmpty();
    Map<Long, Long> last = new HashMap<>();
    Map<Long, List<Object>> wrong = new HashMap<>();
    for (RecordedEvent event : read.events()) {
      long thread = (long) event.field("thread");
      long number = (long) event.field("number");
      Long before = last.put(thread, number);
      boolean inOrder = before == null ? !fromZero || number == 0 : number == before + 1;
      if (!inOrder || !event.field("text").equals(KilledProgram.text(number))) {
        wrong.put(number, List.of(thread, before == null ? -1 : before, event));
      }
    }
    assertThat(wrong).isEmpty();
    return last;
  }
}
