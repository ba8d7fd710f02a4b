package dev.rideau.kernel.internal.stack;

import dev.rideau.kernel.FactBatch;
import dev.rideau.kernel.FactSink;
import dev.rideau.kernel.FactTable;
import dev.rideau.kernel.NameTable;
import dev.rideau.kernel.schema.StackTables;
import dev.rideau.trace.EventClass;
import dev.rideau.trace.SampledTrace;
import dev.rideau.trace.StackFrame;
import dev.rideau.trace.Trace;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// Writes samples and the calls that led to them. Used by one thread.
///
/// Rows need nothing of what others know, so full batches go to the sink at once. Faults in the
/// data are told by who counts the records.
public final class StackExtraction {
  private static final int UNKNOWN = -1;

  private final FactSink sink;
  private final NameTable names;

  /// Ids of names, in front of the table that all threads share.
  private final Map<String, Integer> ids = new HashMap<>();

  private final @Nullable FactBatch samples;
  private final @Nullable FactBatch frames;
  private long nextSample;

  /// @param idBase the first id of a sample
  public StackExtraction(Set<FactTable> wanted, NameTable names, FactSink sink, long idBase) {
    this.sink = sink;
    this.names = names;
    nextSample = idBase;
    samples =
        wanted.contains(StackTables.STACK_SAMPLE)
            ? new FactBatch(StackTables.STACK_SAMPLE, names)
            : null;
    frames = wanted.contains(StackTables.FRAME) ? new FactBatch(StackTables.FRAME, names) : null;
  }

  /// Writes those of all traces.
  public void run(List<Trace> traces) {
    for (Trace trace : traces) {
      if (trace instanceof SampledTrace sampled) {
        sampled.readSamples(this::take, _ -> {});
      }
    }
    flush(samples);
    flush(frames);
  }

  private void take(
      long timestampNs,
      EventClass eventClass,
      int cpu,
      int pid,
      int tid,
      String comm,
      long period,
      List<StackFrame> stack) {
    long sample = nextSample++;
    if (samples != null) {
      samples.put(timestampNs).put(sample).put(id(eventClass.displayName()));
      samples.putOrNull(cpu, UNKNOWN).putOrNull(pid, UNKNOWN).putOrNull(tid, UNKNOWN);
      putName(samples, comm.isEmpty() ? null : comm);
      samples.put(period).put(stack.size()).end();
      sendIfFull(samples);
    }
    if (frames != null) {
      for (int depth = 0; depth < stack.size(); depth++) {
        putFrame(frames, sample, depth, stack.get(depth));
      }
    }
  }

  private void putFrame(FactBatch row, long sample, int depth, StackFrame frame) {
    row.put(sample).put(depth);
    putName(row, frame.function());
    if (frame.function() == null) {
      row.putNull();
    } else {
      row.put(frame.offset());
    }
    putName(row, frame.module());
    row.put(frame.address()).put(frame.inKernel()).end();
    sendIfFull(row);
  }

  private void putName(FactBatch row, @Nullable String name) {
    if (name == null) {
      row.putNull();
    } else {
      row.put(id(name));
    }
  }

  private int id(String name) {
    return ids.computeIfAbsent(name, names::id);
  }

  private void sendIfFull(FactBatch batch) {
    if (batch.isFull()) {
      flush(batch);
    }
  }

  private void flush(@Nullable FactBatch batch) {
    if (batch != null && batch.size() > 0) {
      sink.accept(batch);
      batch.clear();
    }
  }
}
