package dev.rideau.server.internal.tsp;

import dev.rideau.server.internal.view.Arrow;
import dev.rideau.server.internal.view.StateStyle;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;

/// How clients draw states: colours that people who cannot tell red from green can tell apart, and
/// work higher than waiting.
final class StateColors {
  private static final Map<String, Object> STYLES = new LinkedHashMap<>();

  static {
    for (StateStyle style : StateStyle.values()) {
      if (style != StateStyle.NONE) {
        STYLES.put(
            style.key(),
            Entries.style(
                null,
                JsonTree.object(
                    "style-name",
                    style.title(),
                    "style-group",
                    style.group(),
                    "background-color",
                    color(style),
                    "height",
                    height(style),
                    "opacity",
                    1.0)));
      }
    }
    for (Arrow.Kind kind : Arrow.Kind.values()) {
      STYLES.put(
          arrowKey(kind),
          Entries.style(
              null,
              JsonTree.object(
                  "style-name",
                  kind == Arrow.Kind.WAKEUP ? "Wakeup" : "Migration",
                  "style-group",
                  "arrow",
                  "color",
                  kind == Arrow.Kind.WAKEUP ? "#0072B2" : "#CC79A7",
                  "width",
                  1,
                  "head-height",
                  3)));
    }
  }

  private StateColors() {}

  /// All styles by key.
  static Map<String, Object> styles() {
    return Map.copyOf(STYLES);
  }

  static String arrowKey(Arrow.Kind kind) {
    return "arrow-" + kind.name().toLowerCase(Locale.ROOT);
  }

  private static String color(StateStyle style) {
    return switch (style) {
      case NONE -> "#FFFFFF";
      case RUNNING_USER, CPU_USER -> "#009E73";
      case RUNNING_SYSCALL -> "#0072B2";
      case RUNNING_IRQ, IRQ -> "#7F3C8D";
      case RUNNING_SOFTIRQ, SOFTIRQ -> "#CC79A7";
      case RUNNING_KERNEL, CPU_KERNEL_THREAD -> "#56B4E9";
      case EVENT -> "#7A6FBD";
      case RUNNING -> "#33AF8A";
      case RUNNABLE_WOKEN, RUNNABLE_NEW, RUNNABLE -> "#E69F00";
      case RUNNABLE_PREEMPTED -> "#D55E00";
      case BLOCKED_SYSCALL -> "#8FA8C8";
      case BLOCKED_DISK -> "#8C510A";
      case BLOCKED_PAGE_FAULT -> "#A6761D";
      case BLOCKED_TIMER -> "#C7C7C7";
      case BLOCKED_FUTEX -> "#B35806";
      case BLOCKED_PIPE -> "#80CDC1";
      case BLOCKED_SOCKET -> "#5AB4AC";
      case BLOCKED_POLL -> "#BFD3C1";
      case BLOCKED_PROCESS -> "#9E9AC8";
      case BLOCKED_UNKNOWN -> "#AAAAAA";
      case STOPPED -> "#F0E442";
      case DEAD, UNKNOWN -> "#DDDDDD";
      case CPU_IDLE -> "#C8C8C8";
      case FREQUENCY_0, IDLE_3 -> "#DEEBF7";
      case FREQUENCY_1, IDLE_2 -> "#9ECAE1";
      case FREQUENCY_2, IDLE_1 -> "#6BAED6";
      case FREQUENCY_3, IDLE_0 -> "#3182BD";
      case FREQUENCY_4 -> "#08519C";
      case DISK_1 -> "#FDD0A2";
      case DISK_2 -> "#FDAE6B";
      case DISK_4 -> "#FD8D3C";
      case DISK_8 -> "#E6550D";
      case DISK_16 -> "#A63603";
      case NET_SEND -> "#D55E00";
      case NET_RECEIVE -> "#0072B2";
    };
  }

  private static double height(StateStyle style) {
    return switch (style.group()) {
      case "thread" -> isRunning(style) ? 1.0 : isRunnable(style) ? 0.75 : 0.5;
      case "cpu" -> style == StateStyle.CPU_IDLE ? 0.5 : 1.0;
      default -> 1.0;
    };
  }

  private static boolean isRunning(StateStyle style) {
    return style.key().startsWith("running");
  }

  private static boolean isRunnable(StateStyle style) {
    return style.key().startsWith("runnable");
  }
}
