package dev.rideau.kernel.internal.track.syscall;

/// A system call of which all is known that will be. Reused; filled by [Calls].
final class Call {
  private static final byte[] NO_BYTES = new byte[0];

  long ts;
  long endNs;
  int clipped;
  int name;
  CallKind kind = CallKind.PLAIN;
  int thread;
  int fd;
  int otherFd;
  long length;
  long offset;
  int flags;
  boolean isReturned;
  long result;

  /// Two descriptors that it made.
  long made;

  /// Path or address; its bytes are not copied.
  byte[] path = NO_BYTES;

  int pathFrom;
  int pathLength;

  void begin(long beginNs, long endNs, int clipped) {
    ts = beginNs;
    this.endNs = endNs;
    this.clipped = clipped;
    fd = Calls.NO_FD;
    otherFd = Calls.NO_FD;
    length = Calls.ABSENT;
    offset = Calls.ABSENT;
    flags = 0;
    isReturned = false;
    result = 0;
    made = 0;
    path(NO_BYTES, 0, 0);
  }

  void path(byte[] bytes, int from, int length) {
    path = bytes;
    pathFrom = from;
    pathLength = length;
  }
}
