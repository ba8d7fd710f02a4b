package dev.rideau.server.internal.view;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.rideau.ctf.CtfTraceReader;
import dev.rideau.server.ServerOptions;
import dev.rideau.server.internal.http.Cancel;
import dev.rideau.tables.DatabaseOptions;
import dev.rideau.trace.OpenedTraces;
import dev.rideau.trace.TraceReader;
import dev.rideau.trace.Traces;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// What is shown before there are facts, against what the facts say afterwards.
final class RecordPassTest {
  private static final Path EXAMPLE =
      Path.of(System.getProperty("rideau.root", "."), "examples/cpuburn");
  private static final List<TraceReader> READERS = List.of(new CtfTraceReader());

  @TempDir private Path folder;

  @Test
  void lanesOfCpusAgreeWithFacts() throws IOException, InterruptedException {
    ServerOptions options =
        ServerOptions.local(
            "1", READERS, DatabaseOptions.of(_ -> {}).withThreads(1).withMemoryBytes(500_000_000));
    try (OpenTraces open = OpenTraces.open(List.of(EXAMPLE), options);
        OpenedTraces traces = Traces.open(List.of(EXAMPLE), READERS, _ -> {});
        MappedFile file = new MappedFile(folder)) {
      open.await();
      OpenTrace trace = open.all().getFirst();
      EventTable events = new EventTable(trace);
      List<Timeline> shown = new ArrayList<>();
      RecordPass pass = new RecordPass(events, file, shown::add);
      pass.start(traces, "pass");
      TimelineRows none = new TimelineRows(List.of());
      pass.addEvents(none);

      assertThat(none.size()).as("a trace with switches needs no rows of records").isZero();
      assertThat(events.total(Cancel.never())).isEqualTo(trace.eventCount());
      Density.Counts density = pass.density().counts();
      assertThat(Arrays.stream(density.counts()).sum()).isEqualTo(trace.eventCount());
      Timeline early = shown.getLast();
      List<TimelineRow> cpus = rows(early);
      List<TimelineRow> facts = rows(trace.timeline());
      assertThat(cpus).extracting(TimelineRow::name).isEqualTo(names(facts));
      for (int i = 0; i < cpus.size(); i++) {
        // Facts know what ran before the first switch.
        double busy = facts.get(i).busyNs();
        assertThat((double) cpus.get(i).busyNs()).isCloseTo(busy, within(0.05 * busy + 1e7));
        long middle = cpus.get(i).beginNs() / 2 + cpus.get(i).endNs() / 2;
        StateAt state = early.stateAt(cpus.get(i).id(), middle);
        StateAt fact = trace.timeline().stateAt(facts.get(i).id(), middle);
        assertThat(state == null ? null : state.label())
            .isEqualTo(fact == null ? null : fact.label());
      }
    }
  }

  private static List<TimelineRow> rows(Timeline timeline) {
    return timeline.rows().stream().filter(row -> row.kind() == RowKind.CPU).toList();
  }

  private static List<String> names(List<TimelineRow> rows) {
    return rows.stream().map(TimelineRow::name).toList();
  }

  @Test
  void nearStatesOfALaneBecomeOne() throws IOException {
    Lane lane = new Lane("lane");
    assertThat(lane.add(0, 1000, 7, 0)).isEqualTo(1);
    assertThat(lane.add(500, 1500, 7, 0)).as("overlaps the one before").isEqualTo(0);
    assertThat(lane.add(5000, 6000, 7, 0)).isEqualTo(1);
    assertThat(lane.add(5500, 6500, 8, 0)).isEqualTo(1);
    assertThat(lane.thin(10_000)).isEqualTo(2);
    try (MappedFile file = new MappedFile(folder)) {
      Track track = lane.track(new StateStore(file), new Meaning(false, _ -> null), Long.MAX_VALUE);
      assertThat(Objects.requireNonNull(track).beginNs()).isZero();
      assertThat(track.endNs()).isEqualTo(6500);
    }
  }
}
