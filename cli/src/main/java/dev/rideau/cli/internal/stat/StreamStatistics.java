package dev.rideau.cli.internal.stat;

import dev.rideau.trace.DataStream;

/// What `stat` tells about a data stream.
///
/// @param records its event records in the time asked about
/// @param span when they are; none when records have no time
public record StreamStatistics(DataStream stream, long records, TimeSpan span) {}
