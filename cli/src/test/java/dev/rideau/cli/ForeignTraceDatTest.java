package dev.rideau.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/// Recordings of machines that nobody has at hand: the lines must be those that are known, and
/// those of `trace-cmd report` where it is installed.
@Tag("oracle")
final class ForeignTraceDatTest {
  private static final Path TRACE_CMD = Path.of("/usr/bin/trace-cmd");

  @TempDir private Path folder;

  private enum Form {
    VERSION_6,
    VERSION_7,
    VERSION_7_ZLIB
  }

  private enum Machine {
    LITTLE_64(ByteOrder.LITTLE_ENDIAN, 8),
    LITTLE_32(ByteOrder.LITTLE_ENDIAN, 4),
    BIG_64(ByteOrder.BIG_ENDIAN, 8),
    BIG_32(ByteOrder.BIG_ENDIAN, 4);

    private final ByteOrder order;
    private final int longBytes;

    Machine(ByteOrder order, int longBytes) {
      this.order = order;
      this.longBytes = longBytes;
    }
  }

  static Stream<Arguments> all() {
    return Stream.of(Form.values())
        .flatMap(form -> Stream.of(Machine.values()).map(each -> Arguments.of(form, each)));
  }

  @ParameterizedTest
  @MethodSource("all")
  void oneBuffer(Form form, Machine machine) throws IOException, InterruptedException {
    ForeignTraceDat recording = new ForeignTraceDat(machine.order, machine.longBytes);
    recording.step("", 0, 1_000_000_100L, 42, -7, 0xc0100004L, "a file");
    recording.step("", 1, 1_000_000_200L, 0, 8, 0xc0100104L, "");
    recording.step("", 0, 1_000_900_300L, 43, 9, 0x10, "x");
    assertThat(lines(recording, form, machine))
        .containsExactly(
            "          worker-42    [000]     1.000000100: step:                 value=-7"
                + " ip=start_kernel literal=a literal name=a file",
            "          <idle>-0     [001]     1.000000200: step:                 value=8"
                + " ip=rest_init literal=a literal name=",
            "           <...>-43    [000]     1.000900300: step:                 value=9"
                + " ip=0x10 literal=a literal name=x");
  }

  @ParameterizedTest
  @MethodSource("all")
  void severalBuffers(Form form, Machine machine) throws IOException, InterruptedException {
    ForeignTraceDat recording = new ForeignTraceDat(machine.order, machine.longBytes);
    recording.step("", 0, 2_000_000_100L, 42, 1, 0xc0100000L, "first");
    recording.step("", 1, 2_000_000_150L, 42, 2, 0xc0100000L, "second");
    recording.step("inner", 0, 2_000_000_120L, 42, 3, 0xc0100000L, "third");
    recording.step("inner", 1, 2_000_000_170L, 42, 4, 0xc0100000L, "fourth");
    assertThat(lines(recording, form, machine))
        .map(line -> line.replaceAll("^(.{6}) .*value=(\\d).*", "$1 $2"))
        .containsExactly("       1", "inner: 3", "       2", "inner: 4");
  }

  @ParameterizedTest
  @MethodSource("all")
  void whatIsMissingHasALine(Form form, Machine machine) throws IOException, InterruptedException {
    ForeignTraceDat recording = new ForeignTraceDat(machine.order, machine.longBytes);
    recording.step("", 0, 2_000_000_100L, 42, 1, 0xc0100000L, "first");
    recording.step("", 0, 2_000_000_150L, 42, 2, 0xc0100000L, "second");
    recording.step("inner", 1, 2_000_000_170L, 42, 3, 0xc0100000L, "third");
    recording.step("inner", 1, 2_000_000_180L, 42, 4, 0xc0100000L, "fourth");
    recording.missed("", 0, 77);
    recording.missed("inner", 1, 0);
    assertThat(lines(recording, form, machine))
        .map(line -> line.replaceAll(" worker-.*value=(\\d).*", "$1"))
        .containsExactly(
            "       CPU:0 [77 EVENTS DROPPED]",
            "         1",
            "                2",
            "inner: CPU:1 [EVENTS DROPPED]",
            "         3",
            "inner:          4");
  }

  /// What Rideau prints; the same as trace-cmd, which may be built without zlib.
  private List<String> lines(ForeignTraceDat recording, Form form, Machine machine)
      throws IOException, InterruptedException {
    Path file = folder.resolve("foreign.dat");
    switch (form) {
      case VERSION_6 -> recording.writeVersion6(file);
      case VERSION_7 -> recording.writeVersion7(file, false);
      case VERSION_7_ZLIB -> recording.writeVersion7(file, true);
    }
    Run printed = Run.of("cat", file.toString());
    assertThat(printed.stderr().lines().filter(line -> !line.contains("discarded"))).isEmpty();
    assertThat(printed.exitCode()).isZero();
    List<String> lines = printed.stdout().lines().toList();
    if (Files.isExecutable(TRACE_CMD) && form != Form.VERSION_7_ZLIB) {
      assertThat(compared(lines, machine)).isEqualTo(compared(report(file), machine));
    }
    return lines;
  }

  /// trace-cmd reads pointers to literals in its own byte order.
  private static List<String> compared(List<String> lines, Machine machine) {
    return machine.order == ByteOrder.LITTLE_ENDIAN
        ? lines
        : lines.stream().map(line -> line.replaceAll("literal=.* name", "name")).toList();
  }

  private List<String> report(Path file) throws IOException, InterruptedException {
    Path text = folder.resolve("report.txt");
    Process process =
        new ProcessBuilder(TRACE_CMD.toString(), "report", "-t", "-N", file.toString())
            .redirectOutput(text.toFile())
            .redirectErrorStream(true)
            .start();
    assertThat(process.waitFor(120, TimeUnit.SECONDS)).isTrue();
    return Files.readString(text, StandardCharsets.UTF_8)
        .lines()
        .filter(line -> !line.startsWith("cpus="))
        .toList();
  }
}
