/// A tracer that a Java program embeds: typed events, recorded as binary data without locks and
/// without allocation, in Common Trace Format.
///
/// Declare events ([TraceProvider], [TraceEvent]), make them with [Tracer], record them with a
/// [TraceSession].
@NullMarked
package dev.rideau.tracer;

import org.jspecify.annotations.NullMarked;
