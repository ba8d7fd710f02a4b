package dev.rideau.server.internal.view;

import static org.assertj.core.api.Assertions.assertThat;

import dev.rideau.ctf.CtfTraceReader;
import dev.rideau.server.ServerOptions;
import dev.rideau.server.internal.http.Cancel;
import dev.rideau.server.internal.view.EventTable.Filter;
import dev.rideau.server.internal.view.EventTable.Page;
import dev.rideau.tables.DatabaseOptions;
import dev.rideau.trace.testing.SharedData;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// Pages of records, from wherever: the same as all records one after the other.
@Tag("slow")
final class EventPagesTest {
  private static final Path TRACE = SharedData.checkout().resolve("examples/cpuburn");
  private static final long PATIENT = 1L << 60;
  private static OpenTraces traces;
  private static EventTable events;
  private static final List<EventRow> ALL = new ArrayList<>();

  @BeforeAll
  static void read() throws InterruptedException {
    traces =
        OpenTraces.open(
            List.of(TRACE),
            ServerOptions.local(
                "test", List.of(new CtfTraceReader()), DatabaseOptions.of(_ -> {})));
    traces.await();
    events = traces.all().getFirst().events();
    long next = 0;
    while (next >= 0) {
      Page page = events.read(next, 1000, Filter.ALL, Cancel.never());
      ALL.addAll(page.rows());
      next = page.next();
    }
  }

  @AfterAll
  static void close() {
    traces.close();
  }

  @Test
  void pagesFromAnywhereAreTheSame() {
    assertThat(events.total(Cancel.never())).isEqualTo(ALL.size()).isGreaterThan(20_000);
    for (int i = 0; i < ALL.size(); i++) {
      assertThat(ALL.get(i).index()).isEqualTo(i);
      assertThat(i == 0 || ALL.get(i - 1).ns() <= ALL.get(i).ns()).isTrue();
    }
    Random random = new Random(7);
    for (int i = 0; i < 60; i++) {
      int from = random.nextInt(ALL.size());
      int count = 1 + random.nextInt(300);
      int to = Math.min(ALL.size(), from + count);
      Page page = events.read(from, count, Filter.ALL, Cancel.never());
      assertThat(page.rows()).isEqualTo(ALL.subList(from, to));
      assertThat(page.next()).isEqualTo(to == ALL.size() ? -1 : to);
      Page before = events.readBack(to, to - from, Filter.ALL, Cancel.never());
      assertThat(before.rows()).isEqualTo(ALL.subList(from, to));
      EventRow row = ALL.get(from);
      long index = events.indexAt(row.ns(), Cancel.never());
      assertThat(ALL.get((int) index).ns()).isEqualTo(row.ns());
      assertThat(index == 0 || ALL.get((int) index - 1).ns() < row.ns()).isTrue();
    }
  }

  @ParameterizedTest
  @ValueSource(longs = {PATIENT, 0})
  void filteredPagesAddUpHoweverSoonTheyEnd(long patienceNs) {
    Filter filter = new Filter(null, "sched_switch");
    List<EventRow> expected =
        ALL.stream().filter(row -> row.event().equals("sched_switch")).toList();
    List<EventRow> found = new ArrayList<>();
    int asked = 0;
    for (long next = 0; next >= 0; asked++) {
      Page page = events.read(next, 500, filter, patienceNs, Cancel.never());
      found.addAll(page.rows());
      assertThat(page.next() < 0 || page.next() > next).isTrue();
      next = page.next();
    }
    assertThat(found).isEqualTo(expected);
    if (patienceNs == 0) {
      assertThat(asked).isGreaterThan(1 + expected.size() / 500);
    }
    List<EventRow> back = new ArrayList<>();
    for (long next = ALL.size(); next >= 0; ) {
      Page page = events.readBack(next, 500, filter, patienceNs, Cancel.never());
      back.addAll(0, page.rows());
      assertThat(page.next() < next).isTrue();
      next = page.next();
    }
    assertThat(back).isEqualTo(expected);
  }

  @Test
  void whatCannotBeFoundIsNotLookedFor() {
    Page page = events.read(0, 10, new Filter(null, "nothing_like_it"), 0, Cancel.never());
    assertThat(page.rows()).isEmpty();
    assertThat(page.next()).isEqualTo(-1);
  }
}
