/// The vocabulary of a trace: what every reader produces and everything else consumes.
///
/// Descriptions ([TraceClass], [DataStreamClass], [EventClass], [FieldClass], [ClockClass]) are
/// immutable. Event records never become objects: a [BlockCursor] hands out [RecordBlock]s, whose
/// [Batch]es hold one event class each as primitive [Column]s.
@NullMarked
package dev.rideau.trace;

import org.jspecify.annotations.NullMarked;
