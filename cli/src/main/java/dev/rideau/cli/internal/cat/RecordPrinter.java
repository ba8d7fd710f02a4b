package dev.rideau.cli.internal.cat;

import dev.rideau.cli.internal.Console;
import dev.rideau.cli.internal.LossLines;
import dev.rideau.cli.internal.Progress;
import dev.rideau.cli.internal.Selection;
import dev.rideau.cli.internal.text.ClassicStyle;
import dev.rideau.cli.internal.text.ClassicText;
import dev.rideau.cli.internal.text.JsonText;
import dev.rideau.cli.internal.text.RecordTextFactory;
import dev.rideau.cli.internal.text.TimestampStyle;
import dev.rideau.cli.internal.text.TimestampText;
import dev.rideau.trace.DataStream;
import dev.rideau.trace.DiagnosticSink;
import dev.rideau.trace.Merger;
import dev.rideau.trace.Trace;
import java.util.List;

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
    LineOutput output;
    if (json) {
      texts = new JsonText(Trace::name, DataStream::number);
      output = new LineOutput(console.stdout(), null);
    } else {
      ClassicText classic = new ClassicText(style, Trace::name);
      texts = classic;
      output = new LineOutput(console.stdout(), withDelta() ? classic.deltaText() : null);
    }
    LossLines losses = losses();
    int threads = Math.max(1, Runtime.getRuntime().availableProcessors());
    boolean cycles = style.timestamps() == TimestampStyle.CYCLES;
    try (ParallelText text =
            new ParallelText(streams, texts, selection, diagnostics, cycles, threads);
        Progress progress = Progress.startWhilePrinting(console, "printing")) {
      merge(text, output, losses, progress, limit);
    } finally {
      // What was readable before a fault is delivered.
      output.flush();
    }
    losses.printUpTo(Long.MAX_VALUE);
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
      int to = (int) Math.min(merger.to(), from + left);
      long lastNs = run.timestampsNs()[to - 1];
      if (lastNs >= nextLossNs) {
        losses.printUpTo(lastNs);
        nextLossNs = losses.nextNs();
      }
      output.write(run, from, to);
      left -= to - from;
      if ((++runs & 255) == 0) {
        progress.update(text.startedBytes(), totalBytes);
      }
    }
  }
}
