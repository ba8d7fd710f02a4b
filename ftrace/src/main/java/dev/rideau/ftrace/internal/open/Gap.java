package dev.rideau.ftrace.internal.open;

/// Events that the ring buffer missed.
///
/// @param packet the packet before which they are missing
/// @param count how many, or [dev.rideau.trace.Loss#UNKNOWN_COUNT]
record Gap(int packet, long count) {}
