package dev.rideau.trace;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Random;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

final class MergerTest {
  /// A thing to be ordered, and where it came from.
  private record Thing(long ns, int source, int position) {}

  /// A block that its source fills again and again.
  private static final class Block implements TimedBlock {
    private long[] timestampsNs = new long[0];
    private int size;
    private int firstPosition;

    @Override
    public int size() {
      return size;
    }

    @Override
    public long[] timestampsNs() {
      return timestampsNs;
    }
  }

  /// Hands out timestamps in blocks of the given sizes, in the same block each time.
  private static final class Source implements BlockSource<Block> {
    private final Block block = new Block();
    private final long[] timestampsNs;
    private final int[] sizes;
    private int nextBlock;
    private int position;

    Source(long[] timestampsNs, int... sizes) {
      this.timestampsNs = timestampsNs;
      this.sizes = sizes;
    }

    @Override
    public @Nullable Block next() {
      // Whoever still reads what the block held before shall see nonsense.
      Arrays.fill(block.timestampsNs, -77);
      block.size = -1;
      if (position == timestampsNs.length) {
        return null;
      }
      int wanted = nextBlock < sizes.length ? sizes[nextBlock++] : 1;
      int end = Math.min(timestampsNs.length, position + wanted);
      block.firstPosition = position;
      block.size = end - position;
      // Longer than the size says, as the blocks of cursors are.
      block.timestampsNs = Arrays.copyOf(Arrays.copyOfRange(timestampsNs, position, end), 9);
      position = end;
      return block;
    }
  }

  private static List<Thing> merged(List<Source> sources) {
    List<Thing> things = new ArrayList<>();
    Merger<Block> merger = new Merger<>(sources);
    while (merger.advance()) {
      assertThat(merger.from()).isLessThan(merger.to());
      Block block = merger.block();
      assertThat(block).isSameAs(sources.get(merger.source()).block);
      for (int i = merger.from(); i < merger.to(); i++) {
        things.add(new Thing(block.timestampsNs()[i], merger.source(), block.firstPosition + i));
      }
    }
    return things;
  }

  private static List<Thing> things(List<Source> sources) {
    List<Thing> things = new ArrayList<>();
    for (int source = 0; source < sources.size(); source++) {
      long[] timestampsNs = sources.get(source).timestampsNs;
      for (int i = 0; i < timestampsNs.length; i++) {
        things.add(new Thing(timestampsNs[i], source, i));
      }
    }
    return things;
  }

  private static List<Source> sources(long seed, int count, int step) {
    Random random = new Random(seed);
    List<Source> sources = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      long[] timestampsNs = new long[random.nextInt(30)];
      long ns = random.nextInt(50) - 25L;
      for (int j = 0; j < timestampsNs.length; j++) {
        ns += random.nextInt(step);
        timestampsNs[j] = ns;
      }
      sources.add(new Source(timestampsNs, random.ints(40, 1, 9).toArray()));
    }
    return sources;
  }

  @Property(tries = 500)
  void mergesLikeAStableSort(
      @ForAll long seed,
      @ForAll @IntRange(min = 0, max = 12) int count,
      @ForAll @IntRange(min = 1, max = 20) int step) {
    List<Source> sources = sources(seed, count, step);
    List<Thing> expected = things(sources);
    expected.sort(Comparator.comparingLong(Thing::ns).thenComparingInt(Thing::source));
    assertThat(merged(sources)).isEqualTo(expected);
  }

  /// Sources whose time goes back: what comes after counts as no earlier than what came before.
  @Property(tries = 500)
  void keepsTheOrderOfEachSource(@ForAll long seed, @ForAll @IntRange(min = 1, max = 6) int count) {
    Random random = new Random(seed);
    List<Source> sources = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      long[] timestampsNs = random.longs(random.nextInt(30), 0, 20).toArray();
      sources.add(new Source(timestampsNs, random.ints(40, 1, 9).toArray()));
    }
    record Ranked(long effectiveNs, Thing thing) {}
    List<Ranked> expected = new ArrayList<>();
    long[] greatest = new long[count];
    for (Thing thing : things(sources)) {
      greatest[thing.source] = Math.max(greatest[thing.source], thing.ns);
      expected.add(new Ranked(greatest[thing.source], thing));
    }
    expected.sort(
        Comparator.comparingLong(Ranked::effectiveNs)
            .thenComparingInt(ranked -> ranked.thing().source));
    assertThat(merged(sources)).isEqualTo(expected.stream().map(Ranked::thing).toList());
  }

  @Test
  void makesRunsAsLongAsTheyCanBe() {
    Source first = new Source(new long[] {10, 20, 30}, 3);
    Source second = new Source(new long[] {20, 25, 40}, 3);
    Merger<Block> merger = new Merger<>(List.of(first, second));
    List<String> runs = new ArrayList<>();
    while (merger.advance()) {
      runs.add("%d: %d-%d".formatted(merger.source(), merger.from(), merger.to()));
    }
    assertThat(runs).containsExactly("0: 0-2", "1: 0-2", "0: 2-3", "1: 2-3");
  }

  @Test
  void takesTheWholeBlockOfTheOnlySource() {
    Merger<Block> merger =
        new Merger<>(List.of(new Source(new long[0]), new Source(new long[] {3, 2, 1}, 3)));
    assertThat(merger.advance()).isTrue();
    assertThat(merger.source()).isEqualTo(1);
    assertThat(merger.from()).isZero();
    assertThat(merger.to()).isEqualTo(3);
    assertThat(merger.advance()).isFalse();
  }

  @Test
  void staysAtTheEnd() {
    Merger<Block> merger = new Merger<>(List.of(new Source(new long[] {1}, 1)));
    assertThat(merger.advance()).isTrue();
    assertThat(merger.advance()).isFalse();
    assertThat(merger.advance()).isFalse();
    assertThat(new Merger<Block>(List.of()).advance()).isFalse();
  }

  @Test
  void ordersTheWholeRangeOfTime() {
    List<Source> sources =
        List.of(
            new Source(new long[] {Long.MAX_VALUE}, 1),
            new Source(new long[] {Long.MIN_VALUE, 0, Long.MAX_VALUE}, 2, 1));
    assertThat(merged(sources))
        .containsExactly(
            new Thing(Long.MIN_VALUE, 1, 0),
            new Thing(0, 1, 1),
            new Thing(Long.MAX_VALUE, 0, 0),
            new Thing(Long.MAX_VALUE, 1, 2));
  }
}
