package dev.rideau.perf.internal.flame;

import dev.rideau.trace.EventClass;
import dev.rideau.trace.SampledTrace.SampleSink;
import dev.rideau.trace.StackFrame;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Samples as a table in CSV, one row for each frame, for databases to read.
public final class FrameRows implements SampleSink {
  private static final String HEAD =
      "sample,ts,event,pid,tid,comm,period,depth,symbol,file,address,kernel\n";

  private final Appendable out;
  private long samples;

  /// Writes the names of the columns.
  public FrameRows(Appendable out) throws IOException {
    this.out = out;
    out.append(HEAD);
  }

  /// How many samples were written.
  public long samples() {
    return samples;
  }

  @Override
  public void take(
      long timestampNs,
      EventClass eventClass,
      int cpu,
      int pid,
      int tid,
      String comm,
      long period,
      List<StackFrame> frames) {
    String head =
        "%d,%d,%s,%d,%d,%s,%d,"
            .formatted(
                samples++,
                timestampNs,
                quoted(eventClass.displayName()),
                pid,
                tid,
                quoted(comm),
                period);
    try {
      for (int depth = 0; depth < frames.size(); depth++) {
        StackFrame frame = frames.get(depth);
        out.append(head).append(Integer.toString(depth)).append(',');
        out.append(quoted(frame.function())).append(',').append(quoted(frame.module()));
        out.append(",0x").append(Long.toHexString(frame.address()));
        out.append(frame.inKernel() ? ",true\n" : ",false\n");
      }
    } catch (IOException failure) {
      throw new UncheckedIOException(failure);
    }
  }

  /// Empty for what is not known.
  private static String quoted(@Nullable String text) {
    return text == null ? "" : '"' + text.replace("\"", "\"\"") + '"';
  }
}
