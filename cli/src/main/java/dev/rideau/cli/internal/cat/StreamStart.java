package dev.rideau.cli.internal.cat;

import org.jspecify.annotations.Nullable;

/// Where the lines of a data stream begin that a slice has.
///
/// @param packet index of the packet to decode first
/// @param beginNs lines before the first one of this time or later are passed over
/// @param position or, if not null, those before this one
/// @param earliestNs what lines count as no earlier than
record StreamStart(int packet, long beginNs, @Nullable StreamPosition position, long earliestNs) {

  /// Lines from a time on.
  static StreamStart at(int packet, long beginNs) {
    return new StreamStart(packet, beginNs, null, Long.MIN_VALUE);
  }
}
