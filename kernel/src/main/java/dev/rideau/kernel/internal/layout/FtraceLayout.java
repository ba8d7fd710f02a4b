package dev.rideau.kernel.internal.layout;

/// Names of the kernel's own events, as ftrace and perf record them.
///
/// The fields called `pid` hold thread ids there. The event of a fork does not tell the process of
/// the child, and priorities are the kernel's own.
public final class FtraceLayout {
  /// Interrupts that processors send each other, and those of their own timers.
  private static final String[] VECTORS = {
    "reschedule",
    "call_function",
    "call_function_single",
    "irq_work",
    "local_timer",
    "error_apic",
    "spurious_apic",
    "thermal_apic",
    "threshold_apic",
    "deferred_error_apic",
    "x86_platform_ipi"
  };

  /// The layout.
  public static final TracerLayout LAYOUT = build();

  private FtraceLayout() {}

  private static TracerLayout build() {
    TracerLayout.Builder layout = new TracerLayout.Builder("ftrace");
    scheduler(layout);
    interrupts(layout);
    timers(layout);
    devices(layout);
    memory(layout);
    LttngLayout.stateDump(layout);
    tasks(layout);
    layout
        .general(ModelEvent.SYSCALL_ENTRY, "sys_enter", TracerLayout.UNKNOWN_CALL)
        .general(ModelEvent.SYSCALL_EXIT, "sys_exit", TracerLayout.UNKNOWN_CALL)
        .pattern(ModelEvent.SYSCALL_ENTRY, "sys_enter_", "")
        .pattern(ModelEvent.SYSCALL_EXIT, "sys_exit_", "");
    return layout.build();
  }

  /// What perf tells of tasks by itself; copies of its recordings in other layouts have it too.
  static void tasks(TracerLayout.Builder layout) {
    layout
        .aside("PERF_RECORD_")
        .event(ModelEvent.TRACER_FORK, "PERF_RECORD_FORK")
        .event(ModelEvent.TRACER_COMM, "PERF_RECORD_COMM")
        .event(ModelEvent.TRACER_EXIT, "PERF_RECORD_EXIT")
        .event(ModelEvent.TRACER_SWITCH, "PERF_RECORD_SWITCH", "PERF_RECORD_SWITCH_CPU_WIDE");
  }

  private static void scheduler(TracerLayout.Builder layout) {
    layout
        .event(ModelEvent.SCHED_SWITCH, "sched_switch")
        .field(ModelEvent.SCHED_SWITCH, "prev_tid", "prev_pid")
        .field(ModelEvent.SCHED_SWITCH, "next_tid", "next_pid")
        .event(ModelEvent.SCHED_WAKING, "sched_waking")
        .event(ModelEvent.SCHED_WAKEUP, "sched_wakeup")
        .event(ModelEvent.SCHED_WAKEUP_NEW, "sched_wakeup_new")
        .event(ModelEvent.SCHED_MIGRATE_TASK, "sched_migrate_task")
        .event(ModelEvent.SCHED_PI_SETPRIO, "sched_pi_setprio")
        .event(ModelEvent.SCHED_PROCESS_FORK, "sched_process_fork")
        .field(ModelEvent.SCHED_PROCESS_FORK, "parent_tid", "parent_pid")
        .field(ModelEvent.SCHED_PROCESS_FORK, "child_tid", "child_pid")
        .field(ModelEvent.SCHED_PROCESS_FORK, "parent_pid", "parent_tgid")
        .field(ModelEvent.SCHED_PROCESS_FORK, "child_pid", "child_tgid")
        .event(ModelEvent.SCHED_PROCESS_EXEC, "sched_process_exec")
        .field(ModelEvent.SCHED_PROCESS_EXEC, "old_tid", "old_pid")
        .event(ModelEvent.SCHED_PROCESS_EXIT, "sched_process_exit")
        .event(ModelEvent.SCHED_PROCESS_FREE, "sched_process_free")
        .event(ModelEvent.TASK_RENAME, "task_rename")
        .event(ModelEvent.TASK_NEWTASK, "task_newtask")
        .event(ModelEvent.SIGNAL_GENERATE, "signal_generate")
        .event(ModelEvent.SIGNAL_DELIVER, "signal_deliver")
        .event(ModelEvent.WORKQUEUE_QUEUE_WORK, "workqueue_queue_work")
        .event(ModelEvent.WORKQUEUE_EXECUTE_START, "workqueue_execute_start")
        .event(ModelEvent.WORKQUEUE_EXECUTE_END, "workqueue_execute_end");
    for (ModelEvent event :
        new ModelEvent[] {
          ModelEvent.SCHED_WAKING,
          ModelEvent.SCHED_WAKEUP,
          ModelEvent.SCHED_WAKEUP_NEW,
          ModelEvent.SCHED_MIGRATE_TASK,
          ModelEvent.SCHED_PI_SETPRIO,
          ModelEvent.SCHED_PROCESS_EXEC,
          ModelEvent.SCHED_PROCESS_EXIT,
          ModelEvent.SCHED_PROCESS_FREE,
          ModelEvent.TASK_RENAME,
          ModelEvent.TASK_NEWTASK,
          ModelEvent.SIGNAL_GENERATE
        }) {
      layout.field(event, "tid", "pid", "tid");
    }
  }

  private static void interrupts(TracerLayout.Builder layout) {
    layout
        .event(ModelEvent.IRQ_HANDLER_ENTRY, "irq_handler_entry")
        .event(ModelEvent.IRQ_HANDLER_EXIT, "irq_handler_exit")
        .event(ModelEvent.SOFTIRQ_RAISE, "softirq_raise")
        .event(ModelEvent.SOFTIRQ_ENTRY, "softirq_entry")
        .event(ModelEvent.SOFTIRQ_EXIT, "softirq_exit")
        .event(ModelEvent.CPU_IDLE, "cpu_idle")
        .event(ModelEvent.CPU_FREQUENCY, "cpu_frequency");
    for (String vector : VECTORS) {
      layout
          .variant(ModelEvent.IPI_ENTRY, vector + "_entry", vector)
          .variant(ModelEvent.IPI_EXIT, vector + "_exit", vector);
    }
  }

  private static void timers(TracerLayout.Builder layout) {
    layout
        .event(ModelEvent.HRTIMER_INIT, "hrtimer_init", "hrtimer_setup")
        .event(ModelEvent.HRTIMER_START, "hrtimer_start")
        .event(ModelEvent.HRTIMER_CANCEL, "hrtimer_cancel")
        .event(ModelEvent.HRTIMER_EXPIRE_ENTRY, "hrtimer_expire_entry")
        .event(ModelEvent.HRTIMER_EXPIRE_EXIT, "hrtimer_expire_exit")
        .event(ModelEvent.TIMER_INIT, "timer_init")
        .event(ModelEvent.TIMER_START, "timer_start")
        .event(ModelEvent.TIMER_CANCEL, "timer_cancel")
        .event(ModelEvent.TIMER_EXPIRE_ENTRY, "timer_expire_entry")
        .event(ModelEvent.TIMER_EXPIRE_EXIT, "timer_expire_exit");
  }

  private static void devices(TracerLayout.Builder layout) {
    layout
        .event(ModelEvent.BLOCK_RQ_INSERT, "block_rq_insert")
        .event(ModelEvent.BLOCK_RQ_ISSUE, "block_rq_issue")
        .event(ModelEvent.BLOCK_RQ_COMPLETE, "block_rq_complete")
        .event(ModelEvent.BLOCK_RQ_REQUEUE, "block_rq_requeue")
        .event(ModelEvent.BLOCK_RQ_MERGE, "block_rq_merge")
        .event(ModelEvent.BLOCK_GETRQ, "block_getrq")
        .event(ModelEvent.BLOCK_BIO_QUEUE, "block_bio_queue")
        .event(ModelEvent.BLOCK_BIO_FRONTMERGE, "block_bio_frontmerge")
        .event(ModelEvent.BLOCK_BIO_BACKMERGE, "block_bio_backmerge")
        .field(ModelEvent.BLOCK_RQ_COMPLETE, "error", "error", "errors")
        .event(ModelEvent.NET_DEV_QUEUE, "net_dev_queue")
        .event(ModelEvent.NET_DEV_XMIT, "net_dev_xmit")
        .event(ModelEvent.NET_IF_RECEIVE_SKB, "netif_receive_skb");
  }

  private static void memory(TracerLayout.Builder layout) {
    layout
        .event(ModelEvent.PAGE_ALLOC, "mm_page_alloc")
        .event(ModelEvent.PAGE_FREE, "mm_page_free")
        .event(ModelEvent.PAGE_FREE_BATCHED, "mm_page_free_batched")
        .event(ModelEvent.PAGE_FAULT_USER, "page_fault_user")
        .event(ModelEvent.PAGE_FAULT_KERNEL, "page_fault_kernel")
        .event(ModelEvent.PAGE_CACHE_ADD, "mm_filemap_add_to_page_cache")
        .event(ModelEvent.PAGE_CACHE_DELETE, "mm_filemap_delete_from_page_cache")
        .event(
            ModelEvent.RECLAIM_BEGIN,
            "mm_vmscan_direct_reclaim_begin",
            "mm_vmscan_memcg_reclaim_begin")
        .event(
            ModelEvent.RECLAIM_END, "mm_vmscan_direct_reclaim_end", "mm_vmscan_memcg_reclaim_end");
  }
}
