package dev.rideau.server.internal.view;

/// An event record.
///
/// @param index position among all records, in the order of time
/// @param ns when, absolute
/// @param event name of its class
/// @param host number of the machine, 0 where it is not known
/// @param cpu where, -1 for unknown
/// @param stream name of its data stream
/// @param fields payload and contexts as text
public record EventRow(
    long index, long ns, String event, int host, int cpu, String stream, String fields) {}
