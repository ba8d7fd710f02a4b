package dev.rideau.server.internal.view;

import java.util.Locale;
import org.jspecify.annotations.Nullable;

/// What a state of a row is, and so how it is drawn. Colours belong to whoever draws.
public enum StateStyle {
  NONE("Nothing", "none"),
  RUNNING_USER("Running in user mode", "thread"),
  RUNNING_SYSCALL("Running in a system call", "thread"),
  RUNNING_IRQ("Interrupted by an interrupt", "thread"),
  RUNNING_SOFTIRQ("Interrupted by a softirq", "thread"),
  RUNNING_KERNEL("Running in the kernel", "thread"),
  RUNNING("Running", "thread"),
  RUNNABLE_WOKEN("Woken, waits for a CPU", "thread"),
  RUNNABLE_PREEMPTED("Preempted, waits for a CPU", "thread"),
  RUNNABLE_NEW("New, waits for a CPU", "thread"),
  RUNNABLE("Waits for a CPU", "thread"),
  BLOCKED_SYSCALL("Blocked in a system call", "thread"),
  BLOCKED_DISK("Blocked: disk", "thread"),
  BLOCKED_PAGE_FAULT("Blocked: page fault", "thread"),
  BLOCKED_TIMER("Blocked: timer", "thread"),
  BLOCKED_FUTEX("Blocked: futex", "thread"),
  BLOCKED_PIPE("Blocked: pipe", "thread"),
  BLOCKED_SOCKET("Blocked: socket", "thread"),
  BLOCKED_POLL("Blocked: poll", "thread"),
  BLOCKED_PROCESS("Blocked: waits for a process", "thread"),
  BLOCKED_UNKNOWN("Blocked", "thread"),
  STOPPED("Stopped", "thread"),
  DEAD("Dead", "thread"),
  UNKNOWN("Unknown", "thread"),
  CPU_IDLE("Idle", "cpu"),
  CPU_USER("Runs a thread", "cpu"),
  CPU_KERNEL_THREAD("Runs a kernel thread", "cpu"),
  IRQ("Interrupt", "irq"),
  SOFTIRQ("Softirq", "softirq"),
  FREQUENCY_0("Lowest frequency", "frequency"),
  FREQUENCY_1("Low frequency", "frequency"),
  FREQUENCY_2("Medium frequency", "frequency"),
  FREQUENCY_3("High frequency", "frequency"),
  FREQUENCY_4("Highest frequency", "frequency"),
  IDLE_0("Idle state 0", "idle"),
  IDLE_1("Idle state 1", "idle"),
  IDLE_2("Idle state 2", "idle"),
  IDLE_3("Idle state 3 or deeper", "idle"),
  DISK_1("1 request", "disk"),
  DISK_2("2 and 3 requests", "disk"),
  DISK_4("4 to 7 requests", "disk"),
  DISK_8("8 to 15 requests", "disk"),
  DISK_16("16 requests and more", "disk"),
  NET_SEND("Sends", "net"),
  NET_RECEIVE("Receives", "net"),
  EVENT("Event", "event");

  private static final StateStyle[] ALL = values();

  private final String title;
  private final String group;
  private final String key;

  StateStyle(String title, String group) {
    this.title = title;
    this.group = group;
    key = name().toLowerCase(Locale.ROOT).replace('_', '-');
  }

  /// The style with a code.
  public static StateStyle of(int code) {
    return ALL[code];
  }

  /// The number that stands for it in answers.
  public int code() {
    return ordinal();
  }

  /// A stable name.
  public String key() {
    return key;
  }

  /// For people.
  public String title() {
    return title;
  }

  /// Rows of which kind it occurs in.
  public String group() {
    return group;
  }

  /// Whether it is what a row does when it does nothing: short work is shown rather than it.
  public boolean isBackground() {
    return this == CPU_IDLE || (compareTo(BLOCKED_SYSCALL) >= 0 && compareTo(UNKNOWN) <= 0);
  }

  /// The state of a thread as the table `thread_state` writes it.
  static StateStyle ofThread(String state, @Nullable String detail) {
    return switch (state) {
      case "running" ->
          switch (detail) {
            case "user" -> RUNNING_USER;
            case "syscall" -> RUNNING_SYSCALL;
            case "irq" -> RUNNING_IRQ;
            case "softirq" -> RUNNING_SOFTIRQ;
            case "kernel" -> RUNNING_KERNEL;
            case null, default -> RUNNING;
          };
      case "runnable" ->
          switch (detail) {
            case "woken" -> RUNNABLE_WOKEN;
            case "preempted" -> RUNNABLE_PREEMPTED;
            case "new" -> RUNNABLE_NEW;
            case null, default -> RUNNABLE;
          };
      case "blocked" ->
          switch (detail) {
            case "syscall" -> BLOCKED_SYSCALL;
            case "disk" -> BLOCKED_DISK;
            case "page fault" -> BLOCKED_PAGE_FAULT;
            case "timer" -> BLOCKED_TIMER;
            case "futex" -> BLOCKED_FUTEX;
            case "pipe" -> BLOCKED_PIPE;
            case "socket" -> BLOCKED_SOCKET;
            case "poll" -> BLOCKED_POLL;
            case "process" -> BLOCKED_PROCESS;
            case null, default -> BLOCKED_UNKNOWN;
          };
      case "stopped" -> STOPPED;
      case "dead" -> DEAD;
      default -> UNKNOWN;
    };
  }

  /// A frequency in fifths of the highest one.
  static StateStyle ofFrequency(long kilohertz, long highest) {
    int fifth = highest <= 0 ? 4 : Math.clamp(kilohertz * 5 / highest, 0, 4);
    return ALL[FREQUENCY_0.ordinal() + fifth];
  }

  static StateStyle ofIdle(long state) {
    return ALL[IDLE_0.ordinal() + Math.clamp(state, 0, 3)];
  }
}
