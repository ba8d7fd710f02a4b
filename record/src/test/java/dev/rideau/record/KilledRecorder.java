package dev.rideau.record;

import dev.rideau.trace.testing.JavaProgram;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;

/// A recorder in a process of its own, which a test kills.
final class KilledRecorder {
  private KilledRecorder() {}

  /// Starts one that records to a file.
  static Process start(Path file) throws IOException {
    return new ProcessBuilder(
            JavaProgram.command(
                List.of("-XX:TieredStopAtLevel=1", "--enable-native-access=ALL-UNNAMED"),
                KilledRecorder.class,
                file.toString()))
        .redirectError(ProcessBuilder.Redirect.DISCARD)
        .start();
  }

  public static void main(String[] arguments) throws IOException, InterruptedException {
    RecordingOptions options =
        new RecordingOptions(
            Path.of(arguments[0]),
            List.of(EventRequest.parse("sched:sched_switch")),
            64,
            "mono",
            List.of(),
            List.of(),
            false,
            "test");
    try (Recording recording = Recording.start(options)) {
      try (var out = new java.io.FileOutputStream(java.io.FileDescriptor.out)) {
        out.write('r');
      }
      Thread.sleep(60_000);
      recording.finish();
    }
  }
}
