package dev.rideau.server.internal.view;

import dev.rideau.server.internal.view.Arrow.Kind;
import dev.rideau.tables.Rows;
import java.io.IOException;
import java.util.EnumMap;
import java.util.Map;

/// Copies wakeups and migrations from the database: arrows between rows that are there.
final class ArrowQueries {
  private final StateQueries states;
  private final TimelineRows rows;
  private final MappedFile file;

  ArrowQueries(StateQueries states, TimelineRows rows, MappedFile file) {
    this.states = states;
    this.rows = rows;
    this.file = file;
  }

  Map<Kind, ArrowIndex> read() throws IOException {
    Map<Kind, ArrowIndex> arrows = new EnumMap<>(Kind.class);
    arrows.put(Kind.WAKEUP, wakeups());
    arrows.put(Kind.MIGRATION, migrations());
    return arrows;
  }

  private ArrowIndex wakeups() throws IOException {
    ArrowIndex arrows = new ArrowIndex(Kind.WAKEUP, file);
    String sql =
        "SELECT host, ts, utid, waker_utid, coalesce(latency, 0), cpu,"
            + " (context = 'thread')::INTEGER"
            + " FROM wakeup WHERE waker_utid IS NOT NULL ORDER BY ts";
    try (Rows wakeups = states.database().query(sql)) {
      while (wakeups.next()) {
        Integer to = rows.ofThread(wakeups.longAt(2));
        // What an interrupt does is not the doing of the thread below it.
        Integer from =
            wakeups.longAt(6) == 1
                ? rows.ofThread(wakeups.longAt(3))
                : rows.ofCpu(wakeups.longAt(0), wakeups.longAt(5));
        if (to != null && from != null) {
          arrows.add(wakeups.longAt(1), wakeups.longAt(4), from, to);
        }
        states.tick();
      }
    }
    return arrows;
  }

  private ArrowIndex migrations() throws IOException {
    ArrowIndex arrows = new ArrowIndex(Kind.MIGRATION, file);
    String sql = "SELECT host, ts, from_cpu, to_cpu FROM migration ORDER BY ts";
    try (Rows migrations = states.database().query(sql)) {
      while (migrations.next()) {
        long host = migrations.longAt(0);
        Integer from = rows.ofCpu(host, migrations.longAt(2));
        Integer to = rows.ofCpu(host, migrations.longAt(3));
        if (to != null && from != null) {
          arrows.add(migrations.longAt(1), 0, from, to);
        }
        states.tick();
      }
    }
    return arrows;
  }
}
