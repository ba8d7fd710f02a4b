package dev.rideau.server.internal.view;

import java.util.Locale;

/// What a row of the timeline stands for.
public enum RowKind {
  GROUP,
  CPU,
  CPU_IRQ,
  CPU_SOFTIRQ,
  CPU_FREQUENCY,
  CPU_IDLE,
  PROCESS,
  THREAD,
  DISK,
  NET_DEVICE,
  IRQ,
  SOFTIRQ,
  EVENTS;

  /// How clients are told.
  public String key() {
    return name().toLowerCase(Locale.ROOT);
  }
}
