package dev.rideau.kernel.internal.track;

import dev.rideau.kernel.NameTable;
import java.util.Arrays;
import java.util.Map;

/// Names of [Details], among them why a thread is blocked: told by the system call that it is in.
/// Used by many threads at once.
final class DetailNames {
  private static final Map<String, String> CAUSES =
      Map.ofEntries(
          Map.entry("futex", "futex"),
          Map.entry("futex_waitv", "futex"),
          Map.entry("futex_wait", "futex"),
          Map.entry("nanosleep", "timer"),
          Map.entry("clock_nanosleep", "timer"),
          Map.entry("poll", "poll"),
          Map.entry("ppoll", "poll"),
          Map.entry("select", "poll"),
          Map.entry("pselect6", "poll"),
          Map.entry("epoll_wait", "poll"),
          Map.entry("epoll_pwait", "poll"),
          Map.entry("epoll_pwait2", "poll"),
          Map.entry("wait4", "process"),
          Map.entry("waitid", "process"),
          Map.entry("waitpid", "process"),
          // Who forks waits in the call for a child that borrows its memory.
          Map.entry("vfork", "process"),
          Map.entry("clone", "process"),
          Map.entry("clone3", "process"),
          Map.entry("accept", "socket"),
          Map.entry("accept4", "socket"),
          Map.entry("connect", "socket"),
          Map.entry("recv", "socket"),
          Map.entry("recvfrom", "socket"),
          Map.entry("recvmsg", "socket"),
          Map.entry("recvmmsg", "socket"),
          Map.entry("send", "socket"),
          Map.entry("sendto", "socket"),
          Map.entry("sendmsg", "socket"),
          Map.entry("sendmmsg", "socket"),
          Map.entry("fsync", "disk"),
          Map.entry("fdatasync", "disk"),
          Map.entry("sync", "disk"),
          Map.entry("syncfs", "disk"),
          Map.entry("sync_file_range", "disk"),
          Map.entry("msync", "disk"));

  private final NameTable names;
  private final boolean areCallsKnown;
  private final int user;
  private final int syscall;
  private final int kernel;
  private final int irq;
  private final int softirq;
  private final int woken;
  private final int preempted;
  private final int fresh;
  private final int disk;
  private final int pageFault;
  private final int unknown;

  /// By id of a system call: id of the cause, -1 not looked up yet, -2 none of its own.
  private volatile int[] causes = new int[0];

  /// @param areCallsKnown whether it is known when threads are in system calls
  DetailNames(NameTable names, boolean areCallsKnown) {
    this.names = names;
    this.areCallsKnown = areCallsKnown;
    user = names.id("user");
    syscall = names.id("syscall");
    kernel = names.id("kernel");
    irq = names.id("irq");
    softirq = names.id("softirq");
    woken = names.id("woken");
    preempted = names.id("preempted");
    fresh = names.id("new");
    disk = names.id("disk");
    pageFault = names.id("page fault");
    unknown = names.id("unknown");
  }

  /// The id of a detail's name, or -1 for none.
  ///
  /// @param call the system call, or negative
  /// @param isKernel 1, 0 or -1
  /// @param context who ended a wait that signals cannot end
  int id(int detail, long call, int isKernel, long context) {
    return switch (detail) {
      case Details.RUNS -> runs(call, isKernel);
      case Details.IRQ -> irq;
      case Details.SOFTIRQ -> softirq;
      case Details.WOKEN -> woken;
      case Details.PREEMPTED -> preempted;
      case Details.NEW -> fresh;
      case Details.SLEEPS -> call >= 0 ? cause((int) call, syscall) : unknown;
      case Details.SLEEPS_UNINTERRUPTIBLY ->
          (Contexts.marks(context) & Contexts.DISK) != 0
              ? call < 0 && isKernel == 0 ? pageFault : disk
              : call >= 0 ? cause((int) call, syscall) : unknown;
      default -> -1;
    };
  }

  private int runs(long call, int isKernel) {
    if (call >= 0) {
      return syscall;
    }
    return isKernel > 0 ? kernel : isKernel < 0 || !areCallsKnown ? -1 : user;
  }

  private int cause(int call, int otherwise) {
    int[] known = causes;
    int cause = call < known.length ? known[call] : -1;
    if (cause == -1) {
      String name = CAUSES.get(names.text(call));
      cause = name == null ? -2 : names.id(name);
      int[] grown = Arrays.copyOf(known, Math.max(known.length, call + 64));
      Arrays.fill(grown, known.length, grown.length, -1);
      grown[call] = cause;
      causes = grown;
    }
    return cause == -2 ? otherwise : cause;
  }
}
