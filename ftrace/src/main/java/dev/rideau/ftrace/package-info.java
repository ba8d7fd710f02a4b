/// The kernel's own trace formats: event format files, ring-buffer pages, `trace.dat`.
///
/// An [dev.rideau.ftrace.EventFormat] is what an event format file says; it gives an event class, a
/// decoder of records and a printer of them. perf records hold the same bytes in their raw data.
@NullMarked
package dev.rideau.ftrace;

import org.jspecify.annotations.NullMarked;
