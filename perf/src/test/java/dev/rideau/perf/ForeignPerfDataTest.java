package dev.rideau.perf;

import static org.assertj.core.api.Assertions.assertThat;

import dev.rideau.perf.internal.file.SampleBit;
import dev.rideau.trace.Diagnostic;
import java.io.IOException;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/// Recordings of machines that nobody has at hand, as files and as pipes: the lines must be those
/// that are known, and those of `perf script` where it is installed.
@Tag("oracle")
final class ForeignPerfDataTest {
  private static final Path PERF = Path.of("/usr/bin/perf");
  private static final long PARTS =
      SampleBit.IDENTIFIER
          | SampleBit.IP
          | SampleBit.TID
          | SampleBit.TIME
          | SampleBit.CPU
          | SampleBit.PERIOD;

  @TempDir private Path folder;

  private enum Order {
    LITTLE(ByteOrder.LITTLE_ENDIAN),
    BIG(ByteOrder.BIG_ENDIAN);

    private final ByteOrder bytes;

    Order(ByteOrder bytes) {
      this.bytes = bytes;
    }
  }

  static Stream<Arguments> all() {
    return Stream.of(Order.values())
        .flatMap(order -> Stream.of(false, true).map(pipe -> Arguments.of(order, pipe)));
  }

  @ParameterizedTest
  @MethodSource("all")
  void printsWhatPerfScriptPrints(Order order, boolean pipe)
      throws IOException, InterruptedException {
    Recording recording =
        new Recording(order.bytes).event(0, PARTS, 11, 12).event(1, PARTS, 21, 22);
    comm(recording, 7, "worker", 1_000_000_100L, 0, 11);
    sample(recording, 11, 0x1000, 7, 1_000_000_200L, 0, 250_000);
    sample(recording, 22, 0x2000, 8, 1_000_000_300L, 1, 1);
    sample(recording, 21, 0x3000, 7, 12_345_000_400L, 0, 77);
    comm(recording, 7, "other", 12_345_000_500L, 0, 11);
    sample(recording, 12, 0x4000, 7, 12_345_000_600L, 1, 250_000);
    Path file = folder.resolve("perf.data");
    Files.write(file, pipe ? recording.pipe() : recording.file());
    List<Diagnostic> diagnostics = new ArrayList<>();
    List<String> lines = Lines.ofScript(file, diagnostics);
    assertThat(diagnostics).isEmpty();
    assertThat(lines)
        .map(line -> line.replaceAll(" +", " ").strip())
        .containsExactly(
            "worker 7 [000] 1.000000: 250000 cpu-clock: 1000 [unknown] ([unknown])",
            ":8 8 [001] 1.000000: 1 task-clock: 2000 [unknown] ([unknown])",
            "worker 7 [000] 12.345000: 77 task-clock: 3000 [unknown] ([unknown])",
            "other 7 [001] 12.345000: 250000 cpu-clock: 4000 [unknown] ([unknown])");
    // Of pipes, perf swaps threads and CPUs of the other byte order as words of eight bytes.
    boolean isOracle = order == Order.LITTLE || !pipe;
    if (isOracle && Files.isExecutable(PERF)) {
      // Where no names were recorded perf adds which contexts were not excluded.
      assertThat(String.join("", lines)).isEqualTo(script(file, pipe).replace(":HG:", ":"));
    }
  }

  private static void sample(
      Recording recording, long id, long ip, int tid, long time, int cpu, long period) {
    recording.record(
        9, 2, recording.body().u64(id, ip).u32(7).u32(tid).u64(time).u32(cpu).u32(0).u64(period));
  }

  private static void comm(Recording recording, int tid, String name, long time, int cpu, long id) {
    recording.record(
        3,
        0,
        recording
            .body()
            .u32(7)
            .u32(tid)
            .text(name)
            .u32(7)
            .u32(tid)
            .u64(time)
            .u32(cpu)
            .u32(0)
            .u64(id));
  }

  private String script(Path file, boolean pipe) throws IOException, InterruptedException {
    Path text = folder.resolve("script.txt");
    ProcessBuilder builder =
        new ProcessBuilder(PERF.toString(), "script", "-i", pipe ? "-" : file.toString())
            .redirectOutput(text.toFile())
            .redirectError(ProcessBuilder.Redirect.DISCARD);
    if (pipe) {
      builder.redirectInput(file.toFile());
    }
    assertThat(builder.start().waitFor(60, TimeUnit.SECONDS)).isTrue();
    return Files.readString(text, StandardCharsets.UTF_8);
  }
}
