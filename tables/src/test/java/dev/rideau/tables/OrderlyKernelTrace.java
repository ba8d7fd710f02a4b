package dev.rideau.tables;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// Writes random traces of a kernel that does what kernels do, in the notation of
/// [dev.rideau.kernel.testing.TraceNotation]: threads run on one CPU at a time, interrupts end
/// before what they interrupted goes on, calls return, requests complete. No two records have the
/// same time.
final class OrderlyKernelTrace {
  private static final int CPUS = 3;
  private static final int FIRST_TID = 10;
  private static final int NOBODY = 0;
  private static final String[] CALLS = {"read", "write", "futex", "pread64"};

  /// What a thread is about: where it runs (-1 nowhere), and its call (-1 none).
  private static final class Task {
    final int tid;
    int cpu = -1;
    boolean isBlocked;
    int call = -1;

    Task(int tid) {
      this.tid = tid;
    }
  }

  private record Request(int device, long sector, int sectors) {}

  private final Random random;
  private final StringBuilder text = new StringBuilder();
  private final List<Task> tasks = new ArrayList<>();
  private final int[] running = new int[CPUS];
  private final int[] softirqs = new int[CPUS];
  private final int[] irqs = new int[CPUS];
  private final boolean[] idles = new boolean[CPUS];
  private final List<Request> issued = new ArrayList<>();
  private final Set<Long> busySectors = new HashSet<>();
  private long ts = 1_000;
  private int nextTid = FIRST_TID;
  private int cpu;

  private OrderlyKernelTrace(Random random) {
    this.random = random;
  }

  static String write(Random random, int records) {
    OrderlyKernelTrace trace = new OrderlyKernelTrace(random);
    for (int i = 0; i < 6; i++) {
      trace.newTask();
    }
    for (int i = 0; i < CPUS; i++) {
      trace.softirqs[i] = -1;
      trace.irqs[i] = -1;
    }
    for (int i = 0; i < records; i++) {
      trace.cpu = random.nextInt(CPUS);
      trace.step();
    }
    return trace.text.toString();
  }

  private Task newTask() {
    Task task = new Task(nextTid++);
    tasks.add(task);
    return task;
  }

  private void line(String format, Object... values) {
    ts += 1 + random.nextInt(50);
    text.append(ts).append(' ').append(cpu).append(' ').append(format.formatted(values));
    text.append('\n');
  }

  private void step() {
    if (irqs[cpu] >= 0) {
      inIrq();
    } else if (softirqs[cpu] >= 0) {
      inSoftirq();
    } else if (running[cpu] == NOBODY) {
      idle();
    } else {
      inTask(task(running[cpu]));
    }
  }

  private Task task(int tid) {
    return tasks.stream().filter(each -> each.tid == tid).findAny().orElseThrow();
  }

  private void inIrq() {
    switch (random.nextInt(4)) {
      case 0 -> wake();
      case 1 -> complete();
      case 2 -> line("irq_softirq_raise vec=%d", random.nextInt(3));
      default -> {
        line("irq_handler_exit irq=%d ret=1", irqs[cpu]);
        irqs[cpu] = -1;
      }
    }
  }

  private void inSoftirq() {
    switch (random.nextInt(5)) {
      case 0 -> wake();
      case 1 -> enterIrq();
      case 2 -> line("timer_hrtimer_expire_entry hrtimer=%d now=0 function=9", timer());
      case 3 -> complete();
      default -> {
        line("irq_softirq_exit vec=%d", softirqs[cpu]);
        softirqs[cpu] = -1;
      }
    }
  }

  private void idle() {
    switch (random.nextInt(5)) {
      case 0, 1 -> {
        Task next = ready();
        if (next != null) {
          change(null, 0, next);
        }
      }
      case 2 -> {
        idles[cpu] = !idles[cpu];
        line(
            "power_cpu_idle state=%d cpu_id=%d",
            idles[cpu] ? random.nextInt(3) : 0xffff_ffffL, cpu);
      }
      case 3 -> enterIrq();
      default -> enterSoftirq();
    }
  }

  private void inTask(Task task) {
    switch (random.nextInt(16)) {
      case 0 -> change(task, 0, ready());
      case 1, 2 -> {
        task.isBlocked = true;
        change(task, 1 + random.nextInt(2), ready());
      }
      case 3 -> wake();
      case 4 -> enterIrq();
      case 5 -> enterSoftirq();
      case 6 -> issue(task);
      case 7 -> line("kmem_mm_page_alloc page=1 pfn=%d order=%d", number(), random.nextInt(4));
      case 8 -> line("kmem_mm_page_free page=1 pfn=%d order=%d", number(), random.nextInt(4));
      case 9 ->
          line(
              "net_dev_%s skbaddr=%d rc=0 len=%d name=eth%d",
              random.nextBoolean() ? "xmit" : "queue", number(), number(), random.nextInt(2));
      case 10 -> line("timer_hrtimer_start hrtimer=%d function=9 expires=%d", timer(), number());
      case 11 -> line("timer_hrtimer_cancel hrtimer=%d", timer());
      case 12 -> forkOrExit(task);
      default -> callOrReturn(task);
    }
  }

  private int number() {
    return 1 + random.nextInt(1000);
  }

  private int timer() {
    return 1 + random.nextInt(3);
  }

  private void callOrReturn(Task task) {
    if (task.call < 0) {
      task.call = random.nextInt(CALLS.length);
      line("syscall_entry_%s fd=%d count=%d", CALLS[task.call], random.nextInt(5), number());
    } else {
      line("syscall_exit_%s ret=%d", CALLS[task.call], random.nextInt(900) - 100);
      task.call = -1;
    }
  }

  private void forkOrExit(Task task) {
    if (random.nextBoolean() && tasks.size() < 12) {
      Task child = newTask();
      line(
          "sched_process_fork parent_comm=t parent_tid=%d parent_pid=%d child_comm=t child_tid=%d child_pid=%d",
          task.tid, task.tid, child.tid, child.tid);
      line("sched_wakeup_new comm=t tid=%d prio=20 target_cpu=0", child.tid);
    } else if (tasks.size() > 4 && task.call < 0) {
      line("sched_process_exit comm=t tid=%d prio=20", task.tid);
      tasks.remove(task);
      change(task, 16, ready());
    }
  }

  private void enterIrq() {
    irqs[cpu] = random.nextInt(3);
    line("irq_handler_entry irq=%d name=dev%d", irqs[cpu], irqs[cpu]);
  }

  private void enterSoftirq() {
    softirqs[cpu] = random.nextInt(3);
    line("irq_softirq_entry vec=%d", softirqs[cpu]);
  }

  private void wake() {
    List<Task> blocked = tasks.stream().filter(each -> each.isBlocked).toList();
    if (!blocked.isEmpty()) {
      Task woken = blocked.get(random.nextInt(blocked.size()));
      woken.isBlocked = false;
      line("sched_waking comm=t tid=%d prio=20 target_cpu=0", woken.tid);
      if (random.nextBoolean()) {
        line("sched_wakeup comm=t tid=%d prio=20 target_cpu=0", woken.tid);
      }
      if (random.nextInt(4) == 0) {
        line("sched_migrate_task comm=t tid=%d prio=20 orig_cpu=0 dest_cpu=1", woken.tid);
      }
    }
  }

  private void issue(Task task) {
    Request request =
        new Request(8_388_608 + random.nextInt(2), 8L * random.nextInt(9), 1 + random.nextInt(8));
    if (busySectors.add(key(request))) {
      issued.add(request);
      line(
          "block_rq_issue dev=%d sector=%d nr_sector=%d bytes=%d tid=%d rwbs=1 comm=t",
          request.device, request.sector, request.sectors, 512 * request.sectors, task.tid);
    }
  }

  private void complete() {
    if (!issued.isEmpty()) {
      Request request = issued.remove(random.nextInt(issued.size()));
      busySectors.remove(key(request));
      line(
          "block_rq_complete dev=%d sector=%d nr_sector=%d error=0 rwbs=1",
          request.device, request.sector, request.sectors);
    }
  }

  private static long key(Request request) {
    return request.device * 1_000L + request.sector;
  }

  private @Nullable Task ready() {
    List<Task> ready = tasks.stream().filter(each -> each.cpu < 0 && !each.isBlocked).toList();
    return ready.isEmpty() ? null : ready.get(random.nextInt(ready.size()));
  }

  /// Switches; null is the idle thread.
  private void change(@Nullable Task previous, int state, @Nullable Task next) {
    if (previous == null && next == null) {
      return;
    }
    if (previous != null) {
      previous.cpu = -1;
    }
    if (next != null) {
      next.cpu = cpu;
    }
    running[cpu] = next == null ? NOBODY : next.tid;
    line(
        "sched_switch prev_comm=t prev_tid=%d prev_prio=20 prev_state=%d next_comm=t next_tid=%d next_prio=20",
        previous == null ? NOBODY : previous.tid, state, running[cpu]);
  }
}
