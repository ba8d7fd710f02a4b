package dev.rideau.kernel.internal.track;

import dev.rideau.kernel.FactBatch;
import dev.rideau.kernel.FactColumn;
import dev.rideau.kernel.FactTable;
import dev.rideau.kernel.FactType;
import dev.rideau.kernel.NameTable;
import dev.rideau.kernel.TextPool;
import dev.rideau.kernel.schema.CpuTables;
import dev.rideau.kernel.schema.NetworkTables;
import dev.rideau.kernel.schema.SyscallTables;
import dev.rideau.kernel.schema.ThreadTables;
import dev.rideau.kernel.schema.TimerTables;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Replaces references and symbols in rows by what they mean. Used by many threads at once.
public final class RowFinisher {
  private static final int STATE_THREAD = ThreadTables.THREAD_STATE.indexOf("utid");
  private static final int STATE_DETAIL = ThreadTables.THREAD_STATE.indexOf("detail");
  private static final int STATE_SYSCALL = ThreadTables.THREAD_STATE.indexOf("syscall");
  private static final int STATE_CONTEXT = ThreadTables.THREAD_STATE.indexOf("waker_context");
  private static final int WAKEUP_CONTEXT = ThreadTables.WAKEUP.indexOf("context");
  private static final int WAKEUP_THREAD = ThreadTables.WAKEUP.indexOf("utid");
  private static final int WAKEUP_LATENCY = ThreadTables.WAKEUP.indexOf("latency");
  private static final int WAKEUP_BLOCKED = ThreadTables.WAKEUP.indexOf("blocked");
  private static final int SLICE_THREAD = CpuTables.SCHED_SLICE.indexOf("utid");
  private static final int PACKET_CONTEXT = NetworkTables.NET_PACKET.indexOf("in_softirq");
  private static final int WAKEUP_CONTEXT_NAME = ThreadTables.WAKEUP.indexOf("context_name");

  private static final int TIMER_THREAD = TimerTables.TIMER.indexOf("utid");
  private static final int TIMER_CONTEXT = TimerTables.TIMER.indexOf("context");

  private static final int IO_KIND = SyscallTables.IO.indexOf("kind");
  private static final int IO_NAME = SyscallTables.IO.indexOf("name");

  private final DetailNames details;
  private final int[] contexts = new int[4];

  /// @param areCallsKnown whether it is known when threads are in system calls
  public RowFinisher(NameTable names, boolean areCallsKnown) {
    details = new DetailNames(names, areCallsKnown);
    contexts[Contexts.IN_THREAD] = names.id("thread");
    contexts[Contexts.IN_IRQ] = names.id("irq");
    contexts[Contexts.IN_SOFTIRQ] = names.id("softirq");
    contexts[Contexts.IN_TIMER] = names.id("timer");
  }

  /// Finishes the rows of a batch.
  public void finish(FactBatch batch, Resolution resolution) {
    FactTable table = batch.table();
    if (table.equals(ThreadTables.PROCESS)) {
      return;
    }
    if (resolution.isRecorded != null) {
      removePartial(batch, resolution);
    }
    if (table.equals(ThreadTables.THREAD_STATE)) {
      finishStates(batch, resolution);
    } else if (table.equals(ThreadTables.WAKEUP)) {
      finishWakeups(batch, resolution);
    } else if (table.equals(NetworkTables.NET_PACKET)) {
      finishPackets(batch, resolution);
    } else if (table.equals(TimerTables.TIMER)) {
      finishTimers(batch, resolution);
    } else if (table.equals(SyscallTables.IO)) {
      finishIo(batch, resolution.uses);
    }
    List<FactColumn> columns = table.columns();
    for (int column = 0; column < columns.size(); column++) {
      FactType type = columns.get(column).type();
      if (type == FactType.UTID) {
        replace(batch, column, resolution.utids);
      } else if (type == FactType.UPID) {
        replace(batch, column, resolution.upids);
      }
    }
  }

  /// Where only some threads were recorded, switches between others are missing: that another one
  /// ran, or waited, until its next record is not known.
  private static void removePartial(FactBatch batch, Resolution resolution) {
    FactTable table = batch.table();
    if (table.equals(ThreadTables.THREAD_STATE)) {
      batch.removeIf(STATE_THREAD, resolution::isPartial);
    } else if (table.equals(CpuTables.SCHED_SLICE)) {
      batch.removeIf(SLICE_THREAD, resolution::isPartial);
    } else if (table.equals(ThreadTables.WAKEUP)) {
      long[] threads = batch.longs(WAKEUP_THREAD);
      for (int row = 0; row < batch.size(); row++) {
        if (resolution.isPartial(threads[row])) {
          batch.setNull(WAKEUP_LATENCY, row);
          batch.setNull(WAKEUP_BLOCKED, row);
        }
      }
    }
  }

  private static void replace(FactBatch batch, int column, long[] ids) {
    long[] values = batch.longs(column);
    int size = batch.size();
    for (int row = 0; row < size; row++) {
      long ref = values[row];
      if (batch.isNull(column, row)) {
        continue;
      }
      long id = ref < 0 ? -1 : ids[(int) ref];
      if (id >= 0) {
        values[row] = id;
      } else {
        batch.setNull(column, row);
      }
    }
  }

  private void finishStates(FactBatch batch, Resolution resolution) {
    long[] threads = batch.longs(STATE_THREAD);
    long[] detailColumn = batch.longs(STATE_DETAIL);
    long[] syscalls = batch.longs(STATE_SYSCALL);
    long[] contextColumn = batch.longs(STATE_CONTEXT);
    int size = batch.size();
    for (int row = 0; row < size; row++) {
      long syscall = resolution.syscall(syscalls[row]);
      if (syscall >= 0) {
        syscalls[row] = syscall;
      } else {
        batch.setNull(STATE_SYSCALL, row);
      }
      boolean hasContext = !batch.isNull(STATE_CONTEXT, row);
      long context = hasContext ? resolution.context(contextColumn[row]) : Contexts.THREAD;
      boolean isBlocked = detailColumn[row] == Details.SLEEPS_UNINTERRUPTIBLY;
      int isKernel = resolution.isKernel(threads[row]);
      int detail = details.id((int) detailColumn[row], syscall, isKernel, context);
      if (detail >= 0) {
        detailColumn[row] = detail;
      } else {
        batch.setNull(STATE_DETAIL, row);
      }
      if (isBlocked) {
        batch.setNull(STATE_CONTEXT, row);
      } else if (hasContext) {
        contextColumn[row] = contexts[Contexts.kind(context)];
      }
    }
  }

  private static void finishPackets(FactBatch batch, Resolution resolution) {
    long[] contexts = batch.longs(PACKET_CONTEXT);
    int size = batch.size();
    for (int row = 0; row < size; row++) {
      int kind = Contexts.kind(resolution.context(contexts[row]));
      contexts[row] = kind == Contexts.IN_SOFTIRQ ? 1 : 0;
    }
  }

  /// What is armed in an interrupt is not armed by the thread below. An interrupt of timers arms
  /// the one anew whose function has just returned, before anything else is recorded.
  private void finishTimers(FactBatch batch, Resolution resolution) {
    long[] armedIn = batch.longs(TIMER_CONTEXT);
    int size = batch.size();
    for (int row = 0; row < size; row++) {
      if (batch.isNull(TIMER_CONTEXT, row)) {
        continue;
      }
      long context = resolution.context(armedIn[row]);
      int kind = Contexts.kind(context);
      if (kind == Contexts.IN_THREAD && (Contexts.marks(context) & Contexts.TIMER_RETURNED) != 0) {
        kind = Contexts.IN_TIMER;
      }
      armedIn[row] = contexts[kind];
      if (kind != Contexts.IN_THREAD) {
        batch.setNull(TIMER_THREAD, row);
      }
    }
  }

  /// A row names its descriptor by a use, or tells the kind itself as -1 - id.
  private void finishIo(FactBatch batch, @Nullable Uses uses) {
    long[] kinds = batch.longs(IO_KIND);
    int size = batch.size();
    // By use: the handle of its name in this batch; 0 not copied yet, -1 no name.
    long[] handles = new long[uses == null ? 0 : uses.size()];
    for (int row = 0; row < size; row++) {
      long kind = kinds[row];
      if (kind < 0 || uses == null) {
        kinds[row] = -1 - kind;
        continue;
      }
      int use = (int) (kind >>> 32);
      if (uses.kind(use) < 0) {
        kinds[row] = (int) kind;
        continue;
      }
      kinds[row] = uses.kind(use);
      long handle = handles[use];
      if (handle == 0) {
        long name = uses.name(use);
        int from = TextPool.offset(name);
        handle =
            name < 0 ? -1 : batch.addText(uses.texts().bytes(), from, from + TextPool.length(name));
        handles[use] = handle;
      }
      if (handle >= 0) {
        batch.set(IO_NAME, row, handle);
      } else {
        batch.setNull(IO_NAME, row);
      }
    }
  }

  private void finishWakeups(FactBatch batch, Resolution resolution) {
    long[] kinds = batch.longs(WAKEUP_CONTEXT);
    long[] names = batch.longs(WAKEUP_CONTEXT_NAME);
    int size = batch.size();
    for (int row = 0; row < size; row++) {
      long context = resolution.context(kinds[row]);
      int kind = Contexts.kind(context);
      kinds[row] = contexts[kind];
      if (kind == Contexts.IN_THREAD) {
        batch.setNull(WAKEUP_CONTEXT_NAME, row);
      } else {
        names[row] = Contexts.id(context);
      }
    }
  }
}
