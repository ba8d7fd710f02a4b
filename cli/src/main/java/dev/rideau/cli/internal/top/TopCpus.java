package dev.rideau.cli.internal.top;

import dev.rideau.trace.Batch;
import dev.rideau.trace.LongColumn;
import dev.rideau.trace.RecordBlock;
import dev.rideau.trace.StructColumn;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// What runs on the CPUs of a machine. perf does not tell the CPU of each record: then all that is
/// known is that a thread runs somewhere.
final class TopCpus {
  /// The task on a CPU.
  static final class Cpu {
    long tid = -1;
    long sinceNs;

    /// When a record told last that the task is there.
    long seenNs;

    long irqSinceNs;

    /// Interrupts within each other, the outermost is 1.
    int irqDepth;

    /// Whether a record told what happened on it: state that a tracer writes down at the begin is
    /// of none.
    boolean isSeen;

    long idleNs;
    long irqNs;
  }

  private final Map<Long, Cpu> byNumber = new HashMap<>();

  /// What threads are on whose CPU no record told, by tid.
  private final Map<Long, Cpu> byTid = new HashMap<>();

  /// The CPU of a block, or null where it does not tell.
  @Nullable Cpu of(RecordBlock block) {
    StructColumn context = block.packetContext();
    if (context != null && context.member("cpu_id") instanceof LongColumn column) {
      return column.isValid(0) ? byNumber.computeIfAbsent(column.value(0), _ -> new Cpu()) : null;
    }
    return byNumber.computeIfAbsent(block.stream().number(), _ -> new Cpu());
  }

  /// The unknown CPU that the thread of a record is on.
  Cpu unknown(Batch batch, int row) {
    return byTid.computeIfAbsent(TopFields.ownTid(batch, row), _ -> new Cpu());
  }

  /// How many CPUs are known.
  int known() {
    return (int) byNumber.values().stream().filter(cpu -> cpu.isSeen).count();
  }

  /// The known and the unknown ones.
  List<Cpu> all() {
    List<Cpu> all = new ArrayList<>(byNumber.values());
    all.addAll(byTid.values());
    return all;
  }
}
