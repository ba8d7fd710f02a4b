package dev.rideau.server.internal.view;

import dev.rideau.server.internal.http.Cancel;
import dev.rideau.server.internal.http.HttpFailure;
import dev.rideau.trace.Batch;
import dev.rideau.trace.BlockCursor;
import dev.rideau.trace.BlockSource;
import dev.rideau.trace.DataStream;
import dev.rideau.trace.EventClass;
import dev.rideau.trace.LongColumn;
import dev.rideau.trace.MemberSelection;
import dev.rideau.trace.Merger;
import dev.rideau.trace.OpenedTraces;
import dev.rideau.trace.PacketIndex;
import dev.rideau.trace.Projection;
import dev.rideau.trace.RecordBlock;
import dev.rideau.trace.Scope;
import dev.rideau.trace.StructColumn;
import dev.rideau.trace.filter.EventNames;
import dev.rideau.trace.filter.FilterSyntaxException;
import dev.rideau.trace.filter.RecordFilter;
import dev.rideau.trace.filter.StreamFilter;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;

/// All event records in the order of time, any of them reached at once.
///
/// One pass over the times of all records notes when every 4096th of them happened. From there a
/// page is decoded: nothing else is kept. Thread-safe.
public final class EventTable {
  private static final int STEP = 4096;
  private static final int MOST_ROWS = 1000;
  private static final long FOR_EVER = Long.MAX_VALUE / 4;

  private final OpenTrace trace;
  private final CountDownLatch indexed = new CountDownLatch(1);
  private final AtomicBoolean isStopped = new AtomicBoolean();

  /// Times of the records 0, 4096, ... and how many before each have the same time.
  private long[] times = new long[64];

  private int[] sames = new int[64];
  private int steps;
  private long total;
  private long last = Long.MIN_VALUE;
  private int same;

  private volatile @Nullable String failure;

  EventTable(OpenTrace trace) {
    this.trace = trace;
  }

  /// Which records are wanted.
  ///
  /// @param where an expression as for `--where`, or null
  /// @param events patterns of names between commas, or null
  public record Filter(@Nullable String where, @Nullable String events) {
    /// All records.
    public static final Filter ALL = new Filter(null, null);

    boolean isAll() {
      return isEmpty(where) && isEmpty(events);
    }

    private static boolean isEmpty(@Nullable String text) {
      return text == null || text.isBlank();
    }

    RecordFilter records() {
      String expression = where;
      if (expression == null || isEmpty(expression)) {
        return RecordFilter.ALL;
      }
      try {
        return RecordFilter.parse(expression);
      } catch (FilterSyntaxException failure) {
        throw HttpFailure.bad("'where': " + failure.getMessage());
      }
    }

    EventNames names() {
      String patterns = events;
      return patterns == null || isEmpty(patterns)
          ? EventNames.ALL
          : EventNames.of(Arrays.stream(patterns.split(",")).map(String::strip).toList());
    }
  }

  /// Some records.
  ///
  /// @param next index of the record from which to go on; -1 at the end
  public record Page(List<EventRow> rows, long next) {}

  // ---- the index

  /// Takes the next records, in the order of time; by one thread.
  void take(long[] ns, int from, int to) {
    for (int i = from; i < to; i++) {
      same = ns[i] == last ? same + 1 : 0;
      last = ns[i];
      if (total++ % STEP == 0) {
        add(last, same);
      }
    }
  }

  /// There are no more records.
  ///
  /// @param error why they could not be read, or null
  void finish(@Nullable String error) {
    failure = error;
    indexed.countDown();
  }

  private void add(long ns, int same) {
    if (steps == times.length) {
      times = Arrays.copyOf(times, 2 * steps);
      sames = Arrays.copyOf(sames, 2 * steps);
    }
    times[steps] = ns;
    sames[steps++] = same;
  }

  void stop() {
    isStopped.set(true);
    indexed.countDown();
  }

  private void awaitIndex(Cancel cancel) {
    try {
      while (!indexed.await(50, TimeUnit.MILLISECONDS)) {
        cancel.check();
      }
    } catch (InterruptedException stopped) {
      throw new HttpFailure(503, "the server stops", null);
    }
    if (isStopped.get()) {
      throw new HttpFailure(503, "the server stops", null);
    }
    if (failure != null) {
      throw new HttpFailure(409, "the records cannot be read: " + failure, null);
    }
  }

  /// Number of records.
  public long total(Cancel cancel) {
    awaitIndex(cancel);
    return total;
  }

  // ---- reading

  /// All records of traces in the order of time.
  ///
  /// @param fromNs where to begin, or the least number
  /// @param cursors takes what is to be closed afterwards
  static Merger<RecordBlock> merger(
      OpenedTraces traces, Projection projection, long fromNs, List<BlockCursor> cursors) {
    List<BlockSource<RecordBlock>> sources = new ArrayList<>();
    for (DataStream stream : traces.dataStreams()) {
      int packets = stream.packets().size();
      int first = fromNs == Long.MIN_VALUE ? 0 : firstPacket(stream, fromNs);
      BlockCursor cursor = stream.cursor(first, packets, projection, _ -> {});
      cursors.add(cursor);
      if (fromNs != Long.MIN_VALUE) {
        cursor.skipBefore(fromNs);
      }
      sources.add(nonEmpty(cursor));
    }
    return new Merger<>(sources);
  }

  private static BlockSource<RecordBlock> nonEmpty(BlockCursor cursor) {
    return () -> {
      RecordBlock block = cursor.next();
      while (block != null && block.size() == 0) {
        block = cursor.next();
      }
      return block;
    };
  }

  // The first packet that does not end before a time.
  private static int firstPacket(DataStream stream, long ns) {
    PacketIndex packets = stream.packets();
    if (!stream.hasIndependentPackets()) {
      return 0;
    }
    int low = 0;
    int high = packets.size();
    while (low < high) {
      int middle = (low + high) >>> 1;
      long end = packets.endNs(middle);
      if (end == PacketIndex.UNKNOWN) {
        return 0;
      }
      if (end < ns) {
        low = middle + 1;
      } else {
        high = middle;
      }
    }
    return low;
  }

  /// Fields of the classes that are wanted; of the others only that they happened.
  private record Wanted(EventNames names) implements Projection {
    @Override
    public MemberSelection members(EventClass eventClass, Scope scope) {
      return names.includes(eventClass) ? MemberSelection.ALL : MemberSelection.NONE;
    }
  }

  /// Records from an index on.
  ///
  /// @param count how many at most
  public Page read(long from, int count, Filter filter, Cancel cancel) {
    return read(from, count, filter, FOR_EVER, cancel);
  }

  /// The same, but for about so long: then `next` tells from where to go on.
  public Page read(long from, int count, Filter filter, long patienceNs, Cancel cancel) {
    check(from, count);
    awaitIndex(cancel);
    trace.checkFiles();
    Page page = read(from, Long.MAX_VALUE, count, filter, System.nanoTime() + patienceNs, cancel);
    trace.checkFiles();
    return page;
  }

  /// The last records before an index.
  public Page readBack(long end, int count, Filter filter, Cancel cancel) {
    return readBack(end, count, filter, FOR_EVER, cancel);
  }

  /// The same, but for about so long: then `next` tells before what to go on.
  public Page readBack(long end, int count, Filter filter, long patienceNs, Cancel cancel) {
    check(end, count);
    awaitIndex(cancel);
    trace.checkFiles();
    List<EventRow> found = new ArrayList<>();
    long to = Math.min(end, total);
    long untilNs = System.nanoTime() + patienceNs;
    while (to > 0 && found.size() < count) {
      if (to < end && System.nanoTime() - untilNs > 0) {
        return new Page(found, to);
      }
      cancel.check();
      long from = Math.max(0, (to - 1) / STEP * STEP);
      List<EventRow> rows = read(from, to, STEP, filter, untilNs + FOR_EVER, cancel).rows();
      int keep = Math.min(rows.size(), count - found.size());
      found.addAll(0, rows.subList(rows.size() - keep, rows.size()));
      to = from;
    }
    trace.checkFiles();
    return new Page(found, found.isEmpty() || found.size() < count ? -1 : found.getFirst().index());
  }

  private static void check(long from, int count) {
    if (from < 0) {
      throw HttpFailure.bad("'from' must not be negative");
    }
    if (count < 1 || count > MOST_ROWS) {
      throw HttpFailure.bad("'count' must be 1 to " + MOST_ROWS);
    }
  }

  private Page read(long from, long end, int count, Filter filter, long untilNs, Cancel cancel) {
    if (from >= total) {
      return new Page(List.of(), -1);
    }
    RecordFilter records = filter.records();
    EventNames names = filter.names();
    OpenedTraces traces = trace.records();
    if (!names.isAll() && !isKnown(names, traces)) {
      return new Page(List.of(), -1);
    }
    StreamFilter[] filters =
        traces.dataStreams().stream().map(records::forStream).toArray(StreamFilter[]::new);
    int[] hosts = hosts(traces);
    int step = (int) (from / STEP);
    long at = (long) step * STEP - sames[step];
    boolean isThere = false;
    List<EventRow> rows = new ArrayList<>();
    List<BlockCursor> cursors = new ArrayList<>();
    try {
      Merger<RecordBlock> merger = merger(traces, new Wanted(names), times[step], cursors);
      while (merger.advance()) {
        cancel.check();
        if (at > from && System.nanoTime() - untilNs > 0) {
          return new Page(rows, at);
        }
        RecordBlock block = merger.block();
        for (int i = merger.from(); i < merger.to(); i++) {
          isThere |= block.timestampsNs()[i] >= times[step];
          if (!isThere) {
            continue;
          }
          long index = at++;
          if (index >= end) {
            return new Page(rows, -1);
          }
          if (index >= from
              && isWanted(block, i, names)
              && filters[merger.source()].matches(block, i)) {
            if (rows.size() == count) {
              return new Page(rows, index);
            }
            rows.add(row(index, block, i, hosts[merger.source()]));
          }
        }
      }
      return new Page(rows, -1);
    } finally {
      cursors.forEach(BlockCursor::close);
    }
  }

  private static boolean isKnown(EventNames names, OpenedTraces traces) {
    return traces.dataStreams().stream()
        .flatMap(stream -> stream.dataStreamClass().eventClasses().stream())
        .anyMatch(names::includes);
  }

  private static boolean isWanted(RecordBlock block, int record, EventNames names) {
    Batch batch = block.batch(block.eventClasses()[record]);
    return batch != null && (names.isAll() || names.includes(batch.eventClass()));
  }

  // Numbers of the machines of streams.
  private int[] hosts(OpenedTraces traces) {
    List<String> hosts = trace.hosts();
    return traces.dataStreams().stream().mapToInt(stream -> hostOf(stream, hosts)).toArray();
  }

  /// Number of the machine of a stream, 0 where it is not known.
  static int hostOf(DataStream stream, List<String> hosts) {
    String name = stream.trace().traceClass().environment().text("hostname");
    return Math.max(0, hosts.indexOf(name == null ? "" : name));
  }

  private static EventRow row(long index, RecordBlock block, int record, int host) {
    Batch batch = block.batch(block.eventClasses()[record]);
    if (batch == null) {
      throw new IllegalStateException("a record without columns");
    }
    return new EventRow(
        index,
        block.timestampsNs()[record],
        batch.eventClass().displayName(),
        host,
        cpu(block),
        block.stream().name(),
        EventText.of(batch, block.rows()[record]));
  }

  private static int cpu(RecordBlock block) {
    StructColumn context = block.packetContext();
    return context != null && context.member("cpu_id") instanceof LongColumn cpu
        ? (int) cpu.value(0)
        : -1;
  }

  /// Index of the first record at or behind a time; the number of records when there is none.
  public long indexAt(long ns, Cancel cancel) {
    awaitIndex(cancel);
    trace.checkFiles();
    int low = 0;
    int high = steps;
    while (low < high) {
      int middle = (low + high) >>> 1;
      if (times[middle] < ns) {
        low = middle + 1;
      } else {
        high = middle;
      }
    }
    if (low == 0) {
      return 0;
    }
    int step = low - 1;
    long at = (long) step * STEP - sames[step];
    boolean isThere = false;
    List<BlockCursor> cursors = new ArrayList<>();
    try {
      Merger<RecordBlock> merger =
          merger(trace.records(), Projection.TIMESTAMPS, times[step], cursors);
      while (merger.advance()) {
        cancel.check();
        for (int i = merger.from(); i < merger.to(); i++) {
          long time = merger.block().timestampsNs()[i];
          isThere |= time >= times[step];
          if (isThere) {
            if (time >= ns) {
              return at;
            }
            at++;
          }
        }
      }
      return total;
    } finally {
      cursors.forEach(BlockCursor::close);
    }
  }
}
