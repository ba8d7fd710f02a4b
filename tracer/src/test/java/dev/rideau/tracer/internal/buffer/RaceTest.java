package dev.rideau.tracer.internal.buffer;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import java.util.Random;
import java.util.concurrent.BrokenBarrierException;
import java.util.concurrent.Callable;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/// Many short races over a tiny buffer: writers reserve and commit while others switch packets,
/// drain, take snapshots or close. All begin at one moment, and after each race every record whose
/// room was reserved must have come out once, whole, in the order of time; all others are counted.
///
/// `-Drideau.races=…` for more of them.
@Tag("slow")
final class RaceTest {
  private static final int RACES = Integer.getInteger("rideau.races", 2000);
  private static final int EVENT = 1;
  private static final int MOST_RECORDS = 200;
  private static final int WRITERS = 3;
  private static final long REST_NS = 50_000;

  private final ExecutorService actors = Executors.newFixedThreadPool(WRITERS + 2);
  private final long seed = System.nanoTime();
  private final Random random = new Random(seed);

  @AfterEach
  void stop() {
    actors.shutdownNow();
  }

  @Test
  void writersAgainstSwitchAndDrain() throws Exception {
    for (int race = 0; race < RACES; race++) {
      Race each = new Race(false, race);
      each.run(each::flush, each::drain);
      each.buffer.close();
      each.drain.drainAll(1000, each::take);
      each.check();
    }
  }

  @Test
  void writersAgainstClose() throws Exception {
    for (int race = 0; race < RACES; race++) {
      Race each = new Race(false, race);
      each.run(each::close, each::drain);
      each.drain.drainAll(1000, each::take);
      each.check();
    }
  }

  @Test
  void writersAgainstSnapshots() throws Exception {
    for (int race = 0; race < RACES; race++) {
      Race each = new Race(true, race);
      each.run(each::flush, each::snapshot);
      each.checkSnapshots();
    }
  }

  @Test
  void writersAgainstOverwriting() throws Exception {
    for (int race = 0; race < RACES; race++) {
      Race each = new Race(true, race);
      each.run(each::flush, each::close);
      each.lastTime = 0;
      assertThat(each.drain.snapshot(each::take)).as(each.name).isPositive();
      each.checkNewest();
    }
  }

  /// One race.
  private final class Race {
    private final String name;
    private final StripeBuffer buffer;
    private final PacketDrain drain;
    private final BitSet[] reserved = new BitSet[WRITERS];
    private final List<int[]> seen = new ArrayList<>();
    private final List<List<int[]>> snapshots = new ArrayList<>();
    private final int[] records = new int[WRITERS];
    private final int[] lengths = new int[WRITERS];
    // Before it commits this record, a writer rests, while others may go round the whole ring.
    private final int[] restAt = new int[WRITERS];
    private long lastTime;
    private volatile int writing = WRITERS;

    Race(boolean overwrite, int number) {
      name = "race " + number + ", seed " + seed;
      BufferGeometry geometry =
          new BufferGeometry(4096, 2 << random.nextInt(2), overwrite, 0, 0, false);
      MemorySegment memory = Arena.ofAuto().allocate(geometry.fileBytes(), 4096);
      buffer = StripeBuffer.create(memory, geometry, new byte[16], 0, 0, Stripes.NONE);
      RecordLayouts layouts = new RecordLayouts();
      layouts.put(EVENT, "q1,1");
      drain = new PacketDrain(buffer, layouts);
      for (int i = 0; i < WRITERS; i++) {
        reserved[i] = new BitSet();
        records[i] = 1 + random.nextInt(MOST_RECORDS);
        lengths[i] = 8 + random.nextInt(120);
        restAt[i] = random.nextInt(2 * MOST_RECORDS);
      }
    }

    void run(Callable<Void> first, Callable<Void> second) throws Exception {
      CyclicBarrier start = new CyclicBarrier(WRITERS + 2);
      List<Future<Void>> all = new ArrayList<>();
      for (int i = 0; i < WRITERS; i++) {
        int writer = i;
        all.add(actors.submit(() -> began(start, () -> write(writer))));
      }
      all.add(actors.submit(() -> began(start, first)));
      all.add(actors.submit(() -> began(start, second)));
      for (Future<Void> each : all) {
        each.get();
      }
    }

    private static Void began(CyclicBarrier start, Callable<Void> work) throws Exception {
      try {
        start.await();
      } catch (BrokenBarrierException stopped) {
        throw new IllegalStateException(stopped);
      }
      return work.call();
    }

    private Void write(int writer) {
      int length = lengths[writer];
      for (int number = 0; number < records[writer]; number++) {
        long position = buffer.reserve(Integer.BYTES + length, EVENT);
        if (position >= 0) {
          reserved[writer].set(number);
          long at = buffer.payloadOffset(position);
          Bytes.put(buffer.window(), at, length);
          Bytes.put(buffer.window(), at + 4, writer);
          Bytes.put(buffer.window(), at + 8, number);
          for (int i = 8; i < length; i++) {
            Bytes.put(buffer.window(), at + 4 + i, (byte) (number + i));
          }
          if (number == restAt[writer]) {
            LockSupport.parkNanos(REST_NS);
          }
          buffer.commit(position, Integer.BYTES + length);
        }
      }
      synchronized (this) {
        writing--;
      }
      return null;
    }

    Void flush() {
      while (writing > 0) {
        buffer.flush(false);
        Thread.onSpinWait();
      }
      return null;
    }

    Void close() {
      Thread.yield();
      buffer.close();
      return null;
    }

    Void drain() throws IOException {
      while (writing > 0) {
        drain.drain(this::take);
      }
      return null;
    }

    Void snapshot() throws IOException {
      while (writing > 0) {
        lastTime = 0;
        List<int[]> taken = new ArrayList<>();
        drain.snapshot(packet -> records(packet, taken));
        snapshots.add(taken);
      }
      return null;
    }

    void take(MemorySegment packet) {
      records(packet, seen);
    }

    // Reads a packet and checks each record in it.
    private void records(MemorySegment packet, List<int[]> into) {
      long content = Bytes.getLong(packet, BufferDescriptor.AT_PACKET_CONTENT) / 8;
      long at = BufferDescriptor.PACKET_HEADER_BYTES;
      while (at < content) {
        long header = Bytes.getLong(packet, at);
        must((header & 0xFFFF) == EVENT, at);
        must(header >>> 16 >= lastTime, at);
        lastTime = header >>> 16;
        int length = Bytes.getInt(packet, at + 8);
        int writer = Bytes.getInt(packet, at + 12);
        int number = Bytes.getInt(packet, at + 16);
        must(length == lengths[writer], at);
        for (int i = 8; i < length; i++) {
          must((byte) Bytes.getByte(packet, at + 12 + i) == (byte) (number + i), at);
        }
        into.add(new int[] {writer, number});
        at += 12 + length;
      }
      must(at == content, at);
    }

    private void must(boolean holds, long at) {
      if (!holds) {
        throw new AssertionError(name + ": harmed at byte " + at);
      }
    }

    void check() {
      BitSet[] came = new BitSet[WRITERS];
      for (int i = 0; i < WRITERS; i++) {
        came[i] = new BitSet();
      }
      int[] before = {-1, -1, -1};
      for (int[] each : seen) {
        assertThat(each[1]).as(name).isGreaterThan(before[each[0]]);
        before[each[0]] = each[1];
        came[each[0]].set(each[1]);
      }
      long lost = 0;
      for (int i = 0; i < WRITERS; i++) {
        assertThat(came[i]).as(name).isEqualTo(reserved[i]);
        lost += records[i] - reserved[i].cardinality();
      }
      assertThat(buffer.lost()).as(name).isEqualTo(lost);
    }

    // Of each writer the newest, without a gap up to the last one it could reserve.
    void checkNewest() {
      int[] least = {-1, -1, -1};
      BitSet[] came = new BitSet[WRITERS];
      for (int i = 0; i < WRITERS; i++) {
        came[i] = new BitSet();
      }
      for (int[] each : seen) {
        least[each[0]] = least[each[0]] < 0 ? each[1] : least[each[0]];
        assertThat(came[each[0]].length()).as(name).isLessThanOrEqualTo(each[1]);
        came[each[0]].set(each[1]);
      }
      long lost = 0;
      for (int i = 0; i < WRITERS; i++) {
        if (least[i] >= 0) {
          BitSet newest = (BitSet) reserved[i].clone();
          newest.clear(0, least[i]);
          assertThat(came[i]).as(name).isEqualTo(newest);
        }
        lost += records[i] - reserved[i].cardinality();
      }
      assertThat(buffer.lost()).as(name).isEqualTo(lost);
    }

    void checkSnapshots() {
      for (List<int[]> snapshot : snapshots) {
        int[] before = {-1, -1, -1};
        for (int[] each : snapshot) {
          assertThat(each[1]).as(name).isGreaterThan(before[each[0]]);
          before[each[0]] = each[1];
          assertThat(reserved[each[0]].get(each[1])).as(name).isTrue();
        }
      }
    }
  }
}
