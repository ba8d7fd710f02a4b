package dev.rideau.ftrace.internal.ring;

/// Hands out the pages of packets. Used by one thread at a time.
@FunctionalInterface
public interface PageBytes {
  /// Reads all pages of a packet into the start of `target`, which has room for them.
  ///
  /// @return how many bytes were read; fewer than asked for when the file was cut
  int read(int packet, byte[] target);
}
