package dev.rideau.kernel;

import java.util.Random;

/// Writes random traces that contradict themselves freely: threads run on two CPUs at once, leave
/// what they did not enter, are freed and come back. Half of them tell which thread makes a record,
/// which often is not the one that was switched in. Only time does not go back.
final class RandomKernelTrace {
  static final long BEGIN_NS = 1_000;
  static final long LENGTH_NS = 4_000;

  private static final int CPUS = 3;
  private static final int TIDS = 7;

  private final Random random;
  private final StringBuilder text = new StringBuilder();

  /// Who makes the record.
  private int own;

  private RandomKernelTrace(Random random) {
    this.random = random;
  }

  static String write(Random random) {
    RandomKernelTrace trace = new RandomKernelTrace(random);
    int count = random.nextInt(200);
    int strangers = random.nextInt(10) - 4;
    long ts = BEGIN_NS;
    int[] running = new int[CPUS];
    for (int i = 0; i < count; i++) {
      ts += random.nextInt(5) == 0 ? 0 : random.nextLong(2 * LENGTH_NS / count + 1);
      int cpu = random.nextInt(CPUS);
      if (random.nextInt(10) < strangers) {
        running[cpu] = trace.tid() - 1;
      }
      trace.text.append(ts).append(' ').append(cpu).append(' ');
      trace.own = running[cpu];
      trace.record();
      if (strangers >= 0) {
        trace.line(" context.tid=%d", running[cpu]);
        running[cpu] = trace.own;
      }
      trace.text.append('\n');
    }
    for (int i = random.nextInt(4) - 1; i > 0; i--) {
      long begin = BEGIN_NS + random.nextLong(LENGTH_NS);
      trace.line(
          "lost %d %d %d %d\n",
          random.nextInt(CPUS), 1 + random.nextInt(9), begin, begin + random.nextLong(300));
    }
    // A recording of other events only.
    return random.nextInt(4) == 0
        ? trace.text.toString().replaceAll("(?m)^.* sched_switch .*\n", "")
        : trace.text.toString();
  }

  private void record() {
    switch (random.nextInt(57)) {
      case 0, 1, 2, 3, 4 -> {
        int previous = random.nextInt(3) == 0 ? tid() : Math.max(0, own);
        own = tid();
        line(
            "sched_switch prev_comm=%s prev_tid=%d prev_prio=20 prev_state=%d next_comm=%s next_tid=%d next_prio=%d",
            comm(), previous, state(), comm(), own, random.nextInt(40));
      }
      case 5, 6 -> line("sched_waking comm=%s tid=%d prio=20 target_cpu=%d", comm(), tid(), cpu());
      case 7 -> line("sched_wakeup comm=%s tid=%d prio=20 target_cpu=%d", comm(), tid(), cpu());
      case 8 -> line("sched_wakeup_new comm=%s tid=%d prio=20 target_cpu=%d", comm(), tid(), cpu());
      case 9, 10 -> line("syscall_entry_%s fd=%d", call(), random.nextInt(9));
      case 11, 12 -> line("syscall_exit_%s ret=%d", call(), random.nextInt(9) - 4);
      case 13 -> line("irq_handler_entry irq=%d name=dev%d", random.nextInt(2), random.nextInt(2));
      case 14 -> line("irq_handler_exit irq=%d ret=1", random.nextInt(2));
      case 15 -> line("irq_softirq_raise vec=%d", random.nextInt(3));
      case 16 -> line("irq_softirq_entry vec=%d", random.nextInt(3));
      case 17 -> line("irq_softirq_exit vec=%d", random.nextInt(3));
      case 18 -> line("timer_hrtimer_expire_entry hrtimer=%d now=0 function=9", random.nextInt(3));
      case 19 -> line("timer_hrtimer_expire_exit hrtimer=%d", random.nextInt(3));
      case 20 -> line("power_cpu_idle state=%d cpu_id=%d", random.nextInt(4) - 1, cpu());
      case 21 -> line("power_cpu_frequency state=%d cpu_id=%d", random.nextInt(4), cpu());
      case 22 -> {
        int child = tid();
        if (random.nextInt(3) == 0) {
          // The kernel says so right before, and nothing happens to the child meanwhile.
          line(
              "task_newtask pid=%d comm=%s clone_flags=%d", child, comm(), random.nextInt(2) << 16);
        }
        line(
            "sched_process_fork parent_comm=%s parent_tid=%d child_comm=%s child_tid=%d child_pid=%d child_ns_inum=7",
            comm(), tid(), comm(), child, random.nextBoolean() ? child : tid() - 1);
      }
      case 23 ->
          line(
              "sched_process_exec filename=/bin/%s tid=%d old_tid=%d",
              comm(), tid(), random.nextBoolean() ? tid() : Math.max(0, own));
      case 24 -> line("sched_process_exit comm=%s tid=%d prio=20", comm(), tid());
      case 25 -> line("sched_process_free comm=%s tid=%d prio=20", comm(), tid());
      case 26 ->
          line(
              "lttng_statedump_process_state tid=%d pid=%d ppid=%d name=%s type=%d status=%d file_table_address=%d",
              tid(), tid(), tid(), comm(), random.nextInt(2), random.nextInt(7), random.nextInt(4));
      case 27 ->
          line("sched_migrate_task comm=%s tid=%d prio=20 orig_cpu=0 dest_cpu=1", comm(), tid());
      case 28 ->
          line(
              "sched_pi_setprio comm=%s tid=%d oldprio=20 newprio=%d",
              comm(), tid(), random.nextInt(40));
      case 29, 30, 31, 32 -> blockRecord();
      case 33, 34, 35 -> timerRecord();
      case 36 -> line("kmem_mm_page_alloc page=1 pfn=%d order=%d", random.nextInt(9), tid());
      case 37 -> {
        if (random.nextBoolean()) {
          line("mm_vmscan_direct_reclaim_begin order=%d", random.nextInt(3));
        } else {
          line("mm_vmscan_direct_reclaim_end nr_reclaimed=%d", random.nextInt(9));
        }
      }
      case 56 -> line("kmem_mm_page_free page=1 pfn=%d order=%d", random.nextInt(9), tid());
      case 38 -> line("kmem_mm_page_free_batched page=1 pfn=%d", random.nextInt(9));
      case 39, 40 ->
          line(
              "signal_generate sig=%d errno=0 code=1 comm=%s pid=%d group=1 result=%d",
              1 + random.nextInt(2), comm(), tid(), random.nextInt(3) / 2);
      case 41 -> line("signal_deliver sig=%d errno=0 code=1", 1 + random.nextInt(2));
      case 42 -> line("workqueue_queue_work work=%d function=9", random.nextInt(2));
      case 43 ->
          line(
              "workqueue_execute_%s work=%d function=9",
              random.nextBoolean() ? "start" : "end", random.nextInt(2));
      case 44 -> line("net_dev_queue skbaddr=%d len=60 name=lo", random.nextInt(3));
      case 45, 46, 47, 48, 49, 50 -> fileRecord();
      case 51 ->
          line(
              "task_newtask pid=%d comm=%s clone_flags=%d", tid(), comm(), random.nextInt(2) << 16);
      case 52 -> line("PERF_RECORD_FORK pid=%d ppid=%d tid=%d ptid=%d", tid(), tid(), tid(), tid());
      case 53 -> line("PERF_RECORD_COMM pid=%d tid=%d comm=%s", tid(), tid(), comm());
      case 54 -> line("PERF_RECORD_EXIT pid=%d tid=%d", tid(), tid());
      default -> line("lttng_statedump_end");
    }
  }

  private void blockRecord() {
    String event =
        new String[] {
              "bio_queue",
              "getrq",
              "bio_backmerge",
              "bio_frontmerge",
              "rq_merge",
              "rq_insert",
              "rq_issue",
              "rq_requeue",
              "rq_complete",
              "rq_complete"
            }
            [random.nextInt(10)];
    line(
        "block_%s dev=8388608 sector=%d nr_sector=%d bytes=512 rwbs=%d error=0",
        event, random.nextInt(6), random.nextInt(3), 1 << random.nextInt(4));
  }

  private void timerRecord() {
    String event =
        new String[] {"start", "cancel", "expire_entry", "expire_exit"}[random.nextInt(4)];
    String kind = random.nextBoolean() ? "hrtimer" : "timer";
    line(
        "timer_%s%s %s=%d function=9 expires=%d softexpires=%d now=%d",
        kind.equals("timer") ? "" : "hrtimer_",
        event,
        kind,
        random.nextInt(2),
        random.nextInt(99),
        random.nextInt(99),
        random.nextInt(99));
  }

  private void fileRecord() {
    switch (random.nextInt(14)) {
      case 0 ->
          line(
              "lttng_statedump_file_descriptor file_table_address=%d fd=%d flags=%d filename=/%s",
              random.nextInt(4), fd(), flags(), comm());
      case 1 -> line("lttng_statedump_start");
      case 2, 3 -> line("syscall_entry_openat dfd=-100 filename=/%s flags=%d", comm(), flags());
      case 4, 5 ->
          line("syscall_exit_%s ret=%d id=%d", fileCall(), fd() - 1, 434 + random.nextInt(3));
      case 6 -> line("syscall_entry_write fd=%d count=%d", fd(), random.nextInt(100));
      case 7 -> line("syscall_entry_close fd=%d", fd());
      case 8 -> line("syscall_entry_dup2 oldfd=%d newfd=%d", fd(), fd());
      case 9 -> line("syscall_entry_fcntl fd=%d cmd=%d arg=%d", fd(), random.nextInt(3), fd());
      case 10 -> line("syscall_entry_clone flags=%d", random.nextBoolean() ? 0x400 : 0);
      case 11 ->
          line(
              "syscall_entry_unknown id=%d args=[%d,%d,%d]",
              434 + random.nextInt(3), fd(), fd(), random.nextInt(8));
      case 12 -> line("syscall_exit_pipe2 ret=0 fildes=[%d,%d]", fd(), fd());
      default -> line("syscall_entry_brk brk=%d", random.nextInt(4));
    }
  }

  private int fd() {
    return random.nextInt(6);
  }

  private int flags() {
    return random.nextBoolean() ? 0 : 02000000;
  }

  private String fileCall() {
    return new String[] {
          "openat", "write", "close", "dup2", "fcntl", "clone", "unknown", "brk", "read"
        }
        [random.nextInt(9)];
  }

  private void line(String format, Object... values) {
    text.append(format.formatted(values));
  }

  private int tid() {
    return random.nextInt(TIDS);
  }

  private int cpu() {
    return random.nextInt(CPUS);
  }

  private int state() {
    return new int[] {0, 1, 1, 2, 4, 16, 32, 128, 256}[random.nextInt(9)];
  }

  private String comm() {
    return "abc".substring(random.nextInt(3)).substring(0, 1);
  }

  private String call() {
    return new String[] {"read", "futex", "poll"}[random.nextInt(3)];
  }
}
