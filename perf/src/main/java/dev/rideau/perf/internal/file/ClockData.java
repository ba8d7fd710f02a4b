package dev.rideau.perf.internal.file;

/// Two clocks, read at the same moment: how timestamps become wall-clock time.
///
/// @param clockId the clock of the timestamps
/// @param wallClockNs nanoseconds since the Unix epoch at that moment
/// @param clockNs that clock at that moment
public record ClockData(int clockId, long wallClockNs, long clockNs) {}
