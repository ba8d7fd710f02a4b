package dev.rideau.cli.internal.top;

import java.util.LinkedHashMap;
import java.util.Map;

/// The requests that disks have. A device that is busy hands one back, and it is issued once more,
/// often by a worker of the kernel: it is counted once, for the thread that issued it first.
final class DiskRequests {
  /// Requests whose end is never told are forgotten, oldest first.
  private static final int MOST_OPEN = 1 << 16;

  private static final int SECTOR_BYTES = 512;

  private record Place(long device, long sector) {}

  private static final class Request {
    final long tid;
    long sectors;
    long bytes;

    /// Whether the device has handed it back.
    boolean isBack;

    Request(long tid, long sectors, long bytes) {
      this.tid = tid;
      this.sectors = sectors;
      this.bytes = bytes;
    }
  }

  /// Where a thread's use of disks is added up.
  interface Usages {
    /// What the process of a thread used.
    Usage of(long tid);
  }

  private final Usages usages;

  private final Map<Place, Request> open = bounded();

  /// Who put requests into a queue; whoever runs takes them out.
  private final Map<Place, Long> inserters = bounded();

  private boolean tellsEnds;
  private boolean tellsBacks;

  DiskRequests(Usages usages) {
    this.usages = usages;
  }

  private static <V> Map<Place, V> bounded() {
    return new LinkedHashMap<>() {
      @Override
      protected boolean removeEldestEntry(Map.Entry<Place, V> eldest) {
        return size() > MOST_OPEN;
      }
    };
  }

  void inserted(long tid, long device, long sector) {
    inserters.put(new Place(device, sector), tid);
  }

  /// @param issuer the thread that hands it to the device
  /// @param bytes that it moves
  void issued(long issuer, long device, long sector, long sectors, long bytes) {
    Place place = new Place(device, sector);
    Long inserter = inserters.remove(place);
    long tid = inserter == null ? issuer : inserter;
    if (sectors > 0) {
      Request before = open.get(place);
      if (before != null && isSame(before, sectors)) {
        // Others may have been merged into it meanwhile.
        usages.of(before.tid).diskBytes += Math.max(0, bytes - before.bytes);
        before.sectors = sectors;
        before.bytes = bytes;
        before.isBack = false;
        return;
      }
      open.remove(place);
      open.put(place, new Request(tid, sectors, bytes));
    }
    Usage usage = usages.of(tid);
    usage.diskRequests++;
    usage.diskBytes += bytes;
  }

  /// Where nobody tells what devices hand back, what begins again before its end was handed back.
  private boolean isSame(Request before, long sectors) {
    return before.isBack || tellsEnds && !tellsBacks && before.sectors == sectors;
  }

  void handedBack(long device, long sector) {
    tellsBacks = true;
    Request request = open.get(new Place(device, sector));
    if (request != null) {
      request.isBack = true;
    }
  }

  /// A request has ended, or its first sectors.
  void completed(long device, long sector, long sectors) {
    tellsEnds = true;
    Request request = open.remove(new Place(device, sector));
    if (request != null && sectors > 0 && sectors < request.sectors) {
      request.sectors -= sectors;
      request.bytes = Math.max(0, request.bytes - sectors * SECTOR_BYTES);
      open.put(new Place(device, sector + sectors), request);
    }
  }
}
