package dev.rideau.perf;

import static org.assertj.core.api.Assertions.assertThat;

import dev.rideau.perf.internal.file.SampleBit;
import java.io.IOException;
import java.nio.ByteOrder;
import java.nio.file.Path;
import java.util.ArrayList;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Frames in memory that belongs to no file, as those of just-in-time compilers.
final class MemoryFramesTest {
  private static final long USER = -512;

  /// No process has this number, so none has left a map.
  private static final int PID = 0x7fff_fff0;

  @TempDir Path folder;

  private final Recording recording =
      new Recording(ByteOrder.LITTLE_ENDIAN)
          .event(0, SampleBit.TID | SampleBit.TIME | SampleBit.PERIOD | SampleBit.CALLCHAIN, 1);

  private void map(String file, long start, int protection) {
    recording.record(
        10,
        2,
        recording
            .body()
            .u32(PID)
            .u32(PID)
            .u64(start, 0x1000, 0x20, 0, 0, 0)
            .u32(protection)
            .u32(2)
            .text(file)
            .u32(PID)
            .u32(PID)
            .u64(2));
  }

  @Test
  void framesHaveTheirAddressAndTheNameOfTheMap() throws IOException {
    map("/none/app", 0x10000, 5);
    map("//anon", 0x20000, 7);
    map("[heap]", 0x30000, 3);
    recording.record(
        9,
        2,
        recording.body().u32(PID).u32(PID).u64(10, 1).u64(4, USER, 0x20010, 0x30010, 0x10010));
    assertThat(String.join("", Lines.ofScript(recording.writeTo(folder), new ArrayList<>())))
        .endsWith(
            """
            \t           20010 [unknown] (/tmp/perf-2147483632.map)
            \t           30010 [unknown] ([heap])
            \t              30 [unknown] (/none/app)

            """);
  }
}
