package dev.rideau.reports;

import static org.assertj.core.api.Assertions.assertThat;

import dev.rideau.reports.ReportRunner.TimeRange;
import java.util.List;
import java.util.Map;
import java.util.Random;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.jspecify.annotations.Nullable;

/// The critical path explains all of the time that it is asked about: its pieces follow one another
/// from begin to end without gap, whatever the facts are, and the summary adds up to the same.
final class CriticalPathPropertyTest {
  private static final int THREADS = 4;
  private static final long END_NS = 1_000;
  private static final String[] STATES = {"running", "runnable", "blocked", "stopped", "unknown"};
  private static final String[] CAUSES = {"futex", "disk", "pipe", "socket", "timer", "unknown"};
  private static final String[] CONTEXTS = {"thread", "irq", "softirq", "timer"};

  @Property(tries = 30)
  void piecesFollowOneAnother(@ForAll long seed) {
    Random random = new Random(seed);
    try (HandMadeFacts facts = new HandMadeFacts()) {
      facts.row("process", "upid, pid, name", "1, 10, 'p'");
      for (int utid = 0; utid < THREADS; utid++) {
        addThread(facts, random, utid);
      }
      long begin = random.nextLong(END_NS / 2);
      TimeRange range = new TimeRange(begin, begin + 1 + random.nextLong(END_NS / 2));
      Map<String, String> arguments = Map.of("tid", "10", "limit", "100000");
      long now = range.beginNs();
      for (@Nullable Object[] row : rows(facts, "critical-path", arguments, range)) {
        assertThat(number(row[0])).as("begin of a piece").isEqualTo(now);
        assertThat(number(row[1])).as("length of a piece").isPositive();
        now += number(row[1]);
      }
      assertThat(now).isEqualTo(range.endNs());
      long sum = 0;
      for (@Nullable Object[] row : rows(facts, "critical-path-summary", arguments, range)) {
        sum += number(row[3]);
      }
      assertThat(sum).isEqualTo(range.durationNs());
    }
  }

  private static void addThread(HandMadeFacts facts, Random random, int utid) {
    boolean isForked = utid > 0 && random.nextInt(3) == 0;
    long ts = isForked ? random.nextLong(END_NS) : 0;
    facts.row(
        "thread",
        "utid, tid, upid, name, is_idle, start_ts, parent_utid",
        "%d, %d, 1, 't%d', false, %s, %s"
            .formatted(
                utid,
                10 + utid,
                utid,
                isForked ? ts : "NULL",
                isForked ? random.nextInt(utid) : "NULL"));
    String before = "";
    while (ts < END_NS) {
      long dur = Math.min(END_NS - ts, 1 + random.nextLong(120));
      boolean isWoken = before.equals("blocked") && random.nextInt(5) > 0;
      String state = isWoken ? "runnable" : STATES[random.nextInt(STATES.length)];
      facts.row(
          "thread_state",
          "ts, dur, utid, state, detail, waker_utid, waker_context",
          "%d, %d, %d, '%s', %s, %s, %s"
              .formatted(
                  ts,
                  dur,
                  utid,
                  state,
                  state.equals("blocked") ? quoted(random, CAUSES) : "NULL",
                  isWoken ? random.nextInt(THREADS) : "NULL",
                  isWoken ? quoted(random, CONTEXTS) : "NULL"));
      before = state;
      ts += dur;
    }
  }

  private static String quoted(Random random, String... words) {
    return "'" + words[random.nextInt(words.length)] + "'";
  }

  private static List<@Nullable Object[]> rows(
      HandMadeFacts facts, String report, Map<String, String> arguments, TimeRange range) {
    try (ReportResult result =
        new ReportRunner(facts).run(ReportCatalog.bundled().named(report), arguments, range)) {
      return result.readAll();
    }
  }

  private static long number(@Nullable Object value) {
    assertThat(value).isInstanceOf(Number.class);
    return value instanceof Number number ? number.longValue() : 0;
  }
}
