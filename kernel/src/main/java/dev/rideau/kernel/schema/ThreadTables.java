package dev.rideau.kernel.schema;

import dev.rideau.kernel.FactTable;
import dev.rideau.kernel.FactType;
import dev.rideau.kernel.Unit;
import java.util.List;

/// Threads and processes: who they are and what state they are in.
public final class ThreadTables {
  public static final FactTable PROCESS =
      FactTable.named(
              "process",
              "A process: a group of threads that share memory. Kernel threads are processes "
                  + "of their own.")
          .column("upid", FactType.UPID, "Our id of the process, unique though pids are reused.")
          .column("pid", FactType.INT, "The kernel's id of the process (tgid).")
          .nullable(
              "parent_upid",
              FactType.UPID,
              "The process that forked it; none when the trace does not tell.")
          .column(
              "name",
              FactType.NAME,
              "Name of its main thread at the end; empty when the trace never tells it.")
          .nullable("path", FactType.TEXT, "File that it executed last, when that was recorded.")
          .nullable(
              "start_ts",
              FactType.TIMESTAMP,
              Unit.NANOSECONDS,
              "When it was forked; none when it is older than the recording.")
          .nullable(
              "end_ts",
              FactType.TIMESTAMP,
              Unit.NANOSECONDS,
              "When its last thread exited; none when it outlives the recording.")
          .nullable(
              "is_kernel",
              FactType.BOOLEAN,
              "Whether it is a kernel thread; none when the trace does not tell.")
          .nullable(
              "pid_ns",
              FactType.LONG,
              "Inode number of its pid namespace, from the state dump or its fork.")
          .nullable(
              "user_ns", FactType.LONG, "Inode number of its user namespace, from the state dump.")
          .nullable(
              "net_ns",
              FactType.LONG,
              "Inode number of its network namespace, from the state dump.")
          .nullable(
              "mnt_ns", FactType.LONG, "Inode number of its mount namespace, from the state dump.")
          .nullable(
              "cgroup_ns",
              FactType.LONG,
              "Inode number of its cgroup namespace, from the state dump.")
          .nullable("uid", FactType.INT, "User id, from the state dump or a context.")
          .build();

  public static final FactTable THREAD =
      FactTable.named(
              "thread", "A thread. Each CPU's idle thread is a thread of its own with tid 0.")
          .column("utid", FactType.UTID, "Our id of the thread, unique though tids are reused.")
          .column("tid", FactType.INT, "The kernel's id of the thread.")
          .column("upid", FactType.UPID, "Its process.")
          .column(
              "name",
              FactType.NAME,
              "Its name (comm) at the end; empty when the trace never tells it.")
          .nullable(
              "start_ts",
              FactType.TIMESTAMP,
              Unit.NANOSECONDS,
              "When it was forked; none when it is older than the recording.")
          .nullable(
              "end_ts",
              FactType.TIMESTAMP,
              Unit.NANOSECONDS,
              "When it exited; none when it outlives the recording.")
          .nullable(
              "is_kernel",
              FactType.BOOLEAN,
              "Whether it is a kernel thread; none when the trace does not tell.")
          .column("is_idle", FactType.BOOLEAN, "Whether it is the idle thread of a CPU.")
          .nullable(
              "priority",
              FactType.INT,
              "Its last known kernel priority: 0 to 99 real time (0 highest), 100 to 139 "
                  + "nice -20 to 19, as sched_switch shows it to the tracer.")
          .nullable("vtid", FactType.INT, "Its id in its own pid namespace, when recorded.")
          .nullable(
              "parent_utid",
              FactType.UTID,
              "The thread that forked it; none when the trace does not tell.")
          .build();

  public static final FactTable THREAD_NAME =
      FactTable.named("thread_name", "The name of a thread over time.")
          .interval("When the name began to hold.", "How long it held.")
          .column("utid", FactType.UTID, "The thread.")
          .column("name", FactType.NAME, "Its name (comm).")
          .build();

  public static final FactTable PROCESS_EXEC =
      FactTable.named("process_exec", "A successful execve.")
          .point("When it happened.")
          .column("utid", FactType.UTID, "The thread that did it.")
          .column("upid", FactType.UPID, "Its process.")
          .column("path", FactType.TEXT, "The file that was executed.")
          .build();

  public static final FactTable THREAD_STATE =
      FactTable.named(
              "thread_state",
              "What a thread was doing: for each thread its states follow one another without "
                  + "gap from its first mention to its end. Of idle threads only that they run is told.")
          .interval("When the state began.", "How long it lasted.")
          .column("utid", FactType.UTID, "The thread.")
          .column(
              "state",
              FactType.NAME,
              "`running`, `runnable`, `blocked`, `stopped`, `dead` or `unknown`.")
          .nullable(
              "detail",
              FactType.NAME,
              "Of running: `user`, `syscall`, `irq`, `softirq` or `kernel` (kernel threads, "
                  + "exceptions). Of runnable: `woken`, `preempted` or `new`. Of blocked, the "
                  + "cause: `syscall`, `disk`, `page fault`, `timer`, `futex`, `pipe`, `socket`, "
                  + "`poll`, `process` (waiting for a child) or `unknown`. `disk` and `page fault` only where "
                  + "a request to a disk had just been completed when the wait ended, and in calls "
                  + "like `fsync`; for reads and writes the view `thread_wait` tells more, by their "
                  + "descriptor.")
          .nullable("cpu", FactType.INT, "The CPU that it ran on; none when it did not run.")
          .nullable(
              "syscall",
              FactType.NAME,
              "The system call that it is inside, without prefix, when known.")
          .nullable(
              "is_uninterruptible",
              FactType.BOOLEAN,
              "Of blocked: whether signals could not wake it (D); none for other states.")
          .nullable(
              "waker_utid",
              FactType.UTID,
              "Of runnable after a wakeup: the thread that was running where the wakeup was "
                  + "issued.")
          .nullable(
              "waker_context",
              FactType.NAME,
              "Of runnable after a wakeup: `thread`, `irq`, `softirq` or `timer`, the "
                  + "context that issued it.")
          .build();

  public static final FactTable WAKEUP =
      FactTable.named("wakeup", "A wakeup of a thread, as issued by the waker.")
          .point(
              "When the waker issued it (sched_waking, or sched_wakeup where that is all "
                  + "there is).")
          .column("utid", FactType.UTID, "The thread that was woken.")
          .column("cpu", FactType.INT, "The CPU on which the waker ran.")
          .nullable("waker_utid", FactType.UTID, "The thread that ran on that CPU.")
          .column(
              "context",
              FactType.NAME,
              "What issued it on top of that thread: `thread`, `irq`, `softirq` or `timer`.")
          .nullable(
              "context_name", FactType.NAME, "Name of the interrupt or softirq that issued it.")
          .nullable("target_cpu", FactType.INT, "The CPU chosen for the woken thread.")
          .column("is_new", FactType.BOOLEAN, "Whether it was the first wakeup of a forked thread.")
          .nullable(
              "latency",
              FactType.DURATION,
              Unit.NANOSECONDS,
              "Until the thread ran; none when it was running already or never ran in the "
                  + "recording.")
          .nullable(
              "blocked",
              FactType.DURATION,
              Unit.NANOSECONDS,
              "How long it had been blocked; none when that is not known.")
          .build();

  public static final FactTable MIGRATION =
      FactTable.named("migration", "A thread was moved to another CPU.")
          .point("When it was moved.")
          .column("utid", FactType.UTID, "The thread.")
          .column("from_cpu", FactType.INT, "The CPU it came from.")
          .column("to_cpu", FactType.INT, "The CPU it was moved to.")
          .build();

  public static final FactTable PRIORITY_CHANGE =
      FactTable.named(
              "priority_change",
              "A thread got another priority by inheritance or by a system call.")
          .point("When it was changed.")
          .column("utid", FactType.UTID, "The thread.")
          .column("old_priority", FactType.INT, "The priority before.")
          .column("new_priority", FactType.INT, "The priority from now on.")
          .build();

  /// All of the above.
  public static final List<FactTable> ALL =
      List.of(
          PROCESS,
          THREAD,
          THREAD_NAME,
          PROCESS_EXEC,
          THREAD_STATE,
          WAKEUP,
          MIGRATION,
          PRIORITY_CHANGE);

  private ThreadTables() {}
}
