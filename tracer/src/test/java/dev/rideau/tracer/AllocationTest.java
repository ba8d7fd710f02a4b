package dev.rideau.tracer;

import static org.assertj.core.api.Assertions.assertThat;

import java.lang.management.ManagementFactory;
import java.nio.file.Path;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Emitting allocates nothing: enabled, filtered out, or disabled. It holds for optimised code,
/// which the quick check does not wait for.
@Tag("slow")
final class AllocationTest {
  private static final int EVENTS = 20_000;
  private static final int MOST_BYTES = 4096; // what the measurement itself may need

  @TraceProvider("allocation")
  interface Events {
    @TraceEvent
    void step(long id, int status, String path, double[] values);
  }

  private static final Events EVENTS_OF_TEST = Tracer.provider(Events.class);
  private static final String[] NEW_STRINGS = new String[EVENTS * 12];
  private static final double[] VALUES = {1, 2, 3};

  static {
    for (int i = 0; i < NEW_STRINGS.length; i++) {
      NEW_STRINGS[i] = "string number ü " + i;
    }
  }

  private int next;

  private long allocatedBytes() {
    var threads = (com.sun.management.ThreadMXBean) ManagementFactory.getThreadMXBean();
    long before = threads.getCurrentThreadAllocatedBytes();
    for (int i = 0; i < EVENTS; i++) {
      EVENTS_OF_TEST.step(i, i % 600, NEW_STRINGS[next++ % NEW_STRINGS.length], VALUES);
    }
    return threads.getCurrentThreadAllocatedBytes() - before;
  }

  // The first rounds link call sites and are compiled.
  private long leastAllocatedBytes() {
    long least = Long.MAX_VALUE;
    for (int round = 0; round < 60 && least >= MOST_BYTES; round++) {
      least = Math.min(least, allocatedBytes());
    }
    return least;
  }

  @Test
  void emittingAllocatesNothing(@TempDir Path folder) {
    try (TraceSession session =
        Tracer.session("allocation")
            .output(folder.resolve("trace"))
            .channel(
                ChannelOptions.named("all")
                    .mode(BufferMode.OVERWRITE)
                    .contexts(Context.THREAD_NAME, Context.JAVA_THREAD_ID, Context.PROCESS_ID))
            .channel(ChannelOptions.named("some").mode(BufferMode.OVERWRITE).aligned(true))
            .create()) {
      session.enable(EventRule.named("allocation:*").into("all"));
      session.enable(EventRule.named("allocation:*").where("status >= 500").into("some"));
      session.start();
      assertThat(leastAllocatedBytes()).as("enabled").isLessThan(MOST_BYTES);
      session.stop();
      assertThat(leastAllocatedBytes()).as("disabled").isLessThan(MOST_BYTES);
    }
  }
}
