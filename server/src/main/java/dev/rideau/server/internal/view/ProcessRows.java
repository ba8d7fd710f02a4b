package dev.rideau.server.internal.view;

import dev.rideau.server.internal.view.StateQueries.Key;
import dev.rideau.server.internal.view.StateQueries.KnownValues;
import dev.rideau.server.internal.view.TimelineRows.Ids;
import dev.rideau.tables.Rows;
import java.io.IOException;
import java.util.Map;

/// Rows of processes and their threads.
final class ProcessRows {
  private final StateQueries states;
  private final TimelineRows rows;

  ProcessRows(StateQueries states, TimelineRows rows) {
    this.states = states;
    this.rows = rows;
  }

  void add() throws IOException {
    StateLabels syscalls = new StateLabels();
    Map<Key, Track> threads = threadStates(syscalls);
    Map<Key, Track> running =
        states.read(
            "SELECT s.host, t.upid, s.ts, s.dur, "
                + StateStyle.RUNNING.code()
                + " FROM sched_slice s JOIN thread t"
                + " ON t.utid = s.utid WHERE NOT t.is_idle AND t.is_kernel IS NOT TRUE"
                + " ORDER BY 1, 2, 3",
            new Meaning(false, _ -> null));
    int group = TimelineRows.NO_ROW;
    int kernel = TimelineRows.NO_ROW;
    int lastHost = -1;
    long lastProcess = -1;
    int process = TimelineRows.NO_ROW;
    String sql =
        "SELECT t.host, t.utid, t.tid, t.upid, t.pid, coalesce(nullif(t.thread_name, ''), '?'),"
            + " coalesce(nullif(t.process_name, ''), '?'), coalesce(t.is_kernel, false) FROM"
            + " thread_label t WHERE NOT t.is_idle"
            + " ORDER BY t.host, coalesce(t.is_kernel, false), t.pid, t.upid, t.tid <> t.pid, t.tid";
    try (Rows found = states.database().query(sql)) {
      while (found.next()) {
        int host = (int) found.longAt(0);
        long utid = found.longAt(1);
        long upid = found.longAt(3);
        Track track = threads.get(new Key(host, utid, ""));
        if (track == null) {
          continue;
        }
        if (host != lastHost) {
          lastHost = host;
          group = rows.group("Processes", host);
          kernel = TimelineRows.NO_ROW;
        }
        boolean isKernel = Boolean.TRUE.equals(found.valueAt(7));
        Ids ids = new Ids(found.longAt(2), found.longAt(4), utid, upid, -1, host, -1);
        if (isKernel) {
          if (kernel < 0) {
            Ids ofHost = Ids.of(host, -1);
            kernel = rows.add(group, RowKind.PROCESS, "kernel", "kernel threads", null, ofHost);
          }
          process = kernel;
        } else if (upid != lastProcess) {
          process =
              rows.add(
                  group,
                  RowKind.PROCESS,
                  String.valueOf(found.textAt(6)),
                  "pid " + ids.pid(),
                  running.get(new Key(host, upid, "")),
                  new Ids(ids.pid(), ids.pid(), -1, upid, -1, host, -1));
        }
        lastProcess = upid;
        String name = String.valueOf(found.textAt(5));
        rows.thread(utid, rows.add(process, RowKind.THREAD, name, "tid " + ids.tid(), track, ids));
      }
    }
  }

  private Map<Key, Track> threadStates(StateLabels syscalls) throws IOException {
    KnownValues known = new KnownValues(3);
    String combinations =
        "SELECT DISTINCT state, coalesce(detail, ''), coalesce(syscall, '') FROM thread_state";
    try (Rows distinct = states.database().query(combinations)) {
      while (distinct.next()) {
        String state = String.valueOf(distinct.textAt(0));
        String detail = String.valueOf(distinct.textAt(1));
        String syscall = String.valueOf(distinct.textAt(2));
        boolean isCall = !state.equals("running") || detail.equals("syscall");
        known.add(
            Meaning.value(StateStyle.ofThread(state, detail), isCall ? syscalls.of(syscall) : 0),
            state,
            detail,
            syscall);
      }
    }
    return states.read(
        "SELECT s.host, s.utid, s.ts, s.dur, k.value FROM thread_state s JOIN "
            + known.sql()
            + " k ON k.c0 = s.state AND k.c1 = coalesce(s.detail, '') AND"
            + " k.c2 = coalesce(s.syscall, '')"
            + " WHERE s.utid NOT IN (SELECT utid FROM thread WHERE is_idle) ORDER BY 1, 2, 3",
        syscalls.meaning(false));
  }
}
