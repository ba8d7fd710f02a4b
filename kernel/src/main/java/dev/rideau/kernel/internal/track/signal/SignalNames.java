package dev.rideau.kernel.internal.track.signal;

import java.util.List;

/// Names of signals as most architectures number them.
final class SignalNames {
  private static final List<String> NAMES =
      List.of(
          "SIG0",
          "SIGHUP",
          "SIGINT",
          "SIGQUIT",
          "SIGILL",
          "SIGTRAP",
          "SIGABRT",
          "SIGBUS",
          "SIGFPE",
          "SIGKILL",
          "SIGUSR1",
          "SIGSEGV",
          "SIGUSR2",
          "SIGPIPE",
          "SIGALRM",
          "SIGTERM",
          "SIGSTKFLT",
          "SIGCHLD",
          "SIGCONT",
          "SIGSTOP",
          "SIGTSTP",
          "SIGTTIN",
          "SIGTTOU",
          "SIGURG",
          "SIGXCPU",
          "SIGXFSZ",
          "SIGVTALRM",
          "SIGPROF",
          "SIGWINCH",
          "SIGIO",
          "SIGPWR",
          "SIGSYS");

  /// The kernel's first real-time signal; libraries keep the first two for themselves.
  private static final int FIRST_REAL_TIME = 32;

  private static final int LAST = 64;

  private SignalNames() {}

  static String of(long signal) {
    if (signal >= 0 && signal < NAMES.size()) {
      return NAMES.get((int) signal);
    }
    return signal >= FIRST_REAL_TIME && signal <= LAST
        ? "SIGRT" + (signal - FIRST_REAL_TIME)
        : "SIG" + signal;
  }
}
