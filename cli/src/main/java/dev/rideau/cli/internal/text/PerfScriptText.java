package dev.rideau.cli.internal.text;

import dev.rideau.ftrace.TextBytes;
import dev.rideau.perf.PerfScript;
import dev.rideau.trace.DataStream;
import dev.rideau.trace.Projection;
import dev.rideau.trace.RecordBlock;
import dev.rideau.trace.Trace;
import java.util.List;
import java.util.concurrent.ConcurrentHashMap;

/// Lines in the form of `perf script`. Records that are no samples have none, as there.
public final class PerfScriptText implements RecordTextFactory {
  private final ConcurrentHashMap<Trace, PerfScript> scripts = new ConcurrentHashMap<>();

  /// Whether all records can be written this way.
  public static boolean suits(List<DataStream> streams) {
    return !streams.isEmpty()
        && streams.stream().allMatch(stream -> PerfScript.suits(stream.trace()));
  }

  @Override
  public Projection projection(DataStream stream) {
    return PerfScript.projection(stream.trace());
  }

  @Override
  public RecordText open(DataStream stream) {
    return new Records(scripts.computeIfAbsent(stream.trace(), PerfScript::of).printer());
  }

  private static final class Records implements RecordText {
    private final PerfScript.Printer printer;
    private final TextBytes lent = new TextBytes();

    Records(PerfScript.Printer printer) {
      this.printer = printer;
    }

    @Override
    public void enter(RecordBlock block) {}

    @Override
    public void put(LineTexts out, RecordBlock block, int from, int to) {
      int line = out.addLines(block, from, to);
      int[] starts = out.starts();
      int[] ends = out.ends();
      TextBytes text = lent;
      out.text().lendTo(text);
      for (int record = from; record < to; record++, line++) {
        starts[line] = text.size();
        printer.print(block, record, text);
        ends[line] = text.size();
      }
      out.text().takeBack(text);
    }

    @Override
    public void skip(RecordBlock block, int from, int to) {}
  }
}
