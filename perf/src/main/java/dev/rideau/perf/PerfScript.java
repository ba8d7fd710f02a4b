package dev.rideau.perf;

import dev.rideau.ftrace.PrintFormat;
import dev.rideau.ftrace.TextBytes;
import dev.rideau.perf.internal.open.PerfTrace;
import dev.rideau.perf.internal.symbol.MappingReader;
import dev.rideau.perf.internal.symbol.Symbolizer;
import dev.rideau.perf.internal.text.ScriptPrinter;
import dev.rideau.trace.Projection;
import dev.rideau.trace.RecordBlock;
import dev.rideau.trace.Trace;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// The text of `perf script` for the samples of a trace. Thread-safe; symbols are read when the
/// first address is printed.
public final class PerfScript {
  private final PerfTrace trace;
  private final List<@Nullable PrintFormat> formats;
  private @Nullable Symbolizer symbolizer;

  private PerfScript(PerfTrace trace) {
    this.trace = trace;
    formats = ScriptPrinter.formats(trace);
  }

  /// Whether a trace has this text: it was recorded by perf.
  public static boolean suits(Trace trace) {
    return trace instanceof PerfTrace;
  }

  /// The text of a trace that suits.
  public static PerfScript of(Trace trace) {
    return new PerfScript((PerfTrace) trace);
  }

  /// The records of a trace that suits which have a text, with the fields that it shows.
  public static Projection projection(Trace trace) {
    return ScriptPrinter.projection((PerfTrace) trace);
  }

  /// Prints records. For one thread.
  public interface Printer {
    /// Appends the text of a record of a block with the columns of [#projection], with a line feed
    /// at its end. Records that are no samples have no text.
    void print(RecordBlock block, int record, TextBytes out);
  }

  /// A printer for one thread.
  public Printer printer() {
    return new ScriptPrinter(trace, this::symbolizer, formats);
  }

  private synchronized Symbolizer symbolizer() {
    Symbolizer known = symbolizer;
    if (known == null) {
      known = MappingReader.symbolizer(trace);
      symbolizer = known;
    }
    return known;
  }
}
