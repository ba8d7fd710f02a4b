package dev.rideau.kernel.internal.track.block;

import dev.rideau.kernel.internal.track.ThreadRefs;

/// A request that is on its way. Lives in the join.
final class Request {
  static final long NO_TIME = Long.MIN_VALUE;

  final long device;
  long sector;
  long endSector;
  int flags;
  int thread = ThreadRefs.NONE;
  long bytes;
  long insertedNs = NO_TIME;
  long issuedNs = NO_TIME;
  int mergesFront;
  int mergesBack;
  int queueDepth;
  long seek = NO_TIME;
  long processSeek = NO_TIME;
  long error;

  /// Sectors that were completed so far.
  long doneSectors;

  Request(long device, long sector, long sectors, int flags) {
    this.device = device;
    this.sector = sector;
    this.endSector = sector + sectors;
    this.flags = flags;
  }

  long sectors() {
    return endSector - sector;
  }
}
