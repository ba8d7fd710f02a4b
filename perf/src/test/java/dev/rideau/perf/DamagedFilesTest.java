package dev.rideau.perf;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.management.ThreadMXBean;
import dev.rideau.trace.Diagnostic;
import dev.rideau.trace.TraceException;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/// Whatever happens to a file, it is read or refused with a reason, and costs little memory.
@Tag("slow")
final class DamagedFilesTest {
  private static final ThreadMXBean THREADS = (ThreadMXBean) ManagementFactory.getThreadMXBean();
  private static final long MOST_BYTES = 96L << 20;

  @TempDir Path folder;

  static List<String> names() {
    return Recordings.NAMES;
  }

  @ParameterizedTest
  @MethodSource("names")
  void aFileMayEndAnywhere(String name) throws IOException {
    byte[] whole = Recordings.bytes(name);
    int all = read(whole).size();
    int step = Math.max(1, whole.length / 80);
    int before = 0;
    for (int length = 0; length < whole.length; length += step) {
      int records = read(Arrays.copyOf(whole, length)).size();
      assertThat(records).as("records of the first %d bytes", length).isBetween(before, all);
      before = records;
    }
  }

  @ParameterizedTest
  @MethodSource("names")
  void bitsMayBeFlipped(String name) {
    byte[] whole = Recordings.bytes(name);
    Random random = new Random(42);
    for (int i = 0; i < 80; i++) {
      byte[] damaged = whole.clone();
      for (int flips = random.nextInt(4); flips >= 0; flips--) {
        // The first bytes rule over all others.
        int at = random.nextBoolean() ? random.nextInt(1024) : random.nextInt(damaged.length);
        damaged[at] ^= (byte) (1 << random.nextInt(8));
      }
      read(damaged);
    }
  }

  @Test
  void hugeLengthsAllocateNothing() {
    byte[] whole = Recordings.bytes("tracepoints");
    for (int field = 8; field < 72; field += 8) {
      byte[] damaged = whole.clone();
      Arrays.fill(damaged, field, field + 7, (byte) 0xff);
      read(damaged);
      damaged[field + 7] = 0x7f;
      read(damaged);
    }
  }

  @Test
  void textIsPrintedOfWhatIsLeft() throws IOException {
    byte[] whole = Recordings.bytes("tracepoints");
    Random random = new Random(7);
    for (int i = 0; i < 100; i++) {
      byte[] damaged = whole.clone();
      damaged[random.nextInt(damaged.length)] ^= (byte) (1 << random.nextInt(8));
      Path file = Files.write(folder.resolve("damaged"), damaged);
      try {
        assertThat(Lines.ofScript(file, new ArrayList<>())).isNotNull();
      } catch (TraceException refused) {
        assertThat(refused.diagnostic().message()).isNotEmpty();
      }
    }
  }

  @Test
  void aTruncatedFileSaysSo() throws IOException {
    byte[] whole = Recordings.bytes("tracepoints");
    Path file = Files.write(folder.resolve("cut"), Arrays.copyOf(whole, 2000));
    List<Diagnostic> diagnostics = new ArrayList<>();
    assertThat(Lines.ofRecords(file, diagnostics)).isNotEmpty();
    assertThat(diagnostics).extracting(Diagnostic::rule).contains("truncated-file");
    assertThat(diagnostics.getFirst().toString()).startsWith(file.toString());
  }

  private List<String> read(byte[] bytes) {
    long before = THREADS.getCurrentThreadAllocatedBytes();
    List<String> lines = List.of();
    try {
      Path file = Files.write(folder.resolve("damaged"), bytes);
      List<Diagnostic> diagnostics = new ArrayList<>();
      lines = Lines.ofRecords(file, diagnostics);
    } catch (TraceException refused) {
      assertThat(refused.diagnostic().message()).isNotEmpty();
    } catch (IOException failure) {
      throw new AssertionError(failure);
    }
    long allocated = THREADS.getCurrentThreadAllocatedBytes() - before;
    assertThat(allocated).as("bytes allocated").isLessThan(MOST_BYTES);
    return lines;
  }
}
