package dev.rideau.cli.internal.top;

import static org.assertj.core.api.Assertions.assertThat;

import dev.rideau.ftrace.FtraceReader;
import dev.rideau.ftrace.RecordingMetadata;
import dev.rideau.ftrace.RingPageWriter;
import dev.rideau.ftrace.TraceDatWriter;
import dev.rideau.trace.OpenedTraces;
import dev.rideau.trace.Traces;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// What a live recording tells: pieces of each CPU, read one after the other.
final class TopTrackerTest {
  private static final int ENTRY = 10;
  private static final int EXIT = 11;
  private static final int PAGE_BYTES = 4096;

  @TempDir private Path folder;

  private final TopTracker tracker =
      new TopTracker(
          new TopTracker.Processes() {
            @Override
            public int of(long tid) {
              return -1;
            }

            @Override
            public @Nullable String name(int pid) {
              return null;
            }
          });

  private static String format(String name, int id) {
    return """
    name: %s
    ID: %d
    format:
    \tfield:unsigned short common_type;\toffset:0;\tsize:2;\tsigned:0;
    \tfield:unsigned char common_flags;\toffset:2;\tsize:1;\tsigned:0;
    \tfield:unsigned char common_preempt_count;\toffset:3;\tsize:1;\tsigned:0;
    \tfield:int common_pid;\toffset:4;\tsize:4;\tsigned:1;

    \tfield:int nr;\toffset:8;\tsize:4;\tsigned:1;

    print fmt: "nr=%%d", REC->nr
    """
        .formatted(name, id);
  }

  /// Hands the tracker a piece with one record of thread 7.
  private void tell(int event, long ts) throws IOException {
    RingPageWriter pages = new RingPageWriter(PAGE_BYTES);
    ByteBuffer record = ByteBuffer.allocate(12).order(ByteOrder.LITTLE_ENDIAN);
    pages.put(ts, record.putShort((short) event).putShort((short) 0).putInt(7).putInt(0).flip());
    RecordingMetadata metadata =
        new RecordingMetadata(
            "\tfield: u64 timestamp;\toffset:0;\tsize:8;\tsigned:0;\n"
                + "\tfield: local_t commit;\toffset:8;\tsize:8;\tsigned:1;\n",
            "# compressed entry header\n",
            List.of(),
            Map.of(
                "syscalls",
                List.of(format("sys_enter_futex", ENTRY), format("sys_exit_futex", EXIT))),
            new byte[0],
            "",
            "local [mono]",
            0,
            0,
            0,
            "Linux host 6.1 #1 SMP x86_64",
            "test",
            List.of(),
            List.of(),
            1,
            PAGE_BYTES);
    Path file = folder.resolve(event + "-" + ts + ".dat");
    try (TraceDatWriter writer = TraceDatWriter.create(file, metadata)) {
      byte[] bytes = new byte[PAGE_BYTES];
      pages.pages().getFirst().get(bytes);
      Files.write(writer.part(0), bytes);
      writer.finishCpu(0);
    }
    try (OpenedTraces traces = Traces.open(List.of(file), List.of(new FtraceReader()), _ -> {})) {
      TopFeed.run(traces.dataStreams(), tracker, 0, _ -> true, _ -> {});
    }
  }

  private Usage.OfCall calls(long endNs) {
    return tracker.finish(endNs).usages().getFirst().call("futex");
  }

  @Test
  void aCallThatIsToldInOrderCountsItsTime() throws IOException {
    tell(ENTRY, 1000);
    tell(EXIT, 1300);
    assertThat(calls(2000).ns).isEqualTo(300);
  }

  @Test
  void theEndOfACallThatIsToldBehindTheBeginOfTheNextIsNotItsEnd() throws IOException {
    tell(ENTRY, 1000);
    tell(ENTRY, 5000);
    tell(EXIT, 1300);
    Usage.OfCall futex = calls(6000);
    assertThat(futex.count).isEqualTo(2);
    assertThat(futex.ns).isZero();
    assertThat(futex.longestNs).isZero();
  }
}
