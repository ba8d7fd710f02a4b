package dev.rideau.tables;

import static org.assertj.core.api.Assertions.assertThat;

import dev.rideau.ctf.CtfFormat;
import dev.rideau.ctf.CtfTraceReader;
import dev.rideau.ctf.testing.RandomTraces;
import dev.rideau.tables.internal.catalog.Ddl;
import dev.rideau.trace.Batch;
import dev.rideau.trace.DataStream;
import dev.rideau.trace.OpenedTraces;
import dev.rideau.trace.Projection;
import dev.rideau.trace.testing.Records;
import dev.rideau.trace.testing.SharedData;
import dev.rideau.trace.testing.TestFolders;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Objects;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Tag;
import net.jqwik.api.constraints.IntRange;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/// `events()` shows what the reader decodes: every record of every class, every field.
@Tag("slow") // for the properties
@org.junit.jupiter.api.Tag("slow") // for the tests
final class EventsPropertyTest {
  private static final int BASE_COLUMNS = 5;

  @Property(tries = 40)
  void rowsAreTheRecords(
      @ForAll long seed, @ForAll CtfFormat format, @ForAll @IntRange(min = 1, max = 3) int threads)
      throws IOException {
    Path folder = Files.createTempDirectory("events");
    try {
      Path trace = folder.resolve("trace");
      RandomTraces.write(trace, RandomTraces.traceClass(format, seed), format, seed, 150);
      assertSame(trace, threads);
    } finally {
      TestFolders.delete(folder);
    }
  }

  @Test
  void rowsAreTheRecordsOfTheBundledTrace() {
    assertSame(TestDatabases.CPUBURN, 2);
  }

  @Test
  void rowsAreTheRecordsOfUserSpaceTraces() {
    for (String name : List.of("ros2", "funky_trace", "cyg-profile/glxgears-cyg-profile-fast")) {
      assertSame(SharedData.require("data/ctf-traces/" + name), 2);
    }
  }

  private static void assertSame(Path trace, int threads) {
    DatabaseOptions options = DatabaseOptions.of(_ -> {}).withThreads(threads);
    try (TraceDatabase database =
        TraceDatabase.open(List.of(trace), List.of(new CtfTraceReader()), options)) {
      List<String> expected = records(database.traces());
      if (expected.isEmpty()) {
        return;
      }
      List<String> found = new ArrayList<>();
      try (Rows rows = database.query("SELECT * FROM events('*')")) {
        while (rows.next()) {
          List<String> words = new ArrayList<>();
          for (int i = BASE_COLUMNS; i < rows.columns().size(); i++) {
            EventWords.addTo(words, rows.valueAt(i));
          }
          Collections.sort(words);
          found.add(rows.textAt(0) + " " + rows.textAt(1) + " " + words);
        }
      }
      Collections.sort(expected);
      Collections.sort(found);
      assertThat(found).isEqualTo(expected);
      // Only some columns: the rest is not decoded.
      try (Rows rows =
          database.query("SELECT count(*), count(DISTINCT event), min(ts) FROM events('*')")) {
        assertThat(rows.next()).isTrue();
        assertThat(rows.longAt(0)).isEqualTo(expected.size());
      }
      assertTimes(database);
      assertMembers(database);
    }
  }

  // Members of a structure that is not there are not there: the database asks a member without
  // asking the structure, and takes whatever the memory held before.
  private static void assertMembers(TraceDatabase database) {
    for (List<@Nullable String> column :
        TestDatabases.rows(
            database,
            "SELECT column_name FROM (DESCRIBE FROM events('*'))"
                + " WHERE column_type LIKE 'STRUCT(%' AND column_type NOT LIKE '%]'")) {
      String name = Ddl.quoted(Objects.requireNonNull(column.getFirst()));
      assertThat(
              TestDatabases.rows(
                      database,
                      "SELECT count(COLUMNS(*)) FROM (SELECT UNNEST("
                          + name
                          + ", recursive := true) FROM events('*') WHERE "
                          + name
                          + " IS NULL)")
                  .getFirst())
          .as("members of %s", name)
          .containsOnly("0");
    }
  }

  // A time that is given as an argument is that of a condition, though packets are left out.
  private static void assertTimes(TraceDatabase database) {
    List<List<@Nullable String>> quantiles =
        TestDatabases.rows(
            database,
            "SELECT quantile_disc(ts, 0.3), quantile_disc(ts, 0.6) FROM events('*')"
                + " WHERE ts IS NOT NULL");
    String begin = quantiles.getFirst().get(0);
    String end = quantiles.getFirst().get(1);
    if (begin == null || end == null) {
      return;
    }
    String columns = "count(*), min(ts), max(ts), sum(ts), count(DISTINCT event)";
    for (@Nullable String[] bounds :
        new @Nullable String[][] {{begin, end}, {begin, null}, {null, end}}) {
      StringBuilder arguments = new StringBuilder();
      StringBuilder condition = new StringBuilder("ts IS NOT NULL");
      if (bounds[0] != null) {
        arguments.append(", begin_ts := ").append(bounds[0]);
        condition.append(" AND ts >= ").append(bounds[0]);
      }
      if (bounds[1] != null) {
        arguments.append(", end_ts := ").append(bounds[1]);
        condition.append(" AND ts < ").append(bounds[1]);
      }
      assertThat(
              TestDatabases.rows(
                  database, "SELECT " + columns + " FROM events('*'" + arguments + ")"))
          .isEqualTo(
              TestDatabases.rows(
                  database, "SELECT " + columns + " FROM events('*') WHERE " + condition));
    }
  }

  private static List<String> records(OpenedTraces traces) {
    List<String> records = new ArrayList<>();
    for (DataStream stream : traces.dataStreams()) {
      boolean hasClock = stream.dataStreamClass().defaultClock() != null;
      Records.each(
          stream,
          Projection.ALL,
          _ -> {},
          (block, i) -> {
            Batch batch = Objects.requireNonNull(block.batch(block.eventClasses()[i]));
            @Nullable Long ts = hasClock ? block.timestampsNs()[i] : null;
            records.add(
                ts
                    + " "
                    + batch.eventClass().displayName()
                    + " "
                    + EventWords.of(batch, block.rows()[i]));
          });
    }
    return records;
  }
}
