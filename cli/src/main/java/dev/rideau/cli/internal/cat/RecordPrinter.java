package dev.rideau.cli.internal.cat;

import dev.rideau.cli.internal.Console;
import dev.rideau.cli.internal.LossLines;
import dev.rideau.cli.internal.Progress;
import dev.rideau.cli.internal.Selection;
import dev.rideau.cli.internal.text.ClassicStyle;
import dev.rideau.cli.internal.text.ClassicText;
import dev.rideau.cli.internal.text.JsonText;
import dev.rideau.cli.internal.text.LineTimes;
import dev.rideau.cli.internal.text.RecordTextFactory;
import dev.rideau.cli.internal.text.TimestampStyle;
import dev.rideau.cli.internal.text.TimestampText;
import dev.rideau.trace.DataStream;
import dev.rideau.trace.DataStreamClass;
import dev.rideau.trace.DiagnosticSink;
import dev.rideau.trace.EventClass;
import dev.rideau.trace.FieldClass;
import dev.rideau.trace.Trace;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/// Prints records of data streams on standard output, and what was lost on standard error.
public final class RecordPrinter {
  private static final long SLICE_BYTES = 8 << 20;

  /// Streams that may be open at the same time, in all threads: each needs about half a MiB.
  private static final int MOST_OPEN_STREAMS = 128;

  /// Records of all streams whose lines wait to be put in order, in one thread, and most of one.
  private static final int OPEN_RECORDS = 32_768;

  private static final int MOST_PART_RECORDS = 1024;

  private final Console console;
  private final List<DataStream> streams;
  private final Selection selection;
  private final ClassicStyle style;
  private final @Nullable RecordTextFactory nativeText;

  /// @param streams in the order that decides ties
  /// @param nativeText what writes lines, null for the form of babeltrace2
  public RecordPrinter(
      Console console,
      List<DataStream> streams,
      Selection selection,
      ClassicStyle style,
      @Nullable RecordTextFactory nativeText) {
    this.console = console;
    this.streams = streams;
    this.selection = selection;
    this.style = style;
    this.nativeText = nativeText;
  }

  /// Prints up to `limit` records.
  public void print(boolean json, long limit, DiagnosticSink diagnostics) {
    int threads = Math.clamp(MOST_OPEN_STREAMS / Math.max(1, streams.size()), 1, processors());
    SliceCuts cuts =
        threads == 1 || limit != Long.MAX_VALUE
            ? SliceCuts.none(streams, selection)
            : SliceCuts.of(streams, selection, SLICE_BYTES);
    print(json, limit, diagnostics, cuts, threads);
  }

  private static int processors() {
    return Math.max(1, Runtime.getRuntime().availableProcessors());
  }

  /// Prints slices on so many threads.
  void print(boolean json, long limit, DiagnosticSink diagnostics, SliceCuts cuts, int threads) {
    ClassicText classic = json || nativeText != null ? null : new ClassicText(style, Trace::name);
    RecordTextFactory texts =
        json
            ? new JsonText(Trace::name, DataStream::number)
            : classic == null ? Objects.requireNonNull(nativeText) : classic;
    // There is nothing to compare with where babeltrace2 cannot choose the same records.
    boolean asBabeltrace2 = classic != null && selection.isAll() && hasStrings();
    boolean cycles = style.timestamps() == TimestampStyle.CYCLES;
    int partRecords = Math.clamp(OPEN_RECORDS / Math.max(1, streams.size()), 64, MOST_PART_RECORDS);
    LineOptions options = new LineOptions(selection, cycles, asBabeltrace2, false, partRecords);
    LossLines losses = losses();
    try (Progress progress = Progress.startWhilePrinting(console, "printing")) {
      SliceOutput output =
          new SliceOutput(
              console.stdout(), times(classic), losses, diagnostics, progress, totalBytes());
      try {
        if (!print(cuts, threads, limit, texts, classic, options, output)) {
          // Most traces have no empty string that matters; the others are begun again.
          output.restart(new RecycledStrings(startOrder()));
          print(cuts, threads, limit, texts, classic, options.andStrings(), output);
        }
      } finally {
        // What was readable before a fault is delivered.
        output.flush();
      }
    }
    losses.printUpTo(Long.MAX_VALUE);
    if (classic != null && classic.wroteNegativeTime()) {
      console
          .err()
          .println(
              "rideau: warning: times before the origin of the clock are ambiguous: the first one is"
                  + " printed in seconds, others as times of day; use --clock-seconds");
    }
  }

  private boolean print(
      SliceCuts cuts,
      int threads,
      long limit,
      RecordTextFactory texts,
      @Nullable ClassicText classic,
      LineOptions options,
      SliceOutput output) {
    SlicePrinter printer =
        new SlicePrinter(
            cuts, () -> new SliceText(streams, texts, times(classic), options), output);
    return limit == Long.MAX_VALUE ? printer.print(threads) : printer.printLimited(limit);
  }

  private static @Nullable LineTimes times(@Nullable ClassicText classic) {
    return classic == null ? null : classic.times();
  }

  /// Whether a record can have a string, which [RecycledStrings] is about.
  private boolean hasStrings() {
    for (DataStream stream : streams) {
      DataStreamClass streamClass = stream.dataStreamClass();
      if (hasStrings(streamClass.commonContext())) {
        return true;
      }
      for (EventClass eventClass : streamClass.eventClasses()) {
        if (hasStrings(eventClass.specificContext()) || hasStrings(eventClass.payload())) {
          return true;
        }
      }
    }
    return false;
  }

  private static boolean hasStrings(@Nullable FieldClass fieldClass) {
    return switch (fieldClass) {
      case null -> false;
      case FieldClass.Text _ -> true;
      case FieldClass.Structure structure ->
          structure.members().stream().anyMatch(member -> hasStrings(member.fieldClass()));
      case FieldClass.Optional optional -> hasStrings(optional.content());
      case FieldClass.Variant variant ->
          variant.options().stream().anyMatch(option -> hasStrings(option.fieldClass()));
      default -> false;
    };
  }

  private long totalBytes() {
    long bytes = 0;
    for (DataStream stream : streams) {
      bytes += stream.packets().totalBytes();
    }
    return bytes;
  }

  /// The streams by the paths of their files.
  private int[] startOrder() {
    return IntStream.range(0, streams.size())
        .boxed()
        .sorted(Comparator.comparing(stream -> firstPath(streams.get(stream))))
        .mapToInt(Integer::intValue)
        .toArray();
  }

  private static String firstPath(DataStream stream) {
    List<Path> files = stream.packets().files();
    return files.isEmpty() ? "" : files.getFirst().toString();
  }

  private LossLines losses() {
    TimestampStyle times =
        style.timestamps() == TimestampStyle.CYCLES ? TimestampStyle.CLOCK : style.timestamps();
    return new LossLines(
        console,
        streams,
        new TimestampText(times, style.zone()),
        selection.beginNs(),
        selection.endNs());
  }
}
