package dev.rideau.cli.internal.cat;

import static org.assertj.core.api.Assertions.assertThat;

import dev.rideau.cli.internal.Console;
import dev.rideau.cli.internal.Selection;
import dev.rideau.cli.internal.text.ClassicStyle;
import dev.rideau.cli.internal.text.TimestampStyle;
import dev.rideau.trace.DataStream;
import dev.rideau.trace.DataStreamClass;
import dev.rideau.trace.Environment;
import dev.rideau.trace.Loss;
import dev.rideau.trace.filter.EventNames;
import dev.rideau.trace.filter.RecordFilter;
import dev.rideau.trace.testing.Fields;
import dev.rideau.trace.testing.MemoryStream;
import dev.rideau.trace.testing.MemoryStream.Event;
import dev.rideau.trace.testing.MemoryStream.MemoryTrace;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TimeZone;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;

final class RecordPrinterTest {
  private static final DataStreamClass STREAM =
      Fields.stream(
          Fields.structure("cpu_id", Fields.unsigned(8)),
          null,
          Fields.event(0, "number", null, Fields.structure("n", Fields.unsigned(64))),
          Fields.event(1, "text", null, Fields.structure("s", Fields.string())));
  private static final ClassicStyle STYLE =
      new ClassicStyle(
          TimestampStyle.CLOCK,
          TimeZone.getTimeZone("UTC"),
          true,
          ClassicStyle.DEFAULT_NAMES,
          ClassicStyle.DEFAULT_FIELDS);

  private record Line(long ns, int stream, String text) {}

  /// Random streams, printed by all means, against lines that are sorted as a whole.
  @Property(tries = 200)
  void ordersTheLinesOfAllStreams(
      @ForAll @IntRange(max = 9) int streamCount, @ForAll int seed, @ForAll boolean withGaps) {
    Random random = new Random(seed);
    MemoryTrace trace = new MemoryTrace("t", Environment.EMPTY);
    List<Line> lines = new ArrayList<>();
    for (int stream = 0; stream < streamCount; stream++) {
      MemoryStream made = trace.add(STREAM);
      long ns = 0;
      for (int packet = random.nextInt(4); packet > 0; packet--) {
        Event[] events = new Event[random.nextInt(20)];
        for (int i = 0; i < events.length; i++) {
          ns += withGaps ? random.nextLong(20_000_000_000L) : random.nextInt(3);
          boolean number = random.nextBoolean();
          long value = random.nextLong();
          events[i] =
              new Event(
                  number ? 0 : 1,
                  ns,
                  null,
                  null,
                  number ? Map.of("n", value) : Map.of("s", "x" + value));
          lines.add(
              new Line(
                  ns,
                  stream,
                  (number ? "number" : "text")
                      + ": { cpu_id = "
                      + stream
                      + " }, { "
                      + (number ? "n = " + Long.toUnsignedString(value) : "s = \"x" + value + "\"")
                      + " }\n"));
        }
        made.packet(Map.of("cpu_id", stream), events);
      }
    }
    // Stable, so records of one stream keep their order.
    lines.sort(java.util.Comparator.comparingLong(Line::ns).thenComparingInt(Line::stream));
    assertThat(print(trace.dataStreams(), Selection.ALL, Long.MAX_VALUE)).isEqualTo(text(lines));
    List<Line> some = lines.subList(0, Math.min(5, lines.size()));
    assertThat(print(trace.dataStreams(), Selection.ALL, 5)).isEqualTo(text(some));
    List<Line> numbers =
        lines.stream().filter(line -> line.text.startsWith("number") && line.ns >= 4).toList();
    Selection selection =
        new Selection(EventNames.of(List.of("num*")), RecordFilter.ALL, 4, Long.MAX_VALUE);
    assertThat(print(trace.dataStreams(), selection, Long.MAX_VALUE)).isEqualTo(text(numbers));
  }

  /// Random streams whose packets hold records that are earlier or later than they say, cut into
  /// slices of any length and printed by several threads, against one slice printed by one.
  @Property(tries = 300)
  void slicesMakeNoDifference(
      @ForAll @IntRange(min = 1, max = 5) int streamCount,
      @ForAll int seed,
      @ForAll boolean goesBack,
      @ForAll boolean withEmptyStrings,
      @ForAll @IntRange(min = 1, max = 1500) int sliceBytes) {
    Random random = new Random(seed);
    MemoryTrace trace = new MemoryTrace("t", Environment.EMPTY);
    for (int stream = 0; stream < streamCount; stream++) {
      MemoryStream made = trace.add(STREAM);
      long ns = 0;
      for (int packet = random.nextInt(12); packet > 0; packet--) {
        Event[] events = new Event[random.nextInt(20)];
        for (int i = 0; i < events.length; i++) {
          ns += random.nextInt(4) - (goesBack && random.nextInt(8) == 0 ? 5 : 0);
          ns = Math.max(0, ns);
          String text = withEmptyStrings && random.nextInt(40) == 0 ? "" : "x" + random.nextInt(9);
          events[i] =
              random.nextBoolean()
                  ? new Event(0, ns, null, null, Map.of("n", random.nextInt(50)))
                  : new Event(1, ns, null, null, Map.of("s", text));
        }
        made.packet(Map.of("cpu_id", stream), events);
      }
    }
    List<DataStream> streams = trace.dataStreams();
    Selection some =
        new Selection(EventNames.of(List.of("num*")), RecordFilter.ALL, 4, Long.MAX_VALUE);
    for (Selection selection : List.of(Selection.ALL, some)) {
      SliceCuts cuts = SliceCuts.of(streams, selection, sliceBytes);
      assertThat(print(streams, selection, cuts, 3))
          .isEqualTo(print(streams, selection, SliceCuts.none(streams, selection), 1));
    }
  }

  private static String print(
      List<DataStream> streams, Selection selection, SliceCuts cuts, int threads) {
    ByteArrayOutputStream stdout = new ByteArrayOutputStream();
    new RecordPrinter(
            Console.of(stdout, new ByteArrayOutputStream()), streams, selection, STYLE, null)
        .print(false, Long.MAX_VALUE, diagnostic -> assertThat(diagnostic).isNull(), cuts, threads);
    return stdout.toString(StandardCharsets.UTF_8);
  }

  @Example
  void warnsOfLosses() {
    MemoryStream stream =
        new MemoryTrace("host", Environment.EMPTY)
            .add(STREAM)
            .packet(Map.of("cpu_id", 0), new Event(0, 5, null, null, Map.of("n", 1)));
    stream
        .loss(new Loss(Loss.Kind.DISCARDED_EVENTS, stream, 2, 0, 3, 4))
        .loss(new Loss(Loss.Kind.DISCARDED_PACKETS, stream, 1, 0, 7, 9))
        .loss(new Loss(Loss.Kind.DISCARDED_EVENTS, stream, Loss.UNKNOWN_COUNT, 0, 8, 9));
    ByteArrayOutputStream stderr = new ByteArrayOutputStream();
    print(List.of(stream), Selection.ALL, Long.MAX_VALUE, stderr);
    assertThat(
            stderr.toString(StandardCharsets.UTF_8).lines().map(line -> line.split(" in data")[0]))
        .containsExactly(
            "rideau: warning: the tracer discarded 2 events between [00:00:00.000000003] and"
                + " [00:00:00.000000004]",
            "rideau: warning: the tracer discarded 1 packet between [00:00:00.000000007] and"
                + " [00:00:00.000000009]",
            "rideau: warning: the tracer may have discarded events between [00:00:00.000000008] and"
                + " [00:00:00.000000009]");
    stderr.reset();
    print(
        List.of(stream),
        new Selection(EventNames.ALL, RecordFilter.ALL, 4, 8),
        Long.MAX_VALUE,
        stderr);
    assertThat(
            stderr.toString(StandardCharsets.UTF_8).lines().map(line -> line.split(" in data")[0]))
        .containsExactly(
            "rideau: warning: the tracer may have discarded events between [00:00:00.000000004] and"
                + " [00:00:00.000000004]",
            "rideau: warning: the tracer may have discarded packets between [00:00:00.000000007]"
                + " and [00:00:00.000000008]",
            "rideau: warning: the tracer may have discarded events between [00:00:00.000000008] and"
                + " [00:00:00.000000008]");
  }

  private static String print(List<DataStream> streams, Selection selection, long limit) {
    return print(streams, selection, limit, new ByteArrayOutputStream());
  }

  private static String print(
      List<? extends DataStream> streams,
      Selection selection,
      long limit,
      ByteArrayOutputStream stderr) {
    ByteArrayOutputStream stdout = new ByteArrayOutputStream();
    new RecordPrinter(Console.of(stdout, stderr), List.copyOf(streams), selection, STYLE, null)
        .print(false, limit, diagnostic -> assertThat(diagnostic).isNull());
    return stdout.toString(StandardCharsets.UTF_8);
  }

  private static String text(List<Line> lines) {
    StringBuilder text = new StringBuilder();
    long last = -1;
    for (Line line : lines) {
      long seconds = line.ns / 1_000_000_000L;
      text.append(
          String.format(
              "[%02d:%02d:%02d.%09d] (",
              seconds / 3600 % 24, seconds / 60 % 60, seconds % 60, line.ns % 1_000_000_000L));
      long delta = line.ns - last;
      text.append(
          last < 0
              ? "+?.?????????"
              : String.format("+%d.%09d", delta / 1_000_000_000L, delta % 1_000_000_000L));
      text.append(") ").append(line.text);
      last = line.ns;
    }
    return text.toString();
  }
}
