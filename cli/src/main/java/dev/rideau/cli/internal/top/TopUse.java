package dev.rideau.cli.internal.top;

/// What records of a class mean to `rideau top`.
///
/// @param call name of the system call, where it is one
record TopUse(Meaning meaning, String call) {
  /// Kinds of records.
  enum Meaning {
    SWITCH,
    COMES_OR_LEAVES,
    WAKEUP,
    CALL_ENTRY,
    CALL_EXIT,
    DISK_INSERT,
    DISK_ISSUE,
    DISK_BACK,
    DISK_END,
    NET,
    IRQ_ENTRY,
    IRQ_EXIT,
    PROCESS,
    NEW_TASK,
    FORK,
    NAME,
    EXIT,
    DESCRIPTOR,
    NONE;

    /// Whether such records are by the thread that runs until then.
    boolean isOfWhoRuns() {
      return switch (this) {
        case SWITCH,
            WAKEUP,
            CALL_ENTRY,
            CALL_EXIT,
            DISK_INSERT,
            DISK_ISSUE,
            DISK_BACK,
            DISK_END,
            NET,
            IRQ_ENTRY,
            IRQ_EXIT,
            NEW_TASK ->
            true;
        case COMES_OR_LEAVES, PROCESS, FORK, NAME, EXIT, DESCRIPTOR, NONE -> false;
      };
    }
  }

  static TopUse of(String name) {
    return switch (name) {
      case "sched_switch" -> new TopUse(Meaning.SWITCH, "");
      case "sched_waking", "sched_wakeup", "sched_wakeup_new" -> new TopUse(Meaning.WAKEUP, "");
      case "block_rq_insert" -> new TopUse(Meaning.DISK_INSERT, "");
      case "block_rq_issue" -> new TopUse(Meaning.DISK_ISSUE, "");
      case "block_rq_requeue" -> new TopUse(Meaning.DISK_BACK, "");
      case "block_rq_complete" -> new TopUse(Meaning.DISK_END, "");
      case "net_dev_queue", "netif_receive_skb", "net_if_receive_skb" ->
          new TopUse(Meaning.NET, "");
      case "irq_handler_entry", "softirq_entry", "irq_softirq_entry" ->
          new TopUse(Meaning.IRQ_ENTRY, "");
      case "irq_handler_exit", "softirq_exit", "irq_softirq_exit" ->
          new TopUse(Meaning.IRQ_EXIT, "");
      case "lttng_statedump_process_state" -> new TopUse(Meaning.PROCESS, "");
      case "lttng_statedump_file_descriptor" -> new TopUse(Meaning.DESCRIPTOR, "");
      case "task_newtask" -> new TopUse(Meaning.NEW_TASK, "");
      case "PERF_RECORD_FORK" -> new TopUse(Meaning.FORK, "");
      case "PERF_RECORD_SWITCH", "PERF_RECORD_SWITCH_CPU_WIDE" ->
          new TopUse(Meaning.COMES_OR_LEAVES, "");
      case "PERF_RECORD_COMM" -> new TopUse(Meaning.NAME, "");
      case "PERF_RECORD_EXIT" -> new TopUse(Meaning.EXIT, "");
      default -> {
        for (String start : new String[] {"syscall_entry_", "sys_enter_"}) {
          if (name.startsWith(start)) {
            yield new TopUse(Meaning.CALL_ENTRY, name.substring(start.length()));
          }
        }
        for (String start : new String[] {"syscall_exit_", "sys_exit_"}) {
          if (name.startsWith(start)) {
            yield new TopUse(Meaning.CALL_EXIT, name.substring(start.length()));
          }
        }
        yield new TopUse(Meaning.NONE, "");
      }
    };
  }
}
