package dev.rideau.ctf.internal.decode;

import java.time.Duration;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Assertions;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/// The plain decoder and the fast one must find the same in any bytes of any schema.
///
/// A failure prints seed, schema and bytes of a small case. For hours of it:
/// `-Dtest=DecoderTwinsTest -Drideau.twins.minutes=120`; to repeat one: `-Drideau.twins.seed=SEED
/// -Drideau.twins.size=SIZE`.
@Tag("slow")
final class DecoderTwinsTest {
  private static final int MOST_SIZE = 8;
  private static final Duration MOST_SIMPLIFYING = Duration.ofSeconds(20);

  @Test
  void agreeOnSomeCases() {
    Long seed = Long.getLong("rideau.twins.seed");
    if (seed != null) {
      check(seed, Integer.getInteger("rideau.twins.size", 1));
      return;
    }
    for (long i = 0; i < 800; i++) {
      check(i, (int) (i % MOST_SIZE) + 1);
    }
  }

  @Test
  @Tag("slow")
  void agreeOnManyCases() {
    Duration duration = Duration.ofMinutes(Long.getLong("rideau.twins.minutes", 0));
    long most = duration.isZero() ? 6_000 : Long.MAX_VALUE;
    long first = duration.isZero() ? 1L << 32 : System.nanoTime();
    long begin = System.nanoTime();
    for (long i = 0; i < most; i++) {
      check(first + i, (int) (i % MOST_SIZE) + 1);
      if (!duration.isZero() && System.nanoTime() - begin > duration.toNanos()) {
        System.out.println("twins agree on " + i + " cases from seed " + first);
        return;
      }
    }
  }

  private static void check(long seed, int size) {
    TwinCase failed = RandomTwins.of(seed, size);
    String disagreement = failed.disagreement();
    if (disagreement == null) {
      return;
    }
    for (int smaller = 1; smaller < size; smaller++) {
      TwinCase other = RandomTwins.of(seed, smaller);
      if (other.disagreement() != null) {
        failed = other;
        break;
      }
    }
    long deadline = System.nanoTime() + MOST_SIMPLIFYING.toNanos();
    TwinCase simpler = simpler(failed, deadline);
    while (simpler != null) {
      failed = simpler;
      simpler = simpler(failed, deadline);
    }
    Assertions.fail(
        "seed %d size %d: %s%n%s".formatted(seed, size, failed.disagreement(), failed.describe()));
  }

  private static @Nullable TwinCase simpler(TwinCase failed, long deadline) {
    for (TwinCase candidate : failed.simpler()) {
      if (System.nanoTime() > deadline) {
        return null;
      }
      if (candidate.disagreement() != null) {
        return candidate;
      }
    }
    return null;
  }
}
