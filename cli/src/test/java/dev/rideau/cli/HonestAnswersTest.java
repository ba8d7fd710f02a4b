package dev.rideau.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.rideau.trace.testing.SharedData;
import dev.rideau.trace.testing.TestFolders;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Recorded traces that lack something: the page and three reports say what they cannot know.
@Tag("slow")
@Tag("shared")
final class HonestAnswersTest {
  /// Of an index of LTTng: bytes before its entries.
  private static final int INDEX_HEADER_BYTES = 16;

  private static final String UNCERTAIN = "what this report tells is uncertain";

  @TempDir Path folder = Path.of("");

  private static Path trace(String name) {
    return SharedData.require("data/" + name);
  }

  private static Run ask(Path trace, String... words) {
    Stream<String> options = Stream.of(trace.toString(), "--no-cache", "--clock-gmt");
    return Run.of(Stream.concat(Stream.of(words), options).toArray(String[]::new));
  }

  private Path without(String pattern) {
    Path copy = folder.resolve("copy");
    Run convert =
        Run.of(
            "convert",
            trace("lttng-kernel/blocking").toString(),
            "-o",
            copy.toString(),
            "-e",
            "!" + pattern);
    assertThat(convert.exitCode()).as(convert.stderr()).isZero();
    return copy;
  }

  private Path copy(String name) throws IOException {
    Path to = folder.resolve("copy");
    TestFolders.copy(trace(name), to);
    return to;
  }

  @Test
  void withoutStateDump() {
    Path trace = without("lttng_statedump_*");
    assertThat(ask(trace, "explain").stdout())
        .contains("there is no state dump")
        .contains("The processors were busy")
        .doesNotContain("records of");
    for (String report : new String[] {"cpu", "syscalls", "io-process"}) {
      Run run = ask(trace, "report", report);
      assertThat(run.exitCode()).isZero();
      assertThat(run.stderr()).isEmpty();
      assertThat(run.stdout().lines()).hasSizeGreaterThan(5);
    }
  }

  @Test
  void withoutSchedulingEvents() {
    Path trace = without("sched_*");
    assertThat(ask(trace, "explain").stdout())
        .contains("cpu      cannot tell: sched_switch was not recorded")
        .contains("locks    cannot tell: sched_switch, sched_waking or sched_wakeup")
        .doesNotContain("The processors were busy");
    Run cpu = ask(trace, "report", "cpu");
    assertThat(cpu.exitCode()).isEqualTo(1);
    assertThat(cpu.stdout()).isEmpty();
    assertThat(cpu.stderr()).contains("cannot answer: sched_switch was not recorded");
    // Records tell by which thread they are: the calls are as whole as with context switches.
    Run io = ask(trace, "report", "io-process");
    assertThat(io.exitCode()).isZero();
    assertThat(io.stdout()).containsPattern("2438  1.469 MB  1.467 MB .* 584 ");
    assertThat(io.stderr())
        .contains("sched_switch was not recorded; part of the answer is missing");
    Run calls = ask(trace, "report", "syscalls");
    assertThat(calls.exitCode()).isZero();
    assertThat(calls.stdout()).contains("clock_nanosleep");
  }

  @Test
  void withLostPackets() throws IOException {
    Path trace = copy("lttng-kernel/files");
    Path stream = trace.resolve("kernel/kchan_3");
    byte[] index = Files.readAllBytes(trace.resolve("kernel/index/kchan_3.idx"));
    int entryBytes = ByteBuffer.wrap(index).getInt(12);
    ByteBuffer entry = ByteBuffer.wrap(index, INDEX_HEADER_BYTES + 5 * entryBytes, 16).slice();
    int from = (int) entry.getLong();
    int to = from + (int) (entry.getLong() / Byte.SIZE);
    byte[] bytes = Files.readAllBytes(stream);
    byte[] left = Arrays.copyOf(bytes, bytes.length - (to - from));
    System.arraycopy(bytes, to, left, from, bytes.length - to);
    Files.write(stream, left);
    Files.delete(trace.resolve("kernel/index/kchan_3.idx"));
    assertThat(ask(trace, "explain").stdout())
        .containsPattern("1 packets? (was|were) lost|lost 1 packet|packet");
    for (String report : new String[] {"cpu", "syscalls", "io-process"}) {
      Run run = ask(trace, "report", report);
      assertThat(run.stderr()).contains(UNCERTAIN);
      assertThat(run.stdout().lines()).hasSizeGreaterThan(5);
    }
    assertThat(ask(trace, "report", "losses").stdout()).contains("discarded packets");
  }

  @Test
  void cutInTheMiddle() throws IOException {
    Path trace = copy("lttng-kernel/blocking");
    try (RandomAccessFile stream =
        new RandomAccessFile(trace.resolve("kernel/kchan_0").toFile(), "rw")) {
      stream.setLength(stream.length() * 6 / 10 + 13);
    }
    Run page = ask(trace, "explain");
    assertThat(page.stderr()).contains("[truncated-packet]");
    assertThat(page.stdout()).contains("records of a CPU are missing for a part of this time");
    for (String report : new String[] {"cpu", "syscalls", "io-process"}) {
      Run run = ask(trace, "report", report);
      assertThat(run.exitCode()).isEqualTo(1);
      assertThat(run.stderr()).contains("[truncated-packet]").contains(UNCERTAIN);
      assertThat(run.stdout().lines()).hasSizeGreaterThan(5);
    }
  }

  @Test
  void ofAnUnknownTracer() throws IOException {
    Path trace = copy("lttng-kernel/blocking");
    Path metadata = trace.resolve("kernel/metadata");
    String text = Files.readString(metadata, StandardCharsets.ISO_8859_1);
    Files.writeString(
        metadata,
        text.replace("\"lttng-modules\"", "\"other-tracer!\""),
        StandardCharsets.ISO_8859_1);
    assertThat(ask(trace, "explain").stdout())
        .contains("no trace of a kernel that is known here")
        .contains("other-tracer!");
    for (String report : new String[] {"cpu", "syscalls", "io-process"}) {
      Run run = ask(trace, "report", report);
      assertThat(run.exitCode()).isEqualTo(1);
      assertThat(run.stderr()).contains("cannot answer").contains("'rideau stat' shows");
    }
    assertThat(ask(trace, "report", "events").stdout()).contains("sched_switch");
  }

  @Test
  void withAClockThatGoesBack() {
    Path trace = trace("ctf-traces/synctraces/scp_src");
    Run page = ask(trace, "explain");
    assertThat(page.stderr()).contains("[time-goes-back]");
    assertThat(page.stdout()).contains("The processors were busy 0.4 % of the time");
    for (String report : new String[] {"cpu", "softirq"}) {
      Run run = ask(trace, "report", report);
      assertThat(run.exitCode()).isZero();
      assertThat(run.stderr()).contains("[time-goes-back]");
      assertThat(run.stdout()).doesNotContain(" -");
    }
    assertThat(ask(trace, "report", "syscalls").stderr())
        .contains("cannot answer: syscall_entry_* was not recorded");
  }
}
