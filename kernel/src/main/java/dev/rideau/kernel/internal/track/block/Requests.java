package dev.rideau.kernel.internal.track.block;

import dev.rideau.kernel.FactBatch;
import dev.rideau.kernel.RequestFlags;
import dev.rideau.kernel.internal.layout.ModelEvent;
import dev.rideau.kernel.internal.people.People;
import dev.rideau.kernel.internal.track.Core;
import dev.rideau.kernel.internal.track.Gaps;
import dev.rideau.kernel.internal.track.Sequence;
import dev.rideau.kernel.internal.track.Step;
import dev.rideau.kernel.internal.track.TableRows;
import dev.rideau.kernel.internal.track.ThreadRefs;
import dev.rideau.kernel.schema.BlockTables;
import java.util.ArrayDeque;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/// The requests of all disks, in the order of time.
///
/// ```
/// bio queue -> (new request: get | merged into one that waits) -> insert -> issue -> complete
/// ```
///
/// Waiting requests are found by their first sector and by the sector behind them, those with the
/// device by their first sector. Steps carry the device in `a`, the sector in `b`, sectors and
/// flags in the halves of `c`, bytes or error in `d`.
final class Requests extends Sequence {
  static final int QUEUE = 0;
  static final int GET = 1;
  static final int MERGE_BACK = 2;
  static final int MERGE_FRONT = 3;
  static final int MERGE_REQUESTS = 4;
  static final int INSERT = 5;
  static final int ISSUE = 6;
  static final int REQUEUE = 7;
  static final int COMPLETE = 8;
  static final int DEVICE = 9;

  private static final int SECTOR_BYTES = 512;

  /// Most threads behind bios that wait for their request, and most requests that wait: what never
  /// comes out is forgotten, oldest first.
  private static final int MOST_WAITING = 1 << 16;

  private record Place(long device, long sector) {}

  private record ProcessOnDevice(long device, int process) {}

  /// A device's own state.
  private static final class Disk {
    int inFlight;
    long lastEnd = Request.NO_TIME;

    /// Requests without sectors that are with the device: flushes and commands.
    final ArrayDeque<Request> withoutSectors = new ArrayDeque<>();
  }

  private final Core core;
  private final @Nullable People people;
  private final TableRows rows;
  private final TableRows deviceRows;
  private final boolean areIssuesKnown;
  private final boolean areEndsKnown;
  private final Map<Place, Integer> queuedBy = bounded();
  private final Map<Place, Request> waiting = bounded();
  private final Map<Place, Request> waitingByEnd = bounded();
  private final Map<Place, Request> withDevice = new HashMap<>();
  private final Map<Long, Disk> disks = new TreeMap<>();
  private final Map<Long, Integer> diskNames = new TreeMap<>();
  private final Map<ProcessOnDevice, Long> lastEnds = new HashMap<>();

  Requests(Core core, @Nullable People people) {
    super(core);
    this.core = core;
    this.people = people;
    rows = core.rows(BlockTables.BLOCK_REQUEST);
    deviceRows = core.rows(BlockTables.BLOCK_DEVICE);
    areIssuesKnown = core.isRecorded(ModelEvent.BLOCK_RQ_ISSUE);
    areEndsKnown = core.isRecorded(ModelEvent.BLOCK_RQ_COMPLETE);
  }

  private static <V> Map<Place, V> bounded() {
    return new LinkedHashMap<>() {
      @Override
      protected boolean removeEldestEntry(Map.Entry<Place, V> eldest) {
        return size() > MOST_WAITING;
      }
    };
  }

  @Override
  protected void step(Step step) {
    if (step.kind == DEVICE) {
      diskNames.put(step.a, (int) step.b);
      return;
    }
    long sectors = step.c & 0xffff_ffffL;
    int flags = (int) (step.c >>> 32);
    Place place = new Place(step.a, step.b);
    switch (step.kind) {
      case QUEUE -> {
        if (step.thread != ThreadRefs.NONE) {
          queuedBy.put(place, step.thread);
        }
      }
      case GET -> {
        forgetWaiting(waiting.get(place));
        wait(made(place, sectors, flags, step.thread));
      }
      case MERGE_BACK -> {
        queuedBy.remove(place);
        Request request = waitingByEnd.remove(place);
        if (request != null) {
          request.endSector += sectors;
          request.mergesBack++;
          waitingByEnd.put(new Place(request.device, request.endSector), request);
        }
      }
      case MERGE_FRONT -> {
        queuedBy.remove(place);
        Request request = waiting.remove(new Place(step.a, step.b + sectors));
        if (request != null) {
          request.sector = step.b;
          request.mergesFront++;
          waiting.put(place, request);
        }
      }
      case MERGE_REQUESTS -> mergeRequests(place, sectors);
      case INSERT -> insert(step, place, sectors, flags);
      case ISSUE -> issue(step, place, sectors, flags);
      case REQUEUE -> requeue(place, sectors);
      default -> complete(step, place, sectors, flags);
    }
  }

  private Request made(Place place, long sectors, int flags, int thread) {
    Request request = new Request(place.device, place.sector, sectors, flags);
    Integer queued = queuedBy.remove(place);
    request.thread = queued == null ? thread : queued;
    return request;
  }

  private void wait(Request request) {
    waiting.put(new Place(request.device, request.sector), request);
    waitingByEnd.put(new Place(request.device, request.endSector), request);
  }

  private void forgetWaiting(@Nullable Request request) {
    if (request != null) {
      waiting.remove(new Place(request.device, request.sector), request);
      waitingByEnd.remove(new Place(request.device, request.endSector), request);
    }
  }

  /// A request that starts at `place` was taken into its neighbour.
  private void mergeRequests(Place place, long sectors) {
    Request taken = waiting.get(place);
    int merges = taken == null ? 1 : 1 + taken.mergesBack + taken.mergesFront;
    forgetWaiting(taken);
    Request before = waitingByEnd.remove(place);
    if (before != null) {
      before.endSector += sectors;
      before.mergesBack += merges;
      waitingByEnd.put(new Place(before.device, before.endSector), before);
      return;
    }
    Request behind = waiting.remove(new Place(place.device, place.sector + sectors));
    if (behind != null) {
      behind.sector = place.sector;
      behind.mergesFront += merges;
      waiting.put(place, behind);
    }
  }

  private void insert(Step step, Place place, long sectors, int flags) {
    requeueUnseen(step, place, sectors);
    Request request = found(step, place, sectors, flags);
    if (request.insertedNs == Request.NO_TIME) {
      request.insertedNs = step.ts;
    }
    wait(request);
  }

  private void issue(Step step, Place place, long sectors, int flags) {
    requeueUnseen(step, place, sectors);
    Request request = found(step, place, sectors, flags);
    request.issuedNs = step.ts;
    request.bytes = step.d >= 0 ? step.d : sectors * SECTOR_BYTES;
    Disk disk = disk(place.device);
    request.queueDepth = areEndsKnown ? ++disk.inFlight : 0;
    if (sectors == 0) {
      disk.withoutSectors.add(request);
      return;
    }
    if (disk.lastEnd != Request.NO_TIME) {
      request.seek = request.sector - disk.lastEnd;
    }
    disk.lastEnd = request.endSector;
    if (request.thread != ThreadRefs.NONE && people != null) {
      int process = people.person(request.thread).family().index();
      Long last = lastEnds.put(new ProcessOnDevice(place.device, process), request.endSector);
      if (last != null) {
        request.processSeek = request.sector - last;
      }
    }
    Request before = withDevice.put(place, request);
    if (before != null && !areEndsKnown) {
      write(before, begin(before), before.issuedNs, 2);
    } else if (before != null) {
      // Its completion was lost.
      disk.inFlight--;
      request.queueDepth--;
      long lostNs = lostAfter(before.issuedNs, step.ts);
      if (lostNs < step.ts) {
        write(before, begin(before), lostNs, 2);
      }
    }
  }

  /// The waiting request at a place, taken out, with its size as the record tells; a new one if
  /// there is none.
  private Request found(Step step, Place place, long sectors, int flags) {
    Request request = waiting.get(place);
    if (request == null) {
      request = made(place, sectors, flags, step.thread);
    } else {
      forgetWaiting(request);
      request.endSector = request.sector + sectors;
      request.flags = flags;
    }
    return request;
  }

  /// A device that is busy hands a request back, to be issued once more. Where that is not
  /// recorded, a request that begins again although its end cannot be missing was handed back
  /// meanwhile.
  private void requeueUnseen(Step step, Place place, long sectors) {
    Request open = withDevice.get(place);
    if (open != null
        && areEndsKnown
        && !core.isRecorded(ModelEvent.BLOCK_RQ_REQUEUE)
        && open.doneSectors == 0
        && open.sectors() == sectors
        && !waiting.containsKey(place)
        && lostAfter(open.issuedNs, step.ts) == step.ts) {
      requeue(place, sectors);
    }
  }

  private void requeue(Place place, long sectors) {
    Disk disk = disk(place.device);
    Request request = sectors == 0 ? disk.withoutSectors.pollLast() : withDevice.remove(place);
    if (request != null) {
      disk.inFlight--;
      request.issuedNs = Request.NO_TIME;
      // The device has not moved.
      if (disk.lastEnd == request.endSector) {
        disk.lastEnd =
            request.seek == Request.NO_TIME ? Request.NO_TIME : request.sector - request.seek;
      }
      wait(request);
    }
  }

  private void complete(Step step, Place place, long sectors, int flags) {
    Disk disk = disk(place.device);
    Request request = sectors == 0 ? disk.withoutSectors.pollFirst() : withDevice.remove(place);
    if (request == null) {
      if (sectors > 0 && areIssuesKnown) {
        Request older = new Request(place.device, place.sector, sectors, flags);
        older.bytes = sectors * SECTOR_BYTES;
        older.error = step.d;
        write(older, core.recordings().begin(step.ts), step.ts, 1);
      }
      return;
    }
    request.doneSectors += sectors;
    if (step.d != 0) {
      request.error = step.d;
    }
    if (request.doneSectors < request.sectors()) {
      // A part of it; the rest goes on behind that.
      withDevice.put(new Place(place.device, place.sector + sectors), request);
      return;
    }
    disk.inFlight--;
    write(request, begin(request), step.ts, 0);
  }

  private Disk disk(long device) {
    return disks.computeIfAbsent(device, _ -> new Disk());
  }

  /// When records may be missing from on, one of which may have told the end of what began at
  /// `sinceNs`; `ts` if none are missing before that.
  private long lostAfter(long sinceNs, long ts) {
    long lostNs = core.gaps().firstOfAll(Gaps.BLOCK, sinceNs);
    return lostNs == Gaps.NONE ? ts : Math.min(ts, lostNs);
  }

  private static long begin(Request request) {
    return request.insertedNs != Request.NO_TIME ? request.insertedNs : request.issuedNs;
  }

  @Override
  protected void end(long key, long[] words, int at, long endNs) {
    withDevice.values().forEach(request -> writeOpen(request, request.issuedNs, endNs));
    for (Disk disk : disks.values()) {
      disk.withoutSectors.forEach(request -> writeOpen(request, request.issuedNs, endNs));
    }
    for (Request request : waiting.values()) {
      if (request.insertedNs != Request.NO_TIME) {
        request.bytes = request.sectors() * SECTOR_BYTES;
        writeOpen(request, request.insertedNs, endNs);
      }
    }
    disks.keySet().forEach(device -> diskNames.putIfAbsent(device, -1));
    diskNames.forEach(this::writeDevice);
  }

  /// Writes a request of which the end is not known.
  private void writeOpen(Request request, long seenNs, long endNs) {
    write(request, begin(request), areEndsKnown ? lostAfter(seenNs, endNs) : seenNs, 2);
  }

  private void writeDevice(long device, int name) {
    int major = Device.major(device);
    int minor = Device.minor(device);
    deviceRows
        .next()
        .put(device)
        .put(major)
        .put(minor)
        .put(name >= 0 ? name : core.names().id(major + "," + minor))
        .end();
  }

  private void write(Request request, long begin, long end, int clipped) {
    boolean isIssued = request.issuedNs != Request.NO_TIME;
    FactBatch row = rows.next();
    row.put(begin).put(end - begin).put(clipped).put(request.device).put(request.sector);
    row.put(request.sectors()).put(request.bytes);
    row.put(core.names().id(RequestFlags.direction(request.flags, request.sectors())));
    row.put((request.flags & RequestFlags.SYNC) != 0);
    row.put((request.flags & RequestFlags.METADATA) != 0);
    row.put(request.thread).putOrNull(request.issuedNs, Request.NO_TIME);
    if (isIssued && clipped == 0) {
      row.put(end - request.issuedNs);
    } else {
      row.putNull();
    }
    row.put(request.mergesFront).put(request.mergesBack);
    row.putOrNull(request.queueDepth, 0);
    row.putOrNull(request.seek, Request.NO_TIME);
    row.putOrNull(request.processSeek, Request.NO_TIME);
    row.putOrNull(request.error, 0).end();
  }
}
