package dev.rideau.tracer.internal.buffer;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Random;
import org.junit.jupiter.api.Test;

/// Lines against a clock and a counter that are made up: frequencies that drift, readings that are
/// not exact, long pauses, a machine that sleeps, a counter that jumps.
final class ClockLineTest {
  private static final int READINGS = 200_000;
  private static final long NOISE_NS = 100;

  private final long seed = System.nanoTime();
  private final Random random = new Random(seed);
  private double cyclesPerNs = 2.6;
  private double cycles = 1e12;
  private double clockNs = random.nextDouble(1e15);
  private ClockLine line = ClockLine.none();
  private long lastNs = Long.MIN_VALUE;
  private double farthestNs;
  private int counted;

  /// Whether some readings of the clock are too far from the counter to be of use.
  private boolean readsBadly = true;

  private void pass(double ns) {
    clockNs += ns;
    cycles += ns * cyclesPerNs;
  }

  private void read() {
    long told = told();
    assertThat(told).as("seed %s", seed).isGreaterThan(lastNs);
    lastNs = told;
    farthestNs = Math.max(farthestNs, Math.abs(told - clockNs));
  }

  private long told() {
    while (true) {
      long now = (long) cycles;
      if (line.covers(now)) {
        counted++;
        return line.at(now);
      }
      // The clock was read a little before the counter; when exactly is not known.
      long readNs = (long) clockNs - NOISE_NS;
      if (!line.isToCome(now)) {
        line =
            readsBadly && random.nextInt(100) == 0
                ? line.unmeasured(readNs)
                : line.next(
                    now - (long) (random.nextDouble(10, 2 * NOISE_NS) * cyclesPerNs), readNs);
      }
      if (!line.covers(now) && line.tells(readNs)) {
        return readNs;
      }
      pass(NOISE_NS);
    }
  }

  private double pause() {
    return switch (random.nextInt(2000)) {
      case 0 -> random.nextDouble(1e9);
      case 1, 2, 3, 4 -> random.nextDouble(3e6);
      default -> random.nextDouble(20, 2e4);
    };
  }

  @Test
  void staysNearAClockThatIsSteered() {
    for (int i = 0; i < READINGS; i++) {
      cyclesPerNs *= 1 + random.nextDouble(-1e-8, 1e-8);
      pass(pause());
      read();
    }
    assertThat(farthestNs).as("seed %s", seed).isLessThan(4 * NOISE_NS);
    assertThat(counted).as("seed %s", seed).isGreaterThan(READINGS / 2);
  }

  @Test
  void comesBackAfterSleepAndJumps() {
    for (int round = 0; round < 20; round++) {
      for (int i = 0; i < READINGS / 20; i++) {
        pass(pause());
        read();
      }
      switch (random.nextInt(3)) {
        case 0 -> cycles += random.nextDouble(1e12); // asleep: CLOCK_MONOTONIC stands
        case 1 -> cycles = random.nextDouble(1e9); // the counter begins anew
        default -> cyclesPerNs = random.nextDouble(1, 5); // on another machine
      }
      int before = counted;
      for (int i = 0; i < READINGS / 20; i++) {
        pass(pause());
        read();
      }
      assertThat(counted).as("seed %s, round %s", seed, round).isGreaterThan(before);
      farthestNs = 0;
      for (int i = 0; i < 100; i++) {
        pass(2e4);
        read();
      }
      assertThat(farthestNs).as("seed %s, round %s", seed, round).isLessThan(4 * NOISE_NS);
    }
  }

  @Test
  void readsTheClockUntilTheFrequencyIsKnown() {
    readsBadly = false;
    for (int i = 0; i < 18; i++) {
      pass(1e6);
      read();
    }
    assertThat(counted).isZero();
    for (int i = 0; i < 1000; i++) {
      pass(1e4);
      read();
    }
    assertThat(counted).isGreaterThan(500);
  }
}
