package dev.rideau.kernel.internal.track.file;

import dev.rideau.kernel.internal.layout.ModelEvent;
import dev.rideau.kernel.internal.layout.NumberField;
import dev.rideau.kernel.internal.layout.RecordFields;
import dev.rideau.kernel.internal.layout.TextField;
import dev.rideau.kernel.internal.track.Core;
import dev.rideau.kernel.internal.track.Handlers;
import dev.rideau.kernel.internal.track.RecordHandler;
import dev.rideau.kernel.internal.track.Tracker;
import dev.rideau.kernel.internal.track.memory.BreakSteps;

/// Reads what happens to descriptors and address spaces outside system calls: forks, executions,
/// ends of threads, the state dump. Owner of the table `file_descriptor`.
public final class DescriptorTracker implements Tracker {
  private final Core core;
  private final DescriptorSteps descriptors;
  private final BreakSteps breaks;

  public DescriptorTracker(Core core, DescriptorSteps descriptors, BreakSteps breaks) {
    this.core = core;
    this.descriptors = descriptors;
    this.breaks = breaks;
  }

  @Override
  public void register(Handlers handlers) {
    handlers.on(ModelEvent.SCHED_PROCESS_FORK, this::fork, "parent_tid", "child_tid");
    handlers.on(ModelEvent.SCHED_PROCESS_EXEC, _ -> this::exec);
    if (descriptors.isWanted()) {
      handlers.on(ModelEvent.SCHED_PROCESS_EXIT, this::exit, "tid");
      handlers.on(ModelEvent.STATEDUMP_START, _ -> (_, ts, _) -> descriptors.dumpStarted(ts));
      handlers.on(ModelEvent.STATEDUMP_PROCESS_STATE, this::dumpTable, "tid", "file_table_address");
      handlers.on(
          ModelEvent.STATEDUMP_FILE_DESCRIPTOR,
          this::dump,
          "pid",
          "file_table_address",
          "fd",
          "flags",
          "filename");
    }
  }

  private RecordHandler fork(RecordFields fields) {
    NumberField parentTid = fields.number("parent_tid", -1);
    NumberField childTid = fields.number("child_tid", -1);
    return (row, ts, cpu) -> {
      int parent = core.threads().of(parentTid.intAt(row), cpu, ts);
      int child = core.threads().of(childTid.intAt(row), cpu, ts);
      if (child >= 0) {
        breaks.forked(child, parent, ts);
        if (descriptors.isWanted()) {
          descriptors.forked(child, parent, ts);
        }
      }
    };
  }

  /// The tracker of threads knows by now which thread it is.
  private void exec(int row, long ts, int cpu) {
    int thread = core.cpus().thread(cpu);
    breaks.executed(thread, ts);
    if (descriptors.isWanted()) {
      descriptors.executed(thread, ts);
    }
  }

  private RecordHandler exit(RecordFields fields) {
    NumberField tid = fields.number("tid", -1);
    return (row, ts, cpu) -> descriptors.exited(core.threads().of(tid.intAt(row), cpu, ts), ts);
  }

  private RecordHandler dumpTable(RecordFields fields) {
    NumberField tid = fields.number("tid", -1);
    NumberField address = fields.number("file_table_address", 0);
    return (row, ts, cpu) -> {
      if (address.isRecorded() && tid.intAt(row) > 0) {
        descriptors.dumpedTable(core.threads().of(tid.intAt(row), cpu, ts), address.at(row), ts);
      }
    };
  }

  private RecordHandler dump(RecordFields fields) {
    NumberField pid = fields.number("pid", -1);
    NumberField address = fields.number("file_table_address", 0);
    NumberField fd = fields.number("fd", -1);
    NumberField flags = fields.number("flags", 0);
    TextField name = fields.text("filename");
    return (row, ts, cpu) -> {
      int thread = pid.intAt(row) > 0 ? core.threads().of(pid.intAt(row), cpu, ts) : -1;
      descriptors.dumped(
          thread,
          address.at(row),
          fd.intAt(row),
          flags.at(row),
          name.bytes(),
          name.from(row),
          name.to(row),
          ts);
    };
  }
}
