package dev.rideau.reports;

/// What the tracer lost in the time that a report looks at.
///
/// @param events number of lost event records as far as known
/// @param packets number of lost packets as far as known
/// @param beginNs from when at the earliest
/// @param endNs until when at the latest
public record Losses(long events, long packets, long beginNs, long endNs) {}
