package dev.rideau.cli.internal.stat;

import java.util.Locale;

/// By what the event classes of a report are ordered.
public enum SortKey {
  /// Most records first.
  COUNT,
  /// Most bytes first.
  BYTES,
  /// By name.
  NAME;

  /// A total order: ties go by name, data stream class and id. Written out, because comparators
  /// made of lambdas cost milliseconds at a start.
  int compare(EventClassStatistics left, EventClassStatistics right) {
    int order =
        switch (this) {
          case COUNT -> Long.compare(right.records(), left.records());
          case BYTES -> Long.compare(right.bits(), left.bits());
          case NAME -> 0;
        };
    if (order == 0) {
      order = left.eventClass().displayName().compareTo(right.eventClass().displayName());
    }
    if (order == 0) {
      order = Long.compareUnsigned(left.streamClass().id(), right.streamClass().id());
    }
    return order != 0
        ? order
        : Long.compareUnsigned(left.eventClass().id(), right.eventClass().id());
  }

  /// What the user types.
  @Override
  public String toString() {
    return name().toLowerCase(Locale.ROOT);
  }
}
