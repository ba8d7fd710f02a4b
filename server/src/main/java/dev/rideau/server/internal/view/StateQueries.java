package dev.rideau.server.internal.view;

import dev.rideau.tables.Rows;
import dev.rideau.tables.TraceDatabase;
import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.LongConsumer;
import java.util.function.LongFunction;
import org.jspecify.annotations.Nullable;

/// Copies states from the database into memory that answers at once.
final class StateQueries {
  // Columns of the queries for states.
  private static final int HOST = 0;
  private static final int NUMBER = 1;
  private static final int TS = 2;
  private static final int DUR = 3;
  private static final int VALUE = 4;
  private static final int NAME = 5;

  private final TraceDatabase database;
  private final StateStore store;
  private final LongConsumer progress;
  private long done;

  /// @param progress is told how many states were copied so far
  StateQueries(TraceDatabase database, StateStore store, LongConsumer progress) {
    this.database = database;
    this.store = store;
    this.progress = progress;
  }

  /// States of the key that rows are made of: tracks of one query.
  record Key(int host, long number, String name) {}

  TraceDatabase database() {
    return database;
  }

  /// Counts a state for the progress.
  void tick() {
    if ((++done & 0xffff) == 0) {
      progress.accept(done);
    }
  }

  /// Copies the states of a query with the columns host, number, ts, dur, value, and name where
  /// rows have one; ordered by all that names a row, then ts. Values are made by the database: a
  /// text for each of millions of states would take most of the time.
  Map<Key, Track> read(String sql, Meaning meaning) throws IOException {
    Map<Key, Track> found = new LinkedHashMap<>();
    TrackWriter writer = new TrackWriter(store, meaning);
    try (Rows states = database.query(sql)) {
      boolean isNamed = states.columns().size() > NAME;
      Key key = null;
      while (states.next()) {
        int host = (int) states.longAt(HOST);
        long number = states.longAt(NUMBER);
        String name = isNamed ? String.valueOf(states.textAt(NAME)) : "";
        if (key == null || key.host != host || key.number != number || !key.name.equals(name)) {
          finish(found, key, writer);
          key = new Key(host, number, name);
        }
        writer.add(states.longAt(TS), states.longAt(DUR), (int) states.longAt(VALUE));
        tick();
      }
      finish(found, key, writer);
    }
    return found;
  }

  private static void finish(Map<Key, Track> found, @Nullable Key key, TrackWriter writer)
      throws IOException {
    Track track = key == null ? null : writer.finish();
    if (key != null && track != null) {
      found.put(key, track);
    }
  }

  /// The only number of a statement, 0 for none.
  long number(String sql) {
    try (Rows rows = database.query(sql)) {
      return rows.next() ? rows.longAt(0) : 0;
    }
  }

  /// States of CPUs from a table with host, cpu, ts, dur, label, and rank where the style depends
  /// on it.
  Map<Key, Track> labelled(String table, LongFunction<StateStyle> style, boolean labelsMatter)
      throws IOException {
    boolean isRanked = table.contains(" AS rank ");
    StateLabels labels = new StateLabels();
    KnownValues known = new KnownValues(isRanked ? 2 : 1);
    String distinct =
        "SELECT DISTINCT label" + (isRanked ? ", rank::BIGINT" : "") + " FROM " + table + " f";
    try (Rows rows = database.query(distinct)) {
      while (rows.next()) {
        String label = String.valueOf(rows.textAt(0));
        long rank = isRanked ? rows.longAt(1) : 0;
        known.add(
            Meaning.value(style.apply(rank), labels.of(label)),
            isRanked ? new String[] {label, Long.toString(rank)} : new String[] {label});
      }
    }
    return read(
        "SELECT f.host, f.cpu, f.ts, f.dur, k.value FROM "
            + table
            + " f JOIN "
            + known.sql()
            + " k ON k.c0 = f.label"
            + (isRanked ? " AND k.c1 = f.rank::VARCHAR" : "")
            + " ORDER BY 1, 2, 3",
        labels.meaning(labelsMatter));
  }

  /// Values by texts as a table of a statement.
  static final class KnownValues {
    private final StringBuilder rows = new StringBuilder();
    private final int columns;

    KnownValues(int columns) {
      this.columns = columns;
      // There is always a row, which nothing equals.
      add(0, new String[columns]);
    }

    void add(int value, @Nullable String... texts) {
      rows.append(rows.isEmpty() ? "" : ", ").append('(').append(value);
      for (String text : texts) {
        rows.append(", ").append(text == null ? "NULL" : "'" + text.replace("'", "''") + "'");
      }
      rows.append(')');
    }

    String sql() {
      StringBuilder names = new StringBuilder("value");
      for (int i = 0; i < columns; i++) {
        names.append(", c").append(i);
      }
      return "(SELECT * FROM (VALUES " + rows + ") AS known(" + names + "))";
    }
  }
}
