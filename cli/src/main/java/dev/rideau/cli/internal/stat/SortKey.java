package dev.rideau.cli.internal.stat;

import java.util.Comparator;
import java.util.Locale;

/// By what the event classes of a report are ordered.
public enum SortKey {
  /// Most records first.
  COUNT,
  /// Most bytes first.
  BYTES,
  /// By name.
  NAME;

  private static final Comparator<EventClassStatistics> TIES =
      Comparator.<EventClassStatistics, String>comparing(row -> row.eventClass().displayName())
          .thenComparing(row -> row.streamClass().id(), Long::compareUnsigned)
          .thenComparing(row -> row.eventClass().id(), Long::compareUnsigned);

  /// The order, a total one: ties go by name, data stream class and id.
  Comparator<EventClassStatistics> order() {
    return switch (this) {
      case COUNT ->
          Comparator.comparingLong(EventClassStatistics::records).reversed().thenComparing(TIES);
      case BYTES ->
          Comparator.comparingLong(EventClassStatistics::bits).reversed().thenComparing(TIES);
      case NAME -> TIES;
    };
  }

  /// What the user types.
  @Override
  public String toString() {
    return name().toLowerCase(Locale.ROOT);
  }
}
