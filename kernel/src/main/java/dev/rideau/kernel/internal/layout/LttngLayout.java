package dev.rideau.kernel.internal.layout;

/// Names of LTTng's kernel tracer, versions 2.0 to 2.13. The model's fields are called as there.
public final class LttngLayout {
  /// Priorities are given relative to the lowest of real time.
  private static final int PRIORITY_OFFSET = 100;

  /// The layout.
  public static final TracerLayout LAYOUT = build();

  private LttngLayout() {}

  private static TracerLayout build() {
    TracerLayout.Builder layout =
        new TracerLayout.Builder("lttng-modules").priorityOffset(PRIORITY_OFFSET);
    scheduler(layout);
    interrupts(layout);
    timers(layout);
    devices(layout);
    memory(layout);
    stateDump(layout);
    FtraceLayout.tasks(layout);
    layout
        .pattern(ModelEvent.SYSCALL_ENTRY, "syscall_entry_", "")
        .pattern(ModelEvent.SYSCALL_EXIT, "syscall_exit_", "")
        .pattern(ModelEvent.SYSCALL_ENTRY, "compat_syscall_entry_", "")
        .pattern(ModelEvent.SYSCALL_EXIT, "compat_syscall_exit_", "")
        // Up to 2.5: the exit is an event of its own, without name of the call.
        .event(ModelEvent.SYSCALL_EXIT, "exit_syscall")
        .pattern(ModelEvent.SYSCALL_ENTRY, "sys_", "")
        .pattern(ModelEvent.SYSCALL_ENTRY, "compat_sys_", "")
        .variant(
            ModelEvent.SYSCALL_ENTRY,
            "compat_syscall_entry_unknown",
            TracerLayout.UNKNOWN_COMPAT_CALL)
        .variant(
            ModelEvent.SYSCALL_EXIT,
            "compat_syscall_exit_unknown",
            TracerLayout.UNKNOWN_COMPAT_CALL);
    return layout.build();
  }

  private static void scheduler(TracerLayout.Builder layout) {
    layout
        .event(ModelEvent.SCHED_SWITCH, "sched_switch")
        .event(ModelEvent.SCHED_WAKING, "sched_waking")
        .event(ModelEvent.SCHED_WAKEUP, "sched_wakeup")
        .event(ModelEvent.SCHED_WAKEUP_NEW, "sched_wakeup_new")
        .event(ModelEvent.SCHED_MIGRATE_TASK, "sched_migrate_task")
        .event(ModelEvent.SCHED_PI_SETPRIO, "sched_pi_setprio")
        .event(ModelEvent.SCHED_PROCESS_FORK, "sched_process_fork")
        .event(ModelEvent.SCHED_PROCESS_EXEC, "sched_process_exec")
        .event(ModelEvent.SCHED_PROCESS_EXIT, "sched_process_exit")
        .event(ModelEvent.SCHED_PROCESS_FREE, "sched_process_free")
        .event(ModelEvent.TASK_RENAME, "task_rename")
        .event(ModelEvent.TASK_NEWTASK, "task_newtask")
        .field(ModelEvent.TASK_NEWTASK, "tid", "tid", "pid")
        .field(ModelEvent.TASK_RENAME, "tid", "tid", "pid")
        .field(ModelEvent.TASK_RENAME, "newcomm", "newcomm", "comm")
        .event(ModelEvent.SIGNAL_GENERATE, "signal_generate")
        .field(ModelEvent.SIGNAL_GENERATE, "tid", "pid")
        .event(ModelEvent.SIGNAL_DELIVER, "signal_deliver")
        .event(ModelEvent.WORKQUEUE_QUEUE_WORK, "workqueue_queue_work")
        .event(ModelEvent.WORKQUEUE_EXECUTE_START, "workqueue_execute_start")
        .event(ModelEvent.WORKQUEUE_EXECUTE_END, "workqueue_execute_end");
  }

  private static void interrupts(TracerLayout.Builder layout) {
    layout
        .event(ModelEvent.IRQ_HANDLER_ENTRY, "irq_handler_entry")
        .event(ModelEvent.IRQ_HANDLER_EXIT, "irq_handler_exit")
        .event(ModelEvent.SOFTIRQ_RAISE, "irq_softirq_raise", "softirq_raise")
        .event(ModelEvent.SOFTIRQ_ENTRY, "irq_softirq_entry", "softirq_entry")
        .event(ModelEvent.SOFTIRQ_EXIT, "irq_softirq_exit", "softirq_exit")
        .event(ModelEvent.CPU_IDLE, "power_cpu_idle", "cpu_idle")
        .event(ModelEvent.CPU_FREQUENCY, "power_cpu_frequency", "cpu_frequency")
        .pattern(ModelEvent.IPI_ENTRY, "x86_irq_vectors_", "_entry")
        .pattern(ModelEvent.IPI_EXIT, "x86_irq_vectors_", "_exit");
  }

  private static void timers(TracerLayout.Builder layout) {
    layout
        .event(ModelEvent.HRTIMER_INIT, "timer_hrtimer_init", "hrtimer_init")
        .event(ModelEvent.HRTIMER_START, "timer_hrtimer_start", "hrtimer_start")
        .event(ModelEvent.HRTIMER_CANCEL, "timer_hrtimer_cancel", "hrtimer_cancel")
        .event(
            ModelEvent.HRTIMER_EXPIRE_ENTRY, "timer_hrtimer_expire_entry", "hrtimer_expire_entry")
        .event(ModelEvent.HRTIMER_EXPIRE_EXIT, "timer_hrtimer_expire_exit", "hrtimer_expire_exit")
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
        .event(ModelEvent.NET_IF_RECEIVE_SKB, "net_if_receive_skb", "netif_receive_skb");
  }

  private static void memory(TracerLayout.Builder layout) {
    layout
        .event(ModelEvent.PAGE_ALLOC, "kmem_mm_page_alloc", "mm_page_alloc")
        .event(ModelEvent.PAGE_FREE, "kmem_mm_page_free", "mm_page_free")
        .event(ModelEvent.PAGE_FREE_BATCHED, "kmem_mm_page_free_batched", "mm_page_free_batched")
        .event(ModelEvent.PAGE_FAULT_USER, "x86_exceptions_page_fault_user", "page_fault_user")
        .event(
            ModelEvent.PAGE_FAULT_KERNEL, "x86_exceptions_page_fault_kernel", "page_fault_kernel")
        .event(
            ModelEvent.PAGE_CACHE_ADD,
            "mm_filemap_add_to_page_cache",
            "filemap_mm_filemap_add_to_page_cache")
        .event(
            ModelEvent.PAGE_CACHE_DELETE,
            "mm_filemap_delete_from_page_cache",
            "filemap_mm_filemap_delete_from_page_cache")
        .event(
            ModelEvent.RECLAIM_BEGIN,
            "mm_vmscan_direct_reclaim_begin",
            "mm_vmscan_memcg_reclaim_begin")
        .event(
            ModelEvent.RECLAIM_END, "mm_vmscan_direct_reclaim_end", "mm_vmscan_memcg_reclaim_end");
  }

  /// What was there before the recording; `rideau record` writes it with these names too.
  static void stateDump(TracerLayout.Builder layout) {
    layout
        .event(ModelEvent.STATEDUMP_START, "lttng_statedump_start")
        .event(ModelEvent.STATEDUMP_END, "lttng_statedump_end")
        .event(ModelEvent.STATEDUMP_PROCESS_STATE, "lttng_statedump_process_state")
        .event(ModelEvent.STATEDUMP_PID_NS, "lttng_statedump_process_pid_ns")
        .event(ModelEvent.STATEDUMP_USER_NS, "lttng_statedump_process_user_ns")
        .event(ModelEvent.STATEDUMP_NET_NS, "lttng_statedump_process_net_ns")
        .event(ModelEvent.STATEDUMP_MNT_NS, "lttng_statedump_process_mnt_ns")
        .event(ModelEvent.STATEDUMP_CGROUP_NS, "lttng_statedump_process_cgroup_ns")
        .event(ModelEvent.STATEDUMP_FILE_DESCRIPTOR, "lttng_statedump_file_descriptor")
        .event(ModelEvent.STATEDUMP_BLOCK_DEVICE, "lttng_statedump_block_device")
        .event(ModelEvent.STATEDUMP_NETWORK_INTERFACE, "lttng_statedump_network_interface")
        .event(ModelEvent.STATEDUMP_INTERRUPT, "lttng_statedump_interrupt")
        .event(ModelEvent.STATEDUMP_CPU_TOPOLOGY, "lttng_statedump_cpu_topology")
        .event(ModelEvent.STATEDUMP_VM_MAP, "lttng_statedump_vm_map")
        .event(ModelEvent.STATEDUMP_SOCKET, "rideau_statedump_socket")
        .event(ModelEvent.STATEDUMP_MODULE, "rideau_statedump_module")
        .event(ModelEvent.STATEDUMP_MOUNT, "rideau_statedump_mount")
        .event(ModelEvent.STATEDUMP_SWAP, "rideau_statedump_swap")
        .event(ModelEvent.STATEDUMP_MACHINE, "rideau_statedump_machine");
  }
}
