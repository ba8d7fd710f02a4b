package dev.rideau.kernel.internal.track.memory;

import dev.rideau.kernel.FactBatch;
import dev.rideau.kernel.internal.people.People;
import dev.rideau.kernel.internal.track.Core;
import dev.rideau.kernel.internal.track.Sequence;
import dev.rideau.kernel.internal.track.Step;
import dev.rideau.kernel.internal.track.TableRows;
import dev.rideau.kernel.schema.MemoryTables;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/// Ends of the data segments of processes, in the order of time: a brk tells the new one only, so
/// that its growth depends on the call before, of whatever thread.
public final class BreakSteps extends Sequence {
  /// `thread` called `syscall` at `b`, asked for `c` and got `d`; `a` is `clipped`.
  private static final int CALL = 0;

  /// `thread` is a copy of `other`.
  private static final int FORK = 1;

  /// `thread` has a new address space.
  private static final int EXEC = 2;

  private static final long UNKNOWN_BREAK = -1;

  private final @Nullable People people;
  private final TableRows rows;
  private final Step next = new Step();
  private long[] byProcess = new long[0];
  private long recordingNs = Long.MIN_VALUE;

  /// @param people in the join: all threads
  public BreakSteps(Core core, @Nullable People people) {
    super(core);
    this.people = people;
    rows = core.rows(MemoryTables.MEMORY_MAPPING);
  }

  /// A brk returned.
  ///
  /// @param asked the end that was asked for; anything not above 0 only asks where it is
  public void called(
      long ts, long endNs, int clipped, int thread, int name, long asked, long result) {
    next.begin(CALL, endNs, 0);
    next.thread = thread;
    next.syscall = name;
    next.a = clipped;
    next.b = ts;
    next.c = asked;
    next.d = result;
    feed(next);
  }

  /// A thread was forked.
  public void forked(int child, int parent, long ts) {
    next.begin(FORK, ts, 0);
    next.thread = child;
    next.other = parent;
    feed(next);
  }

  /// A thread executes another program.
  public void executed(int thread, long ts) {
    next.begin(EXEC, ts, 0);
    next.thread = thread;
    feed(next);
  }

  @Override
  protected void step(Step step) {
    if (people == null || step.thread < 0) {
      return;
    }
    if (core.recordings().begin(step.ts) != recordingNs) {
      recordingNs = core.recordings().begin(step.ts);
      Arrays.fill(byProcess, UNKNOWN_BREAK);
    }
    int process = processOf(people, step.thread);
    switch (step.kind) {
      case CALL -> {
        long before = byProcess[process];
        byProcess[process] = step.d;
        boolean isChange = before == UNKNOWN_BREAK || before != step.d;
        if (step.c > 0 && isChange) {
          FactBatch row = rows.next();
          row.put(step.b).put(step.ts - step.b).put(step.a).put(step.thread).put(step.syscall);
          row.put(step.d);
          if (before == UNKNOWN_BREAK) {
            row.putNull();
          } else {
            row.put(step.d - before);
          }
          row.putNull().end();
        }
      }
      case FORK -> {
        if (step.other >= 0) {
          int parent = processOf(people, step.other);
          byProcess[process] = byProcess[parent];
        }
      }
      default -> byProcess[process] = UNKNOWN_BREAK;
    }
  }

  private int processOf(People all, int thread) {
    int process = all.person(thread).family().index();
    int known = byProcess.length;
    if (process >= known) {
      byProcess = Arrays.copyOf(byProcess, Math.max(process + 1, known * 2));
      Arrays.fill(byProcess, known, byProcess.length, UNKNOWN_BREAK);
    }
    return process;
  }
}
