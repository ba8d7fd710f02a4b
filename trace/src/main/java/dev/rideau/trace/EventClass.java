package dev.rideau.trace;

import dev.rideau.trace.FieldClass.Structure;
import org.jspecify.annotations.Nullable;

/// The description that all event records of one kind share.
///
/// @param ordinal position in [DataStreamClass#eventClasses()]; what arrays on the data plane are
///   indexed by
/// @param id what the event header of a record says, unsigned
/// @param name event name, null when the metadata gives none
/// @param logLevel numeric log level, null when there is none
/// @param emfUri Eclipse modelling framework URI, null when there is none
public record EventClass(
    int ordinal,
    long id,
    @Nullable String namespace,
    @Nullable String name,
    @Nullable String uid,
    @Nullable Long logLevel,
    @Nullable String emfUri,
    @Nullable Structure specificContext,
    @Nullable Structure payload,
    Attributes attributes) {

  /// The event name, or a stand-in that holds the id.
  public String displayName() {
    String given = name;
    return given != null ? given : "event-class-" + Long.toUnsignedString(id);
  }
}
