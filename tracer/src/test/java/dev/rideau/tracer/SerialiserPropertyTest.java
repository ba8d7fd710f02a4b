package dev.rideau.tracer;

import static org.assertj.core.api.Assertions.assertThat;

import dev.rideau.trace.testing.Babeltrace2;
import dev.rideau.trace.testing.TestFolders;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.atomic.AtomicInteger;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.ShrinkingMode;
import net.jqwik.api.Tag;

/// Random shapes of events and random values: what is read is what was emitted.
@Tag("slow")
final class SerialiserPropertyTest {
  private static final AtomicInteger NAMES = new AtomicInteger();
  private static final int EVENTS = 40;

  @Provide
  Arbitrary<Long> seeds() {
    return Arbitraries.longs();
  }

  @Property(tries = 25, shrinking = ShrinkingMode.OFF)
  void whatIsReadIsWhatWasEmitted(@ForAll("seeds") long seed) throws Exception {
    Random random = new Random(seed);
    RandomProvider provider = new RandomProvider(random, "Random" + NAMES.incrementAndGet());
    Path folder = Files.createTempDirectory("rideau-random");
    Path trace = folder.resolve("trace");
    List<Map<String, Object>> expected = new ArrayList<>();
    ChannelOptions options =
        ChannelOptions.named("channel").aligned(random.nextBoolean()).subBuffers(8, 4096);
    if (random.nextBoolean()) {
      options = options.contexts(Context.THREAD_NAME, Context.IS_VIRTUAL, Context.PROCESS_ID);
    }
    try (TraceSession session =
        Tracer.session("random").output(trace).channel(options.mode(BufferMode.BLOCK)).create()) {
      session.enable(EventRule.named("random:*"));
      session.start();
      for (int i = 0; i < EVENTS; i++) {
        expected.add(provider.emit(random));
      }
      assertThat(session.lostEvents()).isZero();
    }
    RecordedTrace read = RecordedTrace.read(trace);
    assertThat(read.diagnostics()).as(provider.source).isEmpty();
    assertThat(read.events())
        .extracting(RecordedEvent::payload)
        .as(provider.source)
        .isEqualTo(expected);
    if (Babeltrace2.program().isPresent()) {
      Babeltrace2.Result result = Babeltrace2.run(trace);
      assertThat(result.stderr()).as(provider.source).isEmpty();
      assertThat(result.text().lines()).as(provider.source).hasSize(EVENTS);
    }
    TestFolders.delete(folder);
  }
}
