package dev.rideau.cli.internal.stat;

import static org.assertj.core.api.Assertions.assertThat;

import dev.rideau.cli.internal.Console;
import dev.rideau.cli.internal.Progress;
import dev.rideau.cli.internal.Selection;
import dev.rideau.trace.DataStreamClass;
import dev.rideau.trace.Environment;
import dev.rideau.trace.Loss;
import dev.rideau.trace.OpenedTraces;
import dev.rideau.trace.PacketIndex;
import dev.rideau.trace.testing.Fields;
import dev.rideau.trace.testing.MemoryStream;
import dev.rideau.trace.testing.MemoryStream.Event;
import dev.rideau.trace.testing.MemoryStream.MemoryTrace;
import dev.rideau.trace.testing.SharedData;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.TimeZone;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/// Compares reports with the files beside it. Run with `-Drideau.regenerate=true` to write them
/// anew, then read the difference.
@Tag("slow")
final class StatReportTest {
  private static final Path FOLDER =
      SharedData.checkout().resolve("cli/src/test/resources/dev/rideau/cli/internal/stat");

  @Test
  void tellsAllThereIsAsText() throws IOException {
    compare("everything.txt", text(statistics(trace(), Selection.ALL, SortKey.COUNT), 100));
  }

  @Test
  void tellsAllThereIsAsJson() throws IOException {
    Statistics statistics = statistics(trace(), Selection.ALL, SortKey.COUNT);
    compare("everything.json", new StatJson(100).text(statistics));
  }

  @Test
  void sortsByNameAndStopsAtTheLimit() throws IOException {
    compare("limit.txt", text(statistics(trace(), Selection.ALL, SortKey.NAME), 1));
  }

  @Test
  void losesTheNumberOfALossThatIsCutByTheTimeAskedAbout() throws IOException {
    Selection part = new Selection(Selection.ALL.names(), Selection.ALL.filter(), 105, 200);
    compare("window.txt", text(statistics(trace(), part, SortKey.COUNT), 100));
  }

  @Test
  void doesNotDependOnTheNumberOfThreads() {
    String one = text(statistics(longTrace(), Selection.ALL, SortKey.COUNT, 1), 100);
    assertThat(text(statistics(longTrace(), Selection.ALL, SortKey.COUNT, 7), 100)).isEqualTo(one);
    assertThat(one).contains("60,000");
  }

  private static MemoryTrace trace() {
    Map<String, Object> environment = new LinkedHashMap<>();
    environment.put("hostname", "box");
    environment.put("tracer_major", 2L);
    environment.put("note", "two\nlines \u001b[31m");
    MemoryTrace trace = new MemoryTrace("mytrace", new Environment(environment));
    DataStreamClass streamClass =
        Fields.stream(
            null,
            null,
            Fields.event(0, "open", null, null),
            Fields.event(1, "close", null, null),
            Fields.event(2, "close", null, null),
            Fields.event(3, "never", null, null));
    MemoryStream first =
        trace
            .add(streamClass)
            .packet(null, event(0, 100), event(1, 110), event(0, 120), event(0, 130))
            .packet(null, event(2, 1_500_000_000));
    trace.add(streamClass).packet(null, event(1, 105));
    first.loss(new Loss(Loss.Kind.DISCARDED_EVENTS, first, Loss.UNKNOWN_COUNT, 0, 90, 100));
    first.loss(new Loss(Loss.Kind.DISCARDED_EVENTS, first, 12_345, 1, 130, 1_500_000_000));
    first.loss(
        new Loss(
            Loss.Kind.DISCARDED_PACKETS, first, 1, 1, PacketIndex.UNKNOWN, PacketIndex.UNKNOWN));
    return trace;
  }

  /// Long enough, by what its packets say, for several ranges.
  private static MemoryTrace longTrace() {
    MemoryTrace trace = new MemoryTrace("long", Environment.EMPTY);
    DataStreamClass streamClass =
        Fields.stream(
            null, null, Fields.event(0, "even", null, null), Fields.event(1, "odd", null, null));
    for (int i = 0; i < 3; i++) {
      MemoryStream stream = trace.add(streamClass);
      for (int packet = 0; packet < 10_000; packet++) {
        stream.packet(null, event(0, packet), event(1, packet + i));
      }
    }
    return trace;
  }

  private static Event event(int eventClass, long ns) {
    return new Event(eventClass, ns, null, null, null);
  }

  private static Statistics statistics(MemoryTrace trace, Selection selection, SortKey sort) {
    return statistics(trace, selection, sort, 2);
  }

  private static Statistics statistics(
      MemoryTrace trace, Selection selection, SortKey sort, int threads) {
    Console nowhere = Console.of(OutputStream.nullOutputStream(), OutputStream.nullOutputStream());
    try (OpenedTraces traces = MemoryTraces.opened(trace);
        Progress progress = Progress.start(nowhere, "counting")) {
      return Statistics.of(traces, selection, sort, threads, progress);
    }
  }

  private static String text(Statistics statistics, int limit) {
    return new StatText(new TimeText(TimeZone.getTimeZone("UTC"), false), limit, false)
        .append(statistics)
        .toString();
  }

  private static void compare(String name, String actual) throws IOException {
    Path file = FOLDER.resolve(name);
    if (Boolean.getBoolean("rideau.regenerate")) {
      Files.writeString(file, actual);
    }
    assertThat(actual).isEqualTo(Files.readString(file));
  }
}
