package dev.rideau.cli.internal.cat;

/// Which line of a data stream.
///
/// @param packet index of the packet; [#MARKS] for marks
/// @param offsetBits bit of the file, or number of the mark
record StreamPosition(int packet, long offsetBits) {
  static final int MARKS = -1;

  /// Behind the last line.
  static final StreamPosition END = new StreamPosition(-2, 0);
}
