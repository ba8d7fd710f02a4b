package dev.rideau.perf.internal.open;

import dev.rideau.perf.internal.decode.CommTable;
import dev.rideau.perf.internal.decode.RecordFormat;
import dev.rideau.perf.internal.decode.RecordKind;
import dev.rideau.perf.internal.decode.SampleFormat;
import dev.rideau.perf.internal.file.Counters;
import dev.rideau.perf.internal.file.PerfSource;
import dev.rideau.perf.internal.file.RecordWalk;
import dev.rideau.perf.internal.file.Words;
import dev.rideau.trace.Diagnostic;
import dev.rideau.trace.DiagnosticSink;
import dev.rideau.trace.Origin;
import dev.rideau.trace.Severity;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;

/// Goes through all records once and cuts them into streams whose times ascend.
///
/// perf empties the buffers of the CPUs one after the other, again and again. Inside a piece from
/// one buffer times ascend but for interrupts; from piece to piece they jump. perf itself sorts
/// within a window that ends where no older record can follow. Here a packet is a run of records of
/// one CPU with ascending times, and goes to the stream of that CPU whose last time fits best below
/// its first; if none fits a new stream begins ([BackwardPackets] come in after all others). So
/// every stream is in order without sorting, a merge gives the same order as perf's window, and
/// packets can be decoded on their own.
///
/// ```
/// file      cpu 0: 1 2 5 | cpu 1: 1 3 | cpu 0: 6 7 | cpu 0: 4 8     time of each record
/// streams   cpu 0: 1 2 5 · 6 7     cpu 0, second: 4 8     cpu 1: 1 3
/// ```
final class PerfIndexer {
  /// Longest packet: a cursor holds one in memory.
  private static final int MOST_PACKET_BYTES = 1 << 18;

  /// More packets only come from damage; each costs memory.
  private static final int MOST_PACKETS = 1 << 20;

  private final PerfSource source;
  private final RecordFormat records;
  private final Words words;
  private final DiagnosticSink diagnostics;
  private final Lane state;
  private final Lanes lanes;
  private final BackwardPackets backward = new BackwardPackets(MOST_PACKET_BYTES);
  private final CommTable.Builder comms = new CommTable.Builder();
  private final Counters counters;
  private boolean countersWantSamples;
  private int packetCount;

  /// Samples that are missing somewhere in the recording.
  private long lostInAll;

  private long firstTime = Long.MAX_VALUE;
  private boolean saidDisorder;

  /// What was found.
  ///
  /// @param state records without a time
  /// @param lanes all others, in order of CPU
  /// @param firstTime of all times the least, 0 when there is none
  /// @param counters where they count
  record Result(Lane state, List<Lane> lanes, CommTable comms, long firstTime, Counters counters) {}

  PerfIndexer(
      PerfSource source,
      RecordFormat records,
      Counters counters,
      Lane.Times times,
      DiagnosticSink diagnostics) {
    this.source = source;
    this.counters = counters;
    countersWantSamples = counters.wantsSamples();
    this.records = records;
    this.diagnostics = diagnostics;
    words = records.words();
    lanes = new Lanes(source.path(), times);
    state = new Lane(source.path(), Lanes.UNKNOWN_CPU, 0, false, times);
  }

  Result index(long start, long end) throws IOException {
    RecordWalk walk = new RecordWalk(source, words, start, end);
    Lane current = state;
    while (walk.next()) {
      int type = walk.type();
      if (type == RecordKind.SAMPLE && current != state && continues(walk, current)) {
        continue;
      }
      if (type >= RecordKind.FIRST_USER_TYPE || type < 0) {
        if (type == RecordWalk.ID_INDEX) {
          counters.add(words, walk.bytes(), walk.at(), walk.size());
          countersWantSamples = counters.wantsSamples();
        }
        current.passOver(walk.offsetBytes(), walk.size());
        continue;
      }
      current = take(walk, type, current);
      if (packetCount > MOST_PACKETS) {
        report(
            Severity.ERROR,
            "too-fragmented",
            "the records of different CPUs and times alternate too often",
            walk,
            "Records up to here are read.");
        break;
      }
    }
    reportEnd(walk);
    backward.placeInto(lanes, state);
    reportDisorder(walk);
    List<Lane> found = lanes.inOrder();
    long first = firstTime == Long.MAX_VALUE ? 0 : firstTime;
    state.close();
    state.allAt(first);
    found.forEach(Lane::close);
    placeLosses(found);
    return new Result(state, found, comms.build(), first, counters);
  }

  /// Adds a sample that simply goes on with the packet at hand, as most do.
  ///
  /// @return false when it does not, or when that is not so easily seen
  private boolean continues(RecordWalk walk, Lane current) {
    int timeAt = records.sampleTimeAt();
    int cpuAt = records.sampleCpuAt();
    int size = walk.size();
    if (records.anyBackward()
        || timeAt == SampleFormat.NONE
        || cpuAt == SampleFormat.NONE
        || size < records.fixedEnd()) {
      return false;
    }
    byte[] bytes = walk.bytes();
    int at = walk.at();
    long time = words.i64(bytes, at + timeAt);
    if (countersWantSamples) {
      return false;
    }
    // The last time of a stream is one that is known, so this one is too.
    if (time < current.lastTime
        || words.i32(bytes, at + cpuAt) != current.cpu
        || !current.continuesAt(walk.offsetBytes(), size, MOST_PACKET_BYTES)) {
      return false;
    }
    current.add(walk.offsetBytes(), size, time, true);
    return true;
  }

  private Lane take(RecordWalk walk, int type, Lane current) {
    byte[] bytes = walk.bytes();
    int at = walk.at();
    int size = walk.size();
    int end = at + size;
    boolean sample = type == RecordKind.SAMPLE;
    int attr = sample ? records.attrOfSample(bytes, at, end) : records.attrOfOther(bytes, at, end);
    long time = 0;
    int cpu = Lanes.UNKNOWN_CPU;
    if (countersWantSamples && attr >= 0) {
      int tidAt = records.sampleTidAt(attr);
      if (sample && tidAt != SampleFormat.NONE && size >= tidAt + 4) {
        counters.addSample(words.i32(bytes, at + tidAt));
      }
    }
    if (attr >= 0) {
      int timeAt = records.timeAt(sample, attr, at, end);
      int cpuAt = records.cpuAt(sample, attr, at, end);
      time = timeAt == SampleFormat.NONE ? 0 : words.i64(bytes, timeAt);
      cpu = cpuAt == SampleFormat.NONE ? Lanes.UNKNOWN_CPU : Math.max(-1, words.i32(bytes, cpuAt));
    }
    Lane lane;
    if (time == 0 || time == -1) {
      time = 0;
      lane = state;
    } else {
      firstTime = Math.min(firstTime, time);
      if (records.isBackward(attr)) {
        takeBackward(walk, type, cpu, time);
        return current;
      }
      lane = laneFor(current, cpu, time);
      reportDisorder(walk);
    }
    long before = lane.lastTime;
    boolean continues =
        lane == current
            && time >= lane.lastTime
            && lane.continuesAt(walk.offsetBytes(), size, MOST_PACKET_BYTES);
    if (!continues) {
      packetCount++;
    }
    lane.add(walk.offsetBytes(), size, time, continues);
    if (!sample) {
      noteName(walk, type, time);
      noteLoss(walk, type, lane, time, before);
    }
    return lane;
  }

  private void takeBackward(RecordWalk walk, int type, int cpu, long time) {
    if (backward.add(walk.offsetBytes(), walk.size(), cpu, time)) {
      packetCount++;
    }
    if (type != RecordKind.SAMPLE) {
      noteName(walk, type, time);
      backward.lost(lostCount(walk, type), time);
    }
  }

  /// The stream that a record goes to: the one at hand if its time allows, else the one that ended
  /// last before it.
  private Lane laneFor(Lane current, int cpu, long time) {
    if (current != state && current.cpu == cpu && time >= current.lastTime) {
      return current;
    }
    Lane found = lanes.fitting(cpu, time, false);
    return found == null ? state : found;
  }

  private void noteName(RecordWalk walk, int type, long time) {
    byte[] bytes = walk.bytes();
    int at = walk.at();
    int size = walk.size();
    if (type == RecordKind.COMM.type() && size > 16) {
      comms.comm(time, words.i32(bytes, at + 12), text(bytes, at + 16, at + size));
    } else if (type == RecordKind.FORK.type() && size >= 24) {
      comms.fork(time, words.i32(bytes, at + 16), words.i32(bytes, at + 20));
    }
  }

  private void noteLoss(RecordWalk walk, int type, Lane lane, long time, long before) {
    long count = lostCount(walk, type);
    if (lane == state && type == RecordKind.LOST_SAMPLES.type()) {
      lostInAll += count;
    } else if (count != 0) {
      lane.losses.add(new Lane.LossDraft(count, lane.packet(), before, time));
    }
  }

  /// How many records a record says that were lost.
  private long lostCount(RecordWalk walk, int type) {
    if (type == RecordKind.LOST.type() && walk.size() >= 24) {
      return words.i64(walk.bytes(), walk.at() + 16);
    }
    return type == RecordKind.LOST_SAMPLES.type() && walk.size() >= 16
        ? words.i64(walk.bytes(), walk.at() + 8)
        : 0;
  }

  /// Newer perfs write at the end how many samples each event lost: the same ones that records with
  /// a time told of, if there were such.
  private void placeLosses(List<Lane> found) {
    if (lostInAll > 0 && !found.isEmpty() && found.stream().allMatch(it -> it.losses.isEmpty())) {
      long last = found.stream().mapToLong(lane -> lane.lastTime).max().orElse(firstTime);
      found.getFirst().losses.add(new Lane.LossDraft(lostInAll, 0, firstTime, last));
    }
  }

  private static String text(byte[] bytes, int from, int end) {
    int to = from;
    while (to < end && bytes[to] != 0) {
      to++;
    }
    return new String(bytes, from, to - from, StandardCharsets.UTF_8);
  }

  private void reportDisorder(RecordWalk walk) {
    if (lanes.isDisordered() && !saidDisorder) {
      saidDisorder = true;
      report(
          Severity.WARNING,
          "time-goes-back",
          "times of records jump back too often to order them all",
          walk,
          "Some records are shown later than they happened.");
    }
  }

  private void reportEnd(RecordWalk walk) {
    switch (walk.end()) {
      case OPEN, WHOLE -> {}
      case TRUNCATED ->
          report(
              Severity.WARNING,
              "truncated-file",
              "the file ends inside a record",
              walk,
              "Records before are good.");
      case MALFORMED ->
          report(
              Severity.ERROR,
              "malformed-record",
              "a record says that it is %d bytes long, its header alone has 8"
                  .formatted(words.u16(walk.bytes(), walk.at() + 6)),
              walk,
              "Records before are good; where the next one begins is not known.");
    }
  }

  private void report(
      Severity severity, String rule, String message, RecordWalk walk, String advice) {
    diagnostics.report(
        Diagnostic.of(
            severity,
            rule,
            source.isUnpacked() ? message + " (counted in unpacked records)" : message,
            Origin.ofBit(source.path(), "records", -1, walk.offsetBytes() * 8),
            advice));
  }
}
