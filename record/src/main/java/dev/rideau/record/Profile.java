package dev.rideau.record;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// Sets of events for a question. Events that a kernel does not have are passed over.
public enum Profile {
  /// Who ran, who waited, what interrupted: the scheduler and interrupts.
  CPU(
      "sched:sched_switch",
      "sched:sched_waking",
      "sched:sched_wakeup",
      "sched:sched_wakeup_new",
      "sched:sched_migrate_task",
      "sched:sched_pi_setprio",
      "irq:*",
      "irq_vectors:reschedule_*",
      "irq_vectors:call_function*",
      "workqueue:workqueue_execute_*"),
  /// Disks and files, and who wakes those that wait for them.
  IO(
      "sched:sched_waking",
      "block:block_rq_insert",
      "block:block_rq_issue",
      "block:block_rq_complete",
      "block:block_rq_requeue",
      "block:block_rq_merge",
      "block:block_bio_frontmerge",
      "block:block_bio_backmerge",
      "syscalls:*"),
  /// The network.
  NET(
      "net:net_dev_queue",
      "net:net_dev_xmit",
      "net:netif_receive_skb",
      "sock:inet_sock_set_state",
      "tcp:tcp_retransmit_skb",
      "skb:kfree_skb",
      "syscalls:*"),
  /// Pages, faults, reclaim, and waits for pages that a disk has.
  MEMORY(
      "sched:sched_waking",
      "block:block_rq_issue",
      "block:block_rq_complete",
      "block:block_rq_requeue",
      "kmem:mm_page_alloc",
      "kmem:mm_page_free",
      "kmem:mm_page_free_batched",
      "exceptions:page_fault_*",
      "filemap:mm_filemap_add_to_page_cache",
      "filemap:mm_filemap_delete_from_page_cache",
      "vmscan:mm_vmscan_direct_reclaim_*",
      "oom:*",
      "syscalls:sys_*_mmap",
      "syscalls:sys_*_munmap",
      "syscalls:sys_*_brk"),
  /// Sleep states and frequencies of the processor, timers that wake it.
  POWER(
      "power:cpu_idle",
      "power:cpu_frequency",
      "timer:hrtimer_start",
      "timer:hrtimer_cancel",
      "timer:hrtimer_expire_*",
      "timer:timer_start",
      "timer:timer_cancel",
      "timer:timer_expire_*");

  /// Without these no process has a name or an age: part of every profile.
  private static final List<String> BASE =
      List.of(
          "sched:sched_switch",
          "sched:sched_process_fork",
          "sched:sched_process_exec",
          "sched:sched_process_exit",
          "sched:sched_process_free",
          "task:task_newtask",
          "task:task_rename",
          "signal:signal_generate",
          "signal:signal_deliver");

  /// Between blanks.
  private final String events;

  Profile(String... events) {
    this.events = String.join(" ", events);
  }

  /// The profile with that name, in lower case as users type it, or null.
  public static @Nullable Profile named(String name) {
    for (Profile profile : values()) {
      if (profile.name().toLowerCase(Locale.ROOT).equals(name)) {
        return profile;
      }
    }
    return null;
  }

  /// The events of several profiles.
  public static List<EventRequest> events(Set<Profile> profiles) {
    Set<String> names = new LinkedHashSet<>(BASE);
    for (Profile profile : profiles) {
      names.addAll(List.of(profile.events.split(" ", -1)));
    }
    List<EventRequest> requests = new ArrayList<>();
    for (String name : names) {
      int colon = name.indexOf(':');
      requests.add(
          new EventRequest(name.substring(0, colon), name.substring(colon + 1), null, false));
    }
    return requests;
  }
}
