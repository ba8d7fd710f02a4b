package dev.rideau.cli.internal.record;

import dev.rideau.record.EventRequest;
import dev.rideau.record.Trigger;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// What `--on` understands:
///
///     EVENT [if FILTER]                                        the event happens
///     killed                                                   a signal ends a process
///     syscall [NAME,...] > TIME                                a system call lasts too long
///     EVENT[.FIELD] [if FILTER] -> EVENT[.FIELD] [if FILTER] > TIME
///
/// The last is the general one: from one event to the next with an equal field, or of the same
/// thread.
final class TriggerText {
  private static final Pattern LASTS =
      Pattern.compile("(.*\\S)\\s*>\\s*(\\d[\\d.]*\\s*(?:ns|us|ms|s|m|min|h))", Pattern.DOTALL);
  private static final Pattern SYSCALL = Pattern.compile("syscall(?:\\s+([a-z0-9_,\\s]+))?");
  private static final Pattern SIDE =
      Pattern.compile("([A-Za-z0-9_:*?-]+)(?:\\.(\\w+))?(\\s+if\\s.*)?", Pattern.DOTALL);
  private static final String SAME_THREAD = "common_pid";

  /// Signals that by default end a process are all but those that are ignored or stop it; the
  /// kernel tells of a signal that a program handles by the handler's address.
  private static final String KILLED =
      "signal:signal_deliver if sa_handler == 0 && sig != 17 && sig != 18 && sig != 19"
          + " && sig != 20 && sig != 21 && sig != 22 && sig != 23 && sig != 28";

  /// Calls that are made to wait: long ones mean nothing.
  private static final Set<String> WAITS =
      Set.of(
          "accept",
          "accept4",
          "clock_nanosleep",
          "epoll_pwait",
          "epoll_pwait2",
          "epoll_wait",
          "exit",
          "exit_group",
          "futex",
          "futex_wait",
          "futex_waitv",
          "io_getevents",
          "io_pgetevents",
          "io_uring_enter",
          "mq_timedreceive",
          "msgrcv",
          "nanosleep",
          "pause",
          "poll",
          "ppoll",
          "pselect6",
          "recvfrom",
          "recvmmsg",
          "recvmsg",
          "restart_syscall",
          "rt_sigreturn",
          "rt_sigsuspend",
          "rt_sigtimedwait",
          "select",
          "semop",
          "semtimedop",
          "vfork",
          "wait4",
          "waitid");

  private TriggerText() {}

  /// Reads one.
  ///
  /// @param syscalls names of the system calls that this kernel tells of
  /// @throws IllegalArgumentException when it is none of them
  static Trigger parse(String given, List<String> syscalls) {
    String text = given.strip();
    if (text.equals("killed")) {
      return new Trigger.Happens(text, EventRequest.parse(KILLED));
    }
    Matcher lasts = LASTS.matcher(text);
    if (lasts.matches()) {
      long longerThanNs = Amounts.nanoseconds(lasts.group(2));
      Matcher syscall = SYSCALL.matcher(lasts.group(1));
      if (syscall.matches()) {
        return syscall(text, syscall.group(1), syscalls, longerThanNs);
      }
      int arrow = text.indexOf("->");
      if (arrow > 0) {
        Matcher begin = side(text, text.substring(0, arrow));
        Matcher end = side(text, lasts.group(1).substring(arrow + 2));
        return new Trigger.Lasts(
            text,
            List.of(request(begin)),
            key(begin),
            List.of(request(end)),
            key(end),
            longerThanNs);
      }
    }
    try {
      return new Trigger.Happens(text, EventRequest.parse(text));
    } catch (IllegalArgumentException malformed) {
      throw new IllegalArgumentException(
          "'%s' is none of EVENT [if FILTER], killed, syscall [NAME,...] > TIME,".formatted(text)
              + " EVENT[.FIELD] -> EVENT[.FIELD] > TIME (a TIME is 100ms or 2s)",
          malformed);
    }
  }

  private static Trigger syscall(
      String text, @Nullable String named, List<String> all, long longerThanNs) {
    List<EventRequest> begins = new ArrayList<>();
    List<EventRequest> ends = new ArrayList<>();
    List<String> names =
        named == null
            ? all.stream().filter(name -> !WAITS.contains(name)).toList()
            : List.of(named.strip().split("[\\s,]+"));
    for (String name : names) {
      begins.add(new EventRequest("syscalls", "sys_enter_" + name, null, named != null));
      ends.add(new EventRequest("syscalls", "sys_exit_" + name, null, named != null));
    }
    return new Trigger.Lasts(text, begins, SAME_THREAD, ends, SAME_THREAD, longerThanNs);
  }

  private static Matcher side(String text, String side) {
    Matcher matcher = SIDE.matcher(side.strip());
    if (!matcher.matches()) {
      throw new IllegalArgumentException(
          "'%s' is no EVENT[.FIELD] [if FILTER] -> EVENT[.FIELD] [if FILTER] > TIME"
              .formatted(text));
    }
    return matcher;
  }

  private static EventRequest request(Matcher side) {
    String filter = side.group(3);
    return EventRequest.parse(side.group(1) + (filter == null ? "" : " " + filter.strip()));
  }

  private static String key(Matcher side) {
    String field = side.group(2);
    return field == null ? SAME_THREAD : field;
  }
}
