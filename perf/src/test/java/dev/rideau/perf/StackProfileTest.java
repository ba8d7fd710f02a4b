package dev.rideau.perf;

import static org.assertj.core.api.Assertions.assertThat;

import dev.rideau.perf.internal.file.SampleBit;
import dev.rideau.trace.OpenedTraces;
import dev.rideau.trace.SampledTrace;
import dev.rideau.trace.Traces;
import java.io.IOException;
import java.nio.ByteOrder;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Call chains become collapsed stacks and a picture.
final class StackProfileTest {
  private static final long USER = -512;

  @TempDir Path folder;

  private final Recording recording =
      new Recording(ByteOrder.BIG_ENDIAN)
          .event(0, SampleBit.TID | SampleBit.TIME | SampleBit.PERIOD | SampleBit.CALLCHAIN, 1);

  private void map(String file, long start, long time) {
    recording.record(
        1,
        2,
        recording.body().u32(7).u32(7).u64(start, 0x1000, 0).text(file).u32(7).u32(7).u64(time));
  }

  private void sample(long time, long... chain) {
    recording.record(
        9, 2, recording.body().u32(7).u32(7).u64(time, 1000).u64(chain.length).u64(chain));
  }

  private StackProfile profile(StackProfile.Weight weight) throws IOException {
    recording.record(3, 0, recording.body().u32(7).u32(7).text("a<b").u32(7).u32(7).u64(1));
    map("/none/app", 0x10000, 2);
    map("/none/lib;1", 0x20000, 2);
    sample(10, USER, 0x20010, 0x10010);
    sample(11, USER, 0x20020, 0x10010);
    sample(12, USER, 0x10010);
    sample(13, USER, 0x10010, 0x666); // no such mapping: the end of a broken chain
    try (OpenedTraces opened =
        Traces.open(List.of(recording.writeTo(folder)), List.of(new PerfTraceReader()), _ -> {})) {
      return StackProfile.of(opened.traces(), _ -> true, weight, _ -> {});
    }
  }

  @Test
  void stacksAreCounted() throws IOException {
    StringBuilder lines = new StringBuilder();
    profile(StackProfile.Weight.SAMPLES).writeCollapsed(lines);
    assertThat(lines.toString()).isEqualTo("a<b;[app] 2\na<b;[app];[lib:1] 2\n");
  }

  @Test
  void stacksAreWeighedByPeriod() throws IOException {
    StringBuilder lines = new StringBuilder();
    profile(StackProfile.Weight.PERIOD).writeCollapsed(lines);
    assertThat(lines.toString()).isEqualTo("a<b;[app] 2000\na<b;[app];[lib:1] 2000\n");
  }

  @Test
  void callChainsBecomeRows() throws IOException {
    profile(StackProfile.Weight.SAMPLES);
    StringBuilder rows = new StringBuilder();
    try (OpenedTraces opened = open()) {
      long samples = StackProfile.writeFrames(opened.traces(), _ -> true, rows, _ -> {});
      assertThat(samples).isEqualTo(4);
    }
    assertThat(rows.toString())
        .startsWith(
            """
            sample,ts,event,pid,tid,comm,period,depth,symbol,file,address,kernel
            0,10,"cpu-clock",7,7,"a<b",1000,0,,"/none/lib;1",0x10,false
            0,10,"cpu-clock",7,7,"a<b",1000,1,,"/none/app",0x10,false
            """);
  }

  @Test
  void samplesAreHandedToWhoKnowsNothingOfPerf() throws IOException {
    profile(StackProfile.Weight.SAMPLES);
    List<String> samples = new ArrayList<>();
    try (OpenedTraces opened = open()) {
      SampledTrace trace = (SampledTrace) opened.traces().getFirst();
      trace.readSamples(
          (timestampNs, eventClass, cpu, pid, tid, comm, period, frames) ->
              samples.add(
                  "%d %s %d %d %d %s %d %s"
                      .formatted(
                          timestampNs,
                          eventClass.displayName(),
                          cpu,
                          pid,
                          tid,
                          comm,
                          period,
                          frames.stream()
                              .map(it -> it.function() + " " + it.module() + " " + it.address())
                              .toList())),
          _ -> {});
    }
    assertThat(samples)
        .containsExactly(
            "10 cpu-clock -1 7 7 a<b 1000 [null /none/lib;1 16, null /none/app 16]",
            "11 cpu-clock -1 7 7 a<b 1000 [null /none/lib;1 32, null /none/app 16]",
            "12 cpu-clock -1 7 7 a<b 1000 [null /none/app 16]",
            "13 cpu-clock -1 7 7 a<b 1000 [null /none/app 16]");
  }

  private OpenedTraces open() {
    return Traces.open(
        List.of(folder.resolve("perf.data")), List.of(new PerfTraceReader()), _ -> {});
  }

  @Test
  void thePictureHasABoxForEachFunction() throws IOException {
    StringBuilder picture = new StringBuilder();
    profile(StackProfile.Weight.SAMPLES).writeSvg("Title & more", picture);
    assertThat(picture)
        .contains("Title &amp; more")
        .contains("<title>all (4 samples, 100.00 %)</title>")
        .contains("<title>a&lt;b (4 samples, 100.00 %)</title>")
        .contains("<title>[lib;1] (2 samples, 50.00 %)</title>");
  }
}
