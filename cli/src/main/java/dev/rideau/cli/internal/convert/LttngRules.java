package dev.rideau.cli.internal.convert;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// What LTTng 2.13 calls the kernel's events and their fields.
final class LttngRules {
  /// The field that stands for the thread that made the record.
  static final String CURRENT_THREAD = "@tid";

  /// Events of which fields have other names or other types:
  ///
  /// ```
  /// event event-of-lttng field:type[=field-of-the-kernel]...
  /// ```
  private static final String TABLE =
      """
      sched_switch sched_switch prev_comm:COMM prev_tid:S32=prev_pid prev_prio:PRIORITY \
          prev_state:S64 next_comm:COMM next_tid:S32=next_pid next_prio:PRIORITY
      sched_waking sched_waking comm:COMM tid:S32=pid prio:PRIORITY target_cpu:S32
      sched_wakeup sched_wakeup comm:COMM tid:S32=pid prio:PRIORITY target_cpu:S32
      sched_wakeup_new sched_wakeup_new comm:COMM tid:S32=pid prio:PRIORITY target_cpu:S32
      sched_migrate_task sched_migrate_task comm:COMM tid:S32=pid prio:PRIORITY orig_cpu:S32 \
          dest_cpu:S32
      sched_process_free sched_process_free comm:COMM tid:S32=pid prio:PRIORITY
      sched_process_exit sched_process_exit comm:COMM tid:S32=pid prio:PRIORITY
      sched_wait_task sched_wait_task comm:COMM tid:S32=pid prio:PRIORITY
      sched_process_wait sched_process_wait comm:COMM tid:S32=pid prio:PRIORITY
      sched_process_fork sched_process_fork parent_comm:COMM parent_tid:S32=parent_pid \
          parent_pid:PROCESS=parent_pid child_comm:COMM child_tid:S32=child_pid \
          child_pid:PROCESS=child_pid
      sched_process_exec sched_process_exec filename:STRING tid:S32=pid old_tid:S32=old_pid
      sched_pi_setprio sched_pi_setprio comm:COMM tid:S32=pid oldprio:PRIORITY newprio:PRIORITY
      sched_kthread_stop sched_kthread_stop comm:COMM tid:S32=pid
      sched_stat_wait sched_stat_wait comm:COMM tid:S32=pid delay:U64
      sched_stat_sleep sched_stat_sleep comm:COMM tid:S32=pid delay:U64
      sched_stat_iowait sched_stat_iowait comm:COMM tid:S32=pid delay:U64
      sched_stat_blocked sched_stat_blocked comm:COMM tid:S32=pid delay:U64
      sched_stat_runtime sched_stat_runtime comm:COMM tid:S32=pid runtime:U64 vruntime:U64
      task_rename task_rename tid:S32=pid oldcomm:COMM newcomm:COMM oom_score_adj:S32
      block_rq_issue block_rq_issue dev:U32 sector:U64 nr_sector:U32 bytes:U32 tid:S32=@tid \
          rwbs:REQUEST comm:COMM
      block_rq_insert block_rq_insert dev:U32 sector:U64 nr_sector:U32 bytes:U32 tid:S32=@tid \
          rwbs:REQUEST comm:COMM
      block_rq_merge block_rq_merge dev:U32 sector:U64 nr_sector:U32 bytes:U32 tid:S32=@tid \
          rwbs:REQUEST comm:COMM
      block_rq_requeue block_rq_requeue dev:U32 sector:U64 nr_sector:U32 rwbs:REQUEST
      block_rq_complete block_rq_complete dev:U32 sector:U64 nr_sector:U32 error:S32 \
          rwbs:REQUEST
      block_rq_remap block_rq_remap dev:U32 sector:U64 nr_sector:U32 old_dev:U32 \
          old_sector:U64 rwbs:REQUEST
      block_bio_remap block_bio_remap dev:U32 sector:U64 nr_sector:U32 rwbs:REQUEST old_dev:U32 \
          old_sector:U64
      block_bio_complete block_bio_complete dev:U32 sector:U64 nr_sector:U32 error:S32 \
          rwbs:REQUEST
      block_bio_queue block_bio_queue dev:U32 sector:U64 nr_sector:U32 rwbs:REQUEST \
          tid:S32=@tid comm:COMM
      block_bio_bounce block_bio_bounce dev:U32 sector:U64 nr_sector:U32 rwbs:REQUEST \
          tid:S32=@tid comm:COMM
      block_bio_backmerge block_bio_backmerge dev:U32 sector:U64 nr_sector:U32 rwbs:REQUEST \
          tid:S32=@tid comm:COMM
      block_bio_frontmerge block_bio_frontmerge dev:U32 sector:U64 nr_sector:U32 rwbs:REQUEST \
          tid:S32=@tid comm:COMM
      block_getrq block_getrq dev:U32 sector:U64 nr_sector:U32 rwbs:REQUEST tid:S32=@tid comm:COMM
      block_split block_split dev:U32 sector:U64 rwbs:REQUEST new_sector:U64 tid:S32=@tid comm:COMM
      block_plug block_plug tid:S32=@tid comm:COMM
      block_unplug block_unplug nr_rq:S32 tid:S32=@tid comm:COMM
      mm_page_alloc kmem_mm_page_alloc pfn:U64 order:U32 gfp_flags:U32 migratetype:S32
      mm_page_free kmem_mm_page_free pfn:U64 order:U32
      mm_page_free_batched kmem_mm_page_free_batched pfn:U64
      mm_page_pcpu_drain kmem_mm_page_pcpu_drain pfn:U64 order:U32 migratetype:S32
      signal_generate signal_generate sig:S32 errno:S32 code:S32 comm:COMM pid:S32 group:S32 \
          result:S32
      lttng_statedump_process_state lttng_statedump_process_state tid:S32 pid:S32 ppid:S32 \
          name:COMM type:S32 mode:S32 submode:S32 status:S32 cpu:U32 file_table_address:X64
      """;

  /// Events whose name alone differs, by group and begin of the name; the first line that fits
  /// counts.
  ///
  /// ```
  /// group begin begin-of-lttng
  /// ```
  private static final String PREFIXES =
      """
      raw_syscalls sys_ raw_syscalls_sys_
      irq softirq_ irq_softirq_
      irq tasklet_ irq_tasklet_
      irq_vectors - x86_irq_vectors_
      exceptions page_fault_ x86_exceptions_page_fault_
      timer hrtimer_setup timer_hrtimer_init
      timer hrtimer_ timer_hrtimer_
      timer itimer_ timer_itimer_
      kmem kmem_ kmem_
      kmem - kmem_
      power - power_
      net netif_ net_if_
      net napi_ net_napi_
      skb kfree_skb skb_kfree
      skb consume_skb skb_consume
      printk console printk_console
      writeback writeback_ writeback_
      writeback - writeback_
      """;

  private static final String CALL_ENTRY = "sys_enter_";
  private static final String CALL_EXIT = "sys_exit_";

  /// Arguments of system calls that LTTng gives other names, as `call argument`.
  private static final Map<String, String> ARGUMENTS =
      Map.of(
          "clone clone_flags", "flags",
          "clone parent_tidptr", "parent_tid",
          "clone child_tidptr", "child_tid",
          "mmap off", "offset",
          "epoll_ctl op", "op_enum",
          "setns flags", "nstype",
          "vmsplice uiov", "iov");

  private static final Map<String, LttngRule> RULES = new HashMap<>();

  static {
    for (String line : TABLE.strip().split("\n")) {
      String[] words = line.strip().split("\\s+");
      List<FieldRule> fields = new ArrayList<>();
      for (int i = 2; i < words.length; i++) {
        String[] parts = words[i].split("[:=]");
        fields.add(
            new FieldRule(
                parts[0], FieldForm.valueOf(parts[1]), parts.length > 2 ? parts[2] : parts[0]));
      }
      RULES.put(words[0], new LttngRule(words[1], fields));
    }
  }

  private LttngRules() {}

  /// What becomes of an event of the kernel.
  ///
  /// @param group its group, null when the trace does not tell
  static LttngRule of(@Nullable String group, String event) {
    LttngRule rule = RULES.get(event);
    if (rule != null) {
      return rule;
    }
    if (group != null) {
      for (String line : PREFIXES.strip().split("\n")) {
        String[] words = line.split(" ");
        String begin = words[1].equals("-") ? "" : words[1];
        if (group.equals(words[0]) && event.startsWith(begin)) {
          return new LttngRule(words[2] + event.substring(begin.length()), null);
        }
      }
    }
    return new LttngRule(event, null);
  }

  /// The name of the system call that an event is the begin of, or null.
  static @Nullable String callEntry(String event) {
    return behind(event, CALL_ENTRY);
  }

  /// The name of the system call that an event is the end of, or null.
  static @Nullable String callExit(String event) {
    return behind(event, CALL_EXIT);
  }

  private static @Nullable String behind(String event, String prefix) {
    return event.startsWith(prefix) ? event.substring(prefix.length()) : null;
  }

  /// What LTTng calls the events of system calls that tell their numbers only, or null.
  static @Nullable String numberedCall(@Nullable String group, String event) {
    if (group != null && !group.equals("raw_syscalls")) {
      return null;
    }
    return switch (event) {
      case "sys_enter" -> "syscall_entry_unknown";
      case "sys_exit" -> "syscall_exit_unknown";
      default -> null;
    };
  }

  /// What LTTng calls an argument of a system call.
  static String argument(String call, String name) {
    return ARGUMENTS.getOrDefault(call + " " + name, name);
  }
}
