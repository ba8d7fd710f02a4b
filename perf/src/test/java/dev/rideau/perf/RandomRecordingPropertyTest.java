package dev.rideau.perf;

import static org.assertj.core.api.Assertions.assertThat;

import dev.rideau.perf.internal.file.SampleBit;
import dev.rideau.trace.Diagnostic;
import java.io.IOException;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Random;
import java.util.stream.LongStream;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Tag;

/// Random events with random parts, and samples that go with them: what is read must be what was
/// written. The plain twin of the decoder is the writer here, which follows the kernel's
/// documentation part by part.
@Tag("slow")
final class RandomRecordingPropertyTest {
  /// Parts that are always asked for, so that every record has its place.
  private static final long ALWAYS = SampleBit.IDENTIFIER | SampleBit.TID | SampleBit.TIME;

  @Property(tries = 300)
  void readsWhatWasWritten(@ForAll long seed, @ForAll boolean bigEndian, @ForAll boolean pipe)
      throws IOException {
    Random random = new Random(seed);
    Recording recording = new Recording(bigEndian ? ByteOrder.BIG_ENDIAN : ByteOrder.LITTLE_ENDIAN);
    int events = 1 + random.nextInt(3);
    Event[] all = new Event[events];
    for (int i = 0; i < events; i++) {
      all[i] = Event.random(random, i);
      all[i].addTo(recording);
    }
    List<String> expected = new ArrayList<>();
    long time = 1000;
    // A file without any record is what perf leaves when it is killed at once.
    int count = 1 + random.nextInt(60);
    for (int i = 0; i < count; i++) {
      time += random.nextInt(5) + 1;
      expected.add(all[random.nextInt(events)].sample(recording, random, time));
    }
    Path file = Files.createTempFile("rideau-random", ".data");
    try {
      Files.write(file, pipe ? recording.pipe() : recording.file());
      List<Diagnostic> diagnostics = new ArrayList<>();
      assertThat(Lines.ofRecords(file, diagnostics)).isEqualTo(expected);
      assertThat(diagnostics).isEmpty();
    } finally {
      Files.delete(file);
    }
  }

  /// An event and how its samples are written.
  private record Event(
      int ordinal, long sampleType, long readFormat, long userRegisters, long interruptRegisters) {

    static Event random(Random random, int ordinal) {
      long bits = random.nextLong() & SampleBit.KNOWN & ~SampleBit.CPU | ALWAYS;
      if ((bits & SampleBit.WEIGHT) != 0) {
        bits &= ~SampleBit.WEIGHT_STRUCT;
      }
      return new Event(
          ordinal, bits, random.nextInt(32), random.nextLong(), random.nextInt() & 0xffff);
    }

    void addTo(Recording recording) {
      recording.counter(
          ordinal, sampleType, readFormat, userRegisters, interruptRegisters, ordinal + 100);
    }

    private boolean has(long bit) {
      return (sampleType & bit) != 0;
    }

    String sample(Recording recording, Random random, long time) {
      Recording.Body body = recording.body();
      StringBuilder text = new StringBuilder();
      int pid = random.nextInt(1 << 20) + 1;
      int tid = random.nextInt(1 << 20) + 1;
      text.append(time).append(' ').append(name());
      text.append(" pid=").append(pid).append(" tid=").append(tid).append(" comm=none");
      body.u64(ordinal + 100);
      StringBuilder raw = new StringBuilder();
      word(SampleBit.IP, "ip", body, random, text);
      body.u32(pid).u32(tid).u64(time);
      word(SampleBit.ADDR, "addr", body, random, text);
      if (has(SampleBit.ID)) {
        body.u64(ordinal + 100);
      }
      if (has(SampleBit.STREAM_ID)) {
        body.u64(random.nextLong());
      }
      word(SampleBit.PERIOD, "period", body, random, text);
      if (has(SampleBit.READ)) {
        read(body, random);
      }
      if (has(SampleBit.CALLCHAIN)) {
        words("callchain", random.nextInt(20), body, random, text);
      }
      if (has(SampleBit.RAW)) {
        byte[] bytes = new byte[random.nextInt(8) * 8 + 4];
        random.nextBytes(bytes);
        body.u32(bytes.length).bytes(bytes);
        raw.append(" raw=").append(HexFormat.of().formatHex(bytes));
      }
      if (has(SampleBit.BRANCH_STACK)) {
        branches(body, random, text);
      }
      if (has(SampleBit.REGS_USER)) {
        registers("user_registers", userRegisters, body, random, text);
      }
      if (has(SampleBit.STACK_USER)) {
        stack(body, random, text);
      }
      word(SampleBit.WEIGHT | SampleBit.WEIGHT_STRUCT, "weight", body, random, text);
      word(SampleBit.DATA_SRC, "data_src", body, random, text);
      word(SampleBit.TRANSACTION, "transaction", body, random, text);
      if (has(SampleBit.REGS_INTR)) {
        registers("interrupt_registers", interruptRegisters, body, random, text);
      }
      word(SampleBit.PHYS_ADDR, "phys_addr", body, random, text);
      word(SampleBit.CGROUP, "cgroup", body, random, text);
      word(SampleBit.DATA_PAGE_SIZE, "data_page_size", body, random, text);
      word(SampleBit.CODE_PAGE_SIZE, "code_page_size", body, random, text);
      if (has(SampleBit.AUX)) {
        body.u64(8, random.nextLong());
      }
      recording.record(9, 2, body);
      return text.append(raw).toString();
    }

    private String name() {
      return List.of("cpu-clock", "task-clock", "page-faults").get(ordinal);
    }

    private void word(
        long bit, String name, Recording.Body body, Random random, StringBuilder text) {
      if (has(bit)) {
        long value = random.nextLong();
        body.u64(value);
        text.append(' ').append(name).append('=').append(value);
      }
    }

    private void words(
        String name, int count, Recording.Body body, Random random, StringBuilder text) {
      long[] values = LongStream.generate(random::nextLong).limit(count).toArray();
      body.u64(count).u64(values);
      text.append(' ').append(name).append('=').append(Arrays.toString(values));
    }

    private static void registers(
        String name, long mask, Recording.Body body, Random random, StringBuilder text) {
      boolean some = random.nextBoolean();
      int count = some ? Long.bitCount(mask) : 0;
      long[] values = LongStream.generate(random::nextLong).limit(count).toArray();
      body.u64(some ? 2 : 0).u64(values);
      text.append(' ').append(name).append('=').append(Arrays.toString(values));
    }

    private static void branches(Recording.Body body, Random random, StringBuilder text) {
      int count = random.nextInt(5);
      body.u64(count);
      List<String> shown = new ArrayList<>();
      for (int i = 0; i < count; i++) {
        long from = random.nextLong();
        long to = random.nextLong();
        long flags = random.nextLong();
        body.u64(from, to, flags);
        shown.add("{ from=%d to=%d flags=%d}".formatted(from, to, flags));
      }
      text.append(" branch_stack=").append(shown);
    }

    private static void stack(Recording.Body body, Random random, StringBuilder text) {
      byte[] bytes = new byte[random.nextInt(4) * 8];
      random.nextBytes(bytes);
      body.u64(bytes.length).bytes(bytes);
      if (bytes.length > 0) {
        body.u64(bytes.length);
      }
      text.append(" user_stack=").append(HexFormat.of().formatHex(bytes));
    }

    private void read(Recording.Body body, Random random) {
      int values = (readFormat & 8) != 0 ? random.nextInt(4) : 1;
      if ((readFormat & 8) != 0) {
        body.u64(values);
      }
      int times = (int) (readFormat & 1) + (int) (readFormat >> 1 & 1);
      int each = 1 + (int) (readFormat >> 2 & 1) + (int) (readFormat >> 4 & 1);
      for (int i = 0; i < times + values * each; i++) {
        body.u64(random.nextLong());
      }
    }
  }
}
