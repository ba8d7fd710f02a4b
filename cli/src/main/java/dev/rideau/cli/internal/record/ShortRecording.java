package dev.rideau.cli.internal.record;

import dev.rideau.cli.internal.Console;
import dev.rideau.record.RecordException;
import dev.rideau.record.Recording;
import dev.rideau.record.RecordingSummary;
import dev.rideau.record.Signals;
import java.nio.file.Path;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/// Records this machine for a few seconds, for a command that was given no trace.
public final class ShortRecording {
  private static final DateTimeFormatter STAMP = DateTimeFormatter.ofPattern("yyyyMMdd-HHmmss");
  private static final List<String> ENDING = List.of("INT", "TERM");

  private ShortRecording() {}

  /// Records; a signal ends it early.
  ///
  /// @return the file, in the working folder
  public static Path run(Console console, long durationNs) {
    String stamp = STAMP.format(LocalDateTime.now(ZoneId.systemDefault()));
    Path file = Path.of("rideau-" + stamp + ".dat");
    CountDownLatch stop = new CountDownLatch(1);
    ENDING.forEach(signal -> Signals.handle(signal, stop::countDown));
    try (Recording recording = Recording.start(EventOptions.standard(file))) {
      console
          .err()
          .println(
              "rideau: recording this machine for %d s to %s; Ctrl-C ends it early"
                  .formatted(TimeUnit.NANOSECONDS.toSeconds(durationNs), file));
      boolean _ = stop.await(durationNs, TimeUnit.NANOSECONDS);
      RecordingSummary summary = recording.finish();
      console.err().println("rideau: " + SummaryText.of(summary));
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
    } catch (RecordException failure) {
      throw RecordFailure.of(failure, "explain");
    } finally {
      ENDING.forEach(Signals::restore);
    }
    return file;
  }
}
