package dev.rideau.trace;

import dev.rideau.trace.FieldClass.Structure;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// The description that all data streams of one kind share.
///
/// @param ordinal position in [TraceClass#dataStreamClasses()]
/// @param id what the packet header says, unsigned
/// @param defaultClock the clock of packet and record timestamps, null when records have no time
/// @param eventClasses in the order of the metadata; [EventClass#ordinal()] is the index
public record DataStreamClass(
    int ordinal,
    long id,
    @Nullable String namespace,
    @Nullable String name,
    @Nullable String uid,
    @Nullable ClockClass defaultClock,
    @Nullable Structure packetContext,
    @Nullable Structure eventHeader,
    @Nullable Structure commonContext,
    List<EventClass> eventClasses,
    Attributes attributes) {

  public DataStreamClass {
    eventClasses = List.copyOf(eventClasses);
  }

  /// The event class with that id, or null. Linear: resolve once, not per record.
  public @Nullable EventClass eventClass(long id) {
    for (EventClass eventClass : eventClasses) {
      if (eventClass.id() == id) {
        return eventClass;
      }
    }
    return null;
  }
}
