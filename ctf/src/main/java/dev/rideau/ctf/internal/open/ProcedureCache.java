package dev.rideau.ctf.internal.open;

import dev.rideau.ctf.internal.decode.StreamProcedures;
import dev.rideau.trace.DataStreamClass;
import dev.rideau.trace.Projection;
import dev.rideau.trace.TraceClass;
import java.util.ArrayList;
import java.util.List;

/// Remembers the decode procedures made last, because streams of one class and cursors over parts
/// of one stream are nearly always opened with the same projection. Thread-safe.
final class ProcedureCache {
  private static final int MOST_OF_A_CLASS = 4;

  private final TraceClass traceClass;
  private final List<List<Entry>> byClass = new ArrayList<>();

  private record Entry(Projection projection, StreamProcedures procedures) {}

  ProcedureCache(TraceClass traceClass) {
    this.traceClass = traceClass;
    for (int i = 0; i < traceClass.dataStreamClasses().size(); i++) {
      byClass.add(new ArrayList<>());
    }
  }

  /// The procedures for a class under a projection; the same object for the same projection.
  synchronized StreamProcedures of(DataStreamClass dataStreamClass, Projection projection) {
    List<Entry> entries = byClass.get(dataStreamClass.ordinal());
    for (Entry entry : entries) {
      if (entry.projection.equals(projection)) {
        return entry.procedures;
      }
    }
    StreamProcedures made = new StreamProcedures(traceClass, dataStreamClass, projection);
    if (entries.size() == MOST_OF_A_CLASS) {
      entries.removeFirst();
    }
    entries.add(new Entry(projection, made));
    return made;
  }
}
