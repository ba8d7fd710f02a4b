package dev.rideau.cli.internal.stat;

/// A piece of work: successive packets of one data stream.
///
/// @param stream position of the data stream among those counted
/// @param bytes length of the packets with padding
record PacketRange(int stream, int firstPacket, int endPacket, long bytes) {}
