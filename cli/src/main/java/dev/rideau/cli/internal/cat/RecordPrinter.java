package dev.rideau.cli.internal.cat;

import dev.rideau.cli.internal.Console;
import dev.rideau.cli.internal.LossLines;
import dev.rideau.cli.internal.Progress;
import dev.rideau.cli.internal.Selection;
import dev.rideau.cli.internal.text.ClassicStyle;
import dev.rideau.cli.internal.text.ClassicText;
import dev.rideau.cli.internal.text.DeltaText;
import dev.rideau.cli.internal.text.JsonText;
import dev.rideau.cli.internal.text.RecordTextFactory;
import dev.rideau.cli.internal.text.TimestampStyle;
import dev.rideau.cli.internal.text.TimestampText;
import dev.rideau.trace.DataStream;
import dev.rideau.trace.DiagnosticSink;
import dev.rideau.trace.Merger;
import dev.rideau.trace.Trace;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.stream.IntStream;

/// Prints records of data streams on standard output, and what was lost on standard error.
public final class RecordPrinter {
  private final Console console;
  private final List<DataStream> streams;
  private final Selection selection;
  private final ClassicStyle style;

  /// @param streams in the order that decides ties
  public RecordPrinter(
      Console console, List<DataStream> streams, Selection selection, ClassicStyle style) {
    this.console = console;
    this.streams = streams;
    this.selection = selection;
    this.style = style;
  }

  /// Prints up to `limit` records.
  public void print(boolean json, long limit, DiagnosticSink diagnostics) {
    RecordTextFactory texts;
    DeltaText deltas = null;
    if (json) {
      texts = new JsonText(Trace::name, DataStream::number);
    } else {
      ClassicText classic = new ClassicText(style, Trace::name);
      texts = classic;
      deltas = withDelta() ? classic.deltaText() : null;
    }
    // There is nothing to compare with where babeltrace2 cannot choose the same records.
    boolean asBabeltrace2 = !json && selection.isAll();
    boolean cycles = style.timestamps() == TimestampStyle.CYCLES;
    int threads = Math.max(1, Runtime.getRuntime().availableProcessors());
    LossLines losses = losses();
    try (ParallelText text =
            new ParallelText(
                streams, texts, selection, diagnostics, cycles, asBabeltrace2, threads);
        Progress progress = Progress.startWhilePrinting(console, "printing")) {
      RecycledStrings recycled = null;
      if (asBabeltrace2) {
        recycled = new RecycledStrings(text.sources(), startOrder());
        text.beforeRecycling(recycled::forget);
      }
      LineOutput output = new LineOutput(console.stdout(), deltas, recycled);
      try {
        merge(text, output, losses, progress, limit);
      } finally {
        // What was readable before a fault is delivered.
        output.flush();
      }
    }
    losses.printUpTo(Long.MAX_VALUE);
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

  private boolean withDelta() {
    return style.withDelta()
        && streams.stream().anyMatch(stream -> stream.dataStreamClass().defaultClock() != null);
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

  private void merge(
      ParallelText text, LineOutput output, LossLines losses, Progress progress, long limit) {
    long totalBytes = 0;
    for (DataStream stream : streams) {
      totalBytes += stream.packets().totalBytes();
    }
    Merger<TextRun> merger = new Merger<>(text.sources());
    long left = limit;
    long nextLossNs = losses.nextNs();
    int runs = 0;
    while (left > 0 && merger.advance()) {
      TextRun run = merger.block();
      int from = merger.from();
      int to = merger.to();
      if (limit != Long.MAX_VALUE) {
        to = limited(run, from, to, left);
        left -= lines(run, from, to);
      }
      long lastNs = run.timestampsNs()[to - 1];
      if (lastNs >= nextLossNs) {
        losses.printUpTo(lastNs);
        nextLossNs = losses.nextNs();
      }
      output.write(merger.source(), run, from, to);
      if ((++runs & 255) == 0) {
        progress.update(text.startedBytes(), totalBytes);
      }
    }
  }

  /// The end of the first `left` lines of a part of a run.
  private static int limited(TextRun run, int from, int to, long left) {
    int line = from;
    for (long lines = 0; line < to && lines < left; line++) {
      lines += run.isMark(line) ? 0 : 1;
    }
    return line;
  }

  private static int lines(TextRun run, int from, int to) {
    int lines = 0;
    for (int line = from; line < to; line++) {
      lines += run.isMark(line) ? 0 : 1;
    }
    return lines;
  }
}
