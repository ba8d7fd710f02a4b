package dev.rideau.kernel.internal.track.syscall;

import dev.rideau.kernel.internal.track.NameCache;
import java.util.Arrays;

/// Names of system calls that the tracer knows by number only. From 424 on, all architectures
/// number calls alike; of lower numbers it is not known which architecture counts.
final class CallNames {
  private static final int FIRST = 424;

  private static final String[] NAMES = {
    "pidfd_send_signal",
    "io_uring_setup",
    "io_uring_enter",
    "io_uring_register",
    "open_tree",
    "move_mount",
    "fsopen",
    "fsconfig",
    "fsmount",
    "fspick",
    "pidfd_open",
    "clone3",
    "close_range",
    "openat2",
    "pidfd_getfd",
    "faccessat2",
    "process_madvise",
    "epoll_pwait2",
    "mount_setattr",
    "quotactl_fd",
    "landlock_create_ruleset",
    "landlock_add_rule",
    "landlock_restrict_self",
    "memfd_secret",
    "process_mrelease",
    "futex_waitv",
    "set_mempolicy_home_node",
    "cachestat",
    "fchmodat2",
    "map_shadow_stack",
    "futex_wake",
    "futex_wait",
    "futex_requeue",
    "statmount",
    "listmount",
    "lsm_get_self_attr",
    "lsm_set_self_attr",
    "lsm_list_modules",
    "mseal"
  };

  private CallNames() {}

  /// The name of a call that the tracer calls `unknown`.
  static String of(long number) {
    return number >= FIRST && number < FIRST + NAMES.length
        ? NAMES[(int) number - FIRST]
        : "unknown";
  }

  /// Ids of the names of all numbers; the last is for those without name.
  static int[] ids(NameCache names) {
    int[] ids = new int[FIRST + NAMES.length + 1];
    Arrays.fill(ids, names.id("unknown"));
    for (int i = 0; i < NAMES.length; i++) {
      ids[FIRST + i] = names.id(NAMES[i]);
    }
    return ids;
  }
}
