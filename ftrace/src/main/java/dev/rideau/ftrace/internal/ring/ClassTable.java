package dev.rideau.ftrace.internal.ring;

import dev.rideau.ftrace.EventFormat;
import java.util.Arrays;
import java.util.List;

/// From the ids in records to event classes and their formats. Immutable and shared.
public final class ClassTable {
  private static final int MOST_ID = 0xFFFF;

  private final List<EventFormat> formats;
  private final int[] ordinals;

  /// @param formats by [EventClass#ordinal()]
  public ClassTable(List<EventFormat> formats) {
    this.formats = List.copyOf(formats);
    int most = 0;
    for (EventFormat format : formats) {
      if (format.id() <= MOST_ID) {
        most = Math.max(most, format.id());
      }
    }
    ordinals = new int[most + 1];
    Arrays.fill(ordinals, -1);
    for (int i = 0; i < formats.size(); i++) {
      int id = formats.get(i).id();
      if (id <= MOST_ID && ordinals[id] < 0) {
        ordinals[id] = i;
      }
    }
  }

  /// The ordinal of the class with that id, or -1.
  int ordinalOf(int id) {
    return id < ordinals.length ? ordinals[id] : -1;
  }

  /// The format of a class.
  public EventFormat format(int ordinal) {
    return formats.get(ordinal);
  }
}
