package dev.rideau.perf.internal.open;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// The streams that are being found, by CPU.
final class Lanes {
  static final int UNKNOWN_CPU = -1;

  private static final int MOST_LANES_OF_CPU = 64;
  private static final int MOST_LANES = 4096;

  private final Path file;
  private final Lane.Times times;
  private final Map<Integer, List<Lane>> lanes = new HashMap<>();
  private int laneCount;

  /// Whether some time did not fit into the order of its stream.
  private boolean disordered;

  Lanes(Path file, Lane.Times times) {
    this.file = file;
    this.times = times;
  }

  /// The stream of a CPU that ended last before a time, a new one where none did.
  ///
  /// @param newestFirst whether the packets hold their newest record first
  /// @return null where there are too many streams and none is left for records without a CPU
  @Nullable Lane fitting(int cpu, long time, boolean newestFirst) {
    List<Lane> ofCpu = lanes.get(cpu);
    if (ofCpu == null) {
      if (laneCount >= MOST_LANES) {
        return cpu == UNKNOWN_CPU ? null : fitting(UNKNOWN_CPU, time, newestFirst);
      }
      ofCpu = new ArrayList<>();
      lanes.put(cpu, ofCpu);
    }
    Lane best = null;
    Lane earliest = null;
    for (Lane lane : ofCpu) {
      if (lane.newestFirst != newestFirst) {
        continue;
      }
      if (lane.lastTime <= time && (best == null || lane.lastTime > best.lastTime)) {
        best = lane;
      }
      if (earliest == null || lane.lastTime < earliest.lastTime) {
        earliest = lane;
      }
    }
    if (best != null) {
      return best;
    }
    if (earliest == null || ofCpu.size() < MOST_LANES_OF_CPU && laneCount < MOST_LANES) {
      Lane made = new Lane(file, cpu, ofCpu.size(), newestFirst, times);
      ofCpu.add(made);
      laneCount++;
      return made;
    }
    disordered = true;
    return earliest;
  }

  /// Whether there was a time that fitted into no stream, when there were too many already.
  boolean isDisordered() {
    return disordered;
  }

  /// All of them in the order of CPUs.
  List<Lane> inOrder() {
    List<Lane> all = new ArrayList<>();
    lanes.keySet().stream().sorted().forEach(cpu -> all.addAll(lanes.get(cpu)));
    return all;
  }
}
