package dev.rideau.kernel.internal.slice;

import dev.rideau.kernel.internal.layout.EventUse;
import dev.rideau.kernel.internal.layout.LttngLayout;
import dev.rideau.kernel.internal.layout.ModelEvent;
import dev.rideau.kernel.internal.track.Coverage;
import dev.rideau.kernel.internal.track.Gaps;
import dev.rideau.kernel.internal.track.Recordings;
import dev.rideau.kernel.internal.track.Recordings.Part;
import dev.rideau.trace.BlockCursor;
import dev.rideau.trace.DataStream;
import dev.rideau.trace.Diagnostic;
import dev.rideau.trace.Loss;
import dev.rideau.trace.PacketIndex;
import dev.rideau.trace.Projection;
import dev.rideau.trace.RecordBlock;
import dev.rideau.trace.Severity;
import dev.rideau.trace.Trace;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// Finds the moments from which on it is not known what goes on on a CPU.
///
/// A tracer that has no room loses what comes until there is room again: what is missing lies
/// behind the last record of the packet that tells of the loss at its end, or between the two
/// records on both sides. A stream that begins with a later packet than its first was overwritten,
/// one that ends long before the others was cut.
final class GapFinder {
  /// Time in which a stream tells nothing though others do.
  ///
  /// @param kind where it is
  record Hole(int cpu, HoleKind kind, long beginNs, long endNs) {}

  /// Where a hole is.
  enum HoleKind {
    BEGIN("missing begin", 1),
    END("missing end", 2),
    /// From the first record of a packet that cannot be read up to the end of the packet.
    DAMAGED("damaged", 0);

    private final String text;
    private final int clipped;

    HoleKind(String text, int clipped) {
      this.text = text;
      this.clipped = clipped;
    }

    /// Name in the table `loss`.
    String text() {
      return text;
    }

    /// Which ends are not known.
    int clipped() {
      return clipped;
    }
  }

  /// From so many packets on it is worth to look at two parts of a stream at once.
  private static final int PART_PACKETS = 32;

  private static final int MOST_PARTS = 64;

  private static final long PAGE_BITS = 4096L * Byte.SIZE;

  private final KernelStreams streams;
  private final Prelude prelude;
  private final List<Gaps.Gap> gaps = new ArrayList<>();
  private final List<Hole> holes = new ArrayList<>();
  private final List<Long> callsSince = new ArrayList<>();
  private final Recordings recordings;
  private final Set<ModelEvent> seen = EnumSet.noneOf(ModelEvent.class);

  /// Times in which the tracer had no room for context switches.
  private final List<Coverage.Hole> lost = new ArrayList<>();

  GapFinder(KernelStreams streams, Prelude prelude) throws InterruptedException {
    this.streams = streams;
    this.prelude = prelude;
    for (DataStream stream : streams.tracked()) {
      Interrupts.check();
      Integer cpu = prelude.cpu(stream);
      if (cpu != null) {
        add(stream, cpu);
      } else {
        read(stream);
      }
    }
    recordings = findRecordings();
    streams.tracked().forEach(this::addPause);
  }

  /// All gaps of a machine, none behind its last record.
  Gaps gaps() throws InterruptedException {
    return gaps.isEmpty() ? Gaps.NO_GAPS : upToLast();
  }

  /// The recordings of the machine.
  Recordings recordings() {
    return recordings;
  }

  /// Behind the last record of a recording nothing is known of a CPU until the next one.
  private void addPause(DataStream stream) {
    PacketIndex packets = stream.packets();
    Integer cpu = prelude.cpu(stream);
    if (cpu == null || packets.size() == 0) {
      return;
    }
    long lastNs = packets.endNs(packets.size() - 1);
    long endNs = lastNs == PacketIndex.UNKNOWN ? Long.MAX_VALUE : recordings.end(lastNs);
    if (endNs != Long.MAX_VALUE) {
      int kinds = kinds(stream);
      add(endNs, cpu, kinds);
      if ((kinds & Gaps.SWITCHES) != 0) {
        lost.add(new Coverage.Hole(cpu, endNs, recordings.nextBegin(endNs)));
      }
    }
  }

  /// Traces that do not meet are recordings one after the other, unless they have the identity of
  /// one recording: those are pieces that a tracer closes while it goes on.
  private Recordings findRecordings() {
    Map<Object, Part> byIdentity = new HashMap<>();
    for (DataStream stream : streams.tracked()) {
      PacketIndex packets = stream.packets();
      if (packets.size() > 0) {
        Part part = new Part(firstNs(stream), packets.endNs(packets.size() - 1));
        if (part.beginNs() == PacketIndex.UNKNOWN || part.endNs() == PacketIndex.UNKNOWN) {
          return new Recordings(List.of(whole(prelude.beginNs())), callsSince);
        }
        byIdentity.merge(identity(stream.trace()), part, GapFinder::both);
      }
    }
    List<Part> parts = new ArrayList<>();
    for (Part next :
        byIdentity.values().stream().sorted(Comparator.comparingLong(Part::beginNs)).toList()) {
      if (!parts.isEmpty() && next.beginNs() <= parts.getLast().endNs()) {
        parts.add(both(parts.removeLast(), next));
      } else {
        parts.add(next);
      }
    }
    if (parts.size() < 2) {
      return new Recordings(List.of(whole(prelude.beginNs())), callsSince);
    }
    parts.set(0, new Part(prelude.beginNs(), parts.getFirst().endNs()));
    return new Recordings(parts, callsSince);
  }

  private static Object identity(Trace trace) {
    String uid = trace.traceClass().uid();
    return uid == null ? trace : uid;
  }

  private static Part whole(long beginNs) {
    return new Part(beginNs, Long.MAX_VALUE);
  }

  private static Part both(Part one, Part other) {
    return new Part(Math.min(one.beginNs(), other.beginNs()), Math.max(one.endNs(), other.endNs()));
  }

  /// Time of the first record, or of the first packet.
  private static long firstNs(DataStream stream) {
    PacketIndex packets = stream.packets();
    try (BlockCursor cursor =
        stream.cursor(0, packets.size(), Projection.TIMESTAMPS, Interrupts::endReading)) {
      RecordBlock block = cursor.next();
      return block == null ? packets.beginNs(0) : block.timestampsNs()[0];
    }
  }

  /// Events of which there are records.
  Set<ModelEvent> seen() {
    return seen;
  }

  /// Times in which single streams tell nothing.
  List<Hole> holes() {
    return holes;
  }

  /// When which CPUs were recorded.
  Coverage coverage() {
    return new Coverage(
        prelude.hasSwitches() ? recordedCpus() : Set.of(),
        Stream.concat(
                lost.stream(),
                holes.stream().map(hole -> new Coverage.Hole(hole.cpu, hole.beginNs, hole.endNs)))
            .toList(),
        streams.recordedPart().cpus() != null);
  }

  /// Those of which there are records; of chosen ones the others tell nothing but what the tracer
  /// says of threads.
  private Set<Integer> recordedCpus() {
    Set<Integer> cpus = prelude.cpus();
    String chosen = streams.recordedPart().cpus();
    if (chosen != null) {
      List<String> numbers = List.of(chosen.split(",", -1));
      cpus.removeIf(cpu -> !numbers.contains(cpu.toString()));
    }
    return cpus;
  }

  private void add(DataStream stream, int cpu) throws InterruptedException {
    int kinds = kinds(stream);
    for (Loss loss : stream.losses()) {
      long from = loss.beginNs() == PacketIndex.UNKNOWN ? loss.endNs() : loss.beginNs();
      if (from != PacketIndex.UNKNOWN) {
        long lastNs =
            isBehindRecords(stream, loss) ? Math.max(from, lastBefore(stream, loss.endNs())) : from;
        add(lastNs, cpu, kinds);
        if ((kinds & Gaps.CALLS) != 0 && loss.endNs() != PacketIndex.UNKNOWN) {
          callsSince.add(loss.endNs());
        }
        if ((kinds & Gaps.SWITCHES) != 0 && loss.endNs() != PacketIndex.UNKNOWN) {
          lost.add(new Coverage.Hole(cpu, lastNs, loss.endNs()));
        }
      }
    }
    PacketIndex packets = stream.packets();
    if (packets.size() > 0 && packets.sequenceNumber(0) > 0) {
      long beginNs = packets.beginNs(0);
      add(beginNs, cpu, kinds | Gaps.BEGIN);
      if (beginNs > prelude.beginNs()) {
        holes.add(new Hole(cpu, HoleKind.BEGIN, prelude.beginNs(), beginNs));
      }
    }
    if (packets.size() > 0 && KernelStreams.layout(stream.trace()) == LttngLayout.LAYOUT) {
      addEnd(stream, cpu, kinds);
    }
    addDamage(stream, cpu, kinds);
  }

  /// Whether a loss became known at the end of a packet, and so lies behind its records; others end
  /// with a record, and began with the one before. Those of which only the number is known may lie
  /// anywhere.
  private static boolean isBehindRecords(DataStream stream, Loss loss) {
    PacketIndex packets = stream.packets();
    return loss.endNs() == packets.endNs(loss.packet()) || loss.beginNs() <= packets.beginNs(0);
  }

  /// Goes through all records, which costs little where only their lengths are looked at: a packet
  /// ends where one cannot be read. Parts of long streams are looked at side by side.
  private void addDamage(DataStream stream, int cpu, int kinds) throws InterruptedException {
    for (long[] range : read(stream)) {
      add(range[0], cpu, kinds);
      holes.add(new Hole(cpu, HoleKind.DAMAGED, range[0], range[1]));
    }
  }

  /// Finds out of which events there are records.
  ///
  /// @return from when to when packets cannot be read
  private List<long[]> read(DataStream stream) throws InterruptedException {
    int packets = stream.packets().size();
    int parts = Math.clamp(packets / PART_PACKETS, 1, MOST_PARTS);
    IntStream all = IntStream.range(0, parts);
    Thread asker = Thread.currentThread();
    List<Damage> found =
        (parts == 1 ? all : all.parallel())
            .mapToObj(part ->
                read(
                    stream,
                    (int) ((long) packets * part / parts),
                    (int) ((long) packets * (part + 1) / parts),
                    asker))
            .toList();
    Interrupts.check();
    @Nullable EventUse[] uses = streams.uses(stream);
    List<long[]> ranges = new ArrayList<>();
    for (Damage part : found) {
      ranges.addAll(part.ranges);
      for (int i = 0; i < uses.length; i++) {
        EventUse use = uses[i];
        if (part.seen[i] && use != null) {
          seen.add(use.event());
        }
      }
    }
    return ranges;
  }

  /// @param asker ends all parts when it is interrupted; what they found is useless then
  private static Damage read(DataStream stream, int firstPacket, int endPacket, Thread asker) {
    Damage damage =
        new Damage(stream.packets(), stream.dataStreamClass().eventClasses().size(), asker);
    try (BlockCursor cursor =
        stream.cursor(firstPacket, endPacket, Projection.TIMESTAMPS, damage::report)) {
      for (RecordBlock block = cursor.next(); block != null; block = cursor.next()) {
        Interrupts.endReading(asker);
        damage.lastNs = Math.max(damage.lastNs, block.timestampsNs()[block.size() - 1]);
        int[] classes = block.eventClasses();
        for (int i = 0; i < block.size(); i++) {
          damage.seen[classes[i]] = true;
        }
      }
    }
    return damage;
  }

  /// Collects what a cursor over packets of a stream cannot read, and of which classes there are
  /// records.
  private static final class Damage {
    private final PacketIndex packets;
    private final Thread asker;
    private final List<long[]> ranges = new ArrayList<>();
    private final boolean[] seen;
    private long lastNs = Long.MIN_VALUE;

    Damage(PacketIndex packets, int classes, Thread asker) {
      this.packets = packets;
      seen = new boolean[classes];
      this.asker = asker;
    }

    void report(Diagnostic diagnostic) {
      Interrupts.endReading(asker);
      int packet = diagnostic.origin().packet();
      if (diagnostic.severity() != Severity.ERROR || packet < 0 || packet >= packets.size()) {
        return;
      }
      long beginNs = packets.beginNs(packet);
      long endNs = packets.endNs(packet);
      long from = beginNs == PacketIndex.UNKNOWN ? lastNs : Math.max(lastNs, beginNs);
      if (from != Long.MIN_VALUE) {
        ranges.add(new long[] {from, endNs == PacketIndex.UNKNOWN ? Long.MAX_VALUE : endNs});
      }
    }
  }

  /// LTTng ends the last packets of all streams when it stops, so one that ends before another
  /// begins is not the last, and one that ends behind its last record has room left. Its packets
  /// are whole pages; those of copies that were made from records are all as long as their content.
  private void addEnd(DataStream stream, int cpu, int kinds) {
    PacketIndex packets = stream.packets();
    int last = packets.size() - 1;
    long endNs = packets.endNs(last);
    boolean isCut = packets.contentBits(last) == packets.totalBits(last) && hasPages();
    if (endNs == PacketIndex.UNKNOWN || !isCut && !endsEarly(endNs)) {
      return;
    }
    long lastNs = lastBefore(stream, endNs);
    if (lastNs < endNs) {
      add(Math.max(prelude.beginNs(), lastNs), cpu, kinds);
      holes.add(new Hole(cpu, HoleKind.END, Math.max(prelude.beginNs(), lastNs), Long.MAX_VALUE));
    }
  }

  private boolean hasPages() {
    for (DataStream stream : streams.tracked()) {
      PacketIndex packets = stream.packets();
      for (int packet = 0; packet < packets.size(); packet++) {
        if (packets.totalBits(packet) % PAGE_BITS == 0) {
          return true;
        }
      }
    }
    return false;
  }

  private boolean endsEarly(long endNs) {
    for (DataStream other : streams.tracked()) {
      PacketIndex packets = other.packets();
      if (packets.size() > 0 && packets.beginNs(packets.size() - 1) > endNs) {
        return true;
      }
    }
    return false;
  }

  private void add(long ts, int cpu, int kinds) {
    if (ts != PacketIndex.UNKNOWN && ts >= prelude.beginNs()) {
      gaps.add(new Gaps.Gap(ts, cpu, kinds));
    }
  }

  /// What a stream tells and so can miss.
  private int kinds(DataStream stream) {
    int kinds = 0;
    for (@Nullable EventUse use : streams.uses(stream)) {
      if (use != null) {
        kinds |=
            switch (use.event()) {
              case SCHED_SWITCH, TRACER_SWITCH -> Gaps.SWITCHES;
              case SYSCALL_ENTRY, SYSCALL_EXIT -> Gaps.CALLS;
              case IRQ_HANDLER_ENTRY, SOFTIRQ_ENTRY, IPI_ENTRY -> Gaps.INTERRUPTS;
              case CPU_IDLE, CPU_FREQUENCY -> Gaps.POWER;
              case HRTIMER_START, HRTIMER_EXPIRE_ENTRY, TIMER_START, TIMER_EXPIRE_ENTRY ->
                  Gaps.TIMERS;
              case WORKQUEUE_QUEUE_WORK, WORKQUEUE_EXECUTE_START -> Gaps.WORK;
              case BLOCK_RQ_ISSUE, BLOCK_RQ_COMPLETE -> Gaps.BLOCK;
              case RECLAIM_BEGIN, RECLAIM_END -> Gaps.RECLAIM;
              default -> 0;
            };
      }
    }
    return kinds;
  }

  /// Time of the last record up to `endNs`, or the least time when it is not found with little
  /// effort.
  private static long lastBefore(DataStream stream, long endNs) {
    PacketIndex packets = stream.packets();
    int packet = packets.size() - 1;
    if (endNs == PacketIndex.UNKNOWN || !stream.hasIndependentPackets()) {
      return Long.MIN_VALUE;
    }
    while (packet >= 0 && packets.beginNs(packet) > endNs) {
      packet--;
    }
    return packet < 0 ? Long.MIN_VALUE : lastBefore(stream, packet, packet + 1, endNs);
  }

  private static long lastBefore(DataStream stream, int from, int to, long endNs) {
    long last = Long.MIN_VALUE;
    try (BlockCursor cursor =
        stream.cursor(from, to, Projection.TIMESTAMPS, Interrupts::endReading)) {
      for (RecordBlock block = cursor.next(); block != null; block = cursor.next()) {
        long[] timestamps = block.timestampsNs();
        for (int i = 0; i < block.size(); i++) {
          if (timestamps[i] <= endNs) {
            last = Math.max(last, timestamps[i]);
          }
        }
      }
    }
    return last;
  }

  /// Leaves out gaps behind the last record.
  private Gaps upToLast() throws InterruptedException {
    long last = Long.MIN_VALUE;
    for (DataStream stream : streams.tracked()) {
      int packet = stream.hasIndependentPackets() ? stream.packets().size() - 1 : 0;
      long ofStream = Long.MIN_VALUE;
      while (packet >= 0 && ofStream == Long.MIN_VALUE) {
        Interrupts.check();
        ofStream = lastBefore(stream, packet, stream.packets().size(), Long.MAX_VALUE);
        packet--;
      }
      last = Math.max(last, ofStream);
    }
    long lastNs = last;
    return new Gaps(gaps.stream().filter(gap -> gap.ts() < lastNs).toList());
  }
}
