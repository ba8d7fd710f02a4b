package dev.rideau.kernel.internal.track.syscall;

/// What a system call does to descriptors or to the address space, beside moving data.
enum Effect {
  NONE,
  /// Returns a new descriptor.
  OPEN,
  /// Returns a new descriptor, unless one was given to be changed.
  REOPEN,
  /// Gives two new descriptors.
  PAIR,
  /// Returns a descriptor of a connection; its address is told at exit.
  ACCEPT,
  CONNECT,
  CLOSE,
  CLOSE_RANGE,
  /// Returns a copy of a descriptor.
  DUP,
  /// Copies a descriptor to a number that was given.
  DUP_TO,
  FCNTL,
  IOCTL,
  CLONE,
  UNSHARE,
  /// Maps at an address that it returns.
  MAP,
  /// Changes the range that it was given.
  CHANGE_MAP,
  BRK;

  /// Whether it makes the descriptor that a row of `io` speaks of, so that it must come first.
  boolean makesDescriptor() {
    return this == OPEN || this == ACCEPT || this == CONNECT;
  }

  /// Whether descriptors may be others afterwards.
  boolean changesDescriptors() {
    return this != NONE && this != MAP && this != CHANGE_MAP && this != BRK && this != CLONE;
  }
}
