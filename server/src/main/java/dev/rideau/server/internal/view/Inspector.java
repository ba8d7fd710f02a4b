package dev.rideau.server.internal.view;

import dev.rideau.reports.ColumnUnit;
import dev.rideau.reports.ValueText;
import dev.rideau.server.internal.http.Cancel;
import dev.rideau.server.internal.view.Details.Field;
import dev.rideau.server.internal.view.Details.Link;
import dev.rideau.tables.Rows;
import dev.rideau.tables.TraceDatabase;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Collects what is known of a row at a time: the state from memory, the rest from the tables.
final class Inspector {
  private static final int MOST_LINKS = 5;

  private final OpenTrace trace;
  private final Timeline timeline;
  private final TraceDatabase database;
  private final List<Field> fields = new ArrayList<>();
  private final List<Link> links = new ArrayList<>();

  private Inspector(OpenTrace trace, TraceDatabase database) {
    this.trace = trace;
    this.database = database;
    timeline = trace.timeline();
  }

  /// @return null when the row has nothing there
  static @Nullable Details inspect(OpenTrace trace, int rowId, long ns, Cancel cancel) {
    Timeline timeline = trace.timeline();
    TimelineRow row = timeline.row(rowId);
    StateAt state = timeline.stateAt(rowId, ns);
    if (state == null) {
      return null;
    }
    try (Sessions.Lease lease = trace.session(cancel)) {
      return new Inspector(trace, lease.database()).collect(row, state, ns);
    }
  }

  private Details collect(TimelineRow row, StateAt state, long ns) {
    String label = state.label();
    String style = state.style().title();
    String title = label == null || style.endsWith(": " + label) ? style : style + ": " + label;
    field("Begin", trace.values().of(ColumnUnit.TIME, state.beginNs()));
    field("Duration", ValueText.duration(state.endNs() - state.beginNs()));
    switch (row.kind()) {
      case THREAD -> thread(row, ns);
      case CPU -> cpu(row, ns);
      case CPU_IRQ, CPU_SOFTIRQ -> interrupts(row, ns);
      case DISK -> disk(row, ns);
      case NET_DEVICE -> network(row, state);
      case PROCESS -> process(row, ns);
      case EVENTS -> record(row, state);
      case IRQ, SOFTIRQ, CPU_FREQUENCY, CPU_IDLE, GROUP -> {}
    }
    return new Details(
        row.id(),
        state.beginNs(),
        state.endNs(),
        state.style(),
        title,
        List.copyOf(fields),
        List.copyOf(links));
  }

  private void field(String name, @Nullable String text) {
    if (text != null && !text.isEmpty()) {
      fields.add(new Field(name, text));
    }
  }

  private void link(String rel, String text, int row, long ns) {
    if (row >= 0) {
      links.add(new Link(rel, text, row, ns));
    }
  }

  private void record(TimelineRow row, StateAt state) {
    field("Thread", row.tid() < 0 ? null : row.name() + " (" + row.tid() + ")");
    String event = state.label();
    if (event != null) {
      long index = trace.events().indexAt(state.beginNs(), Cancel.never());
      EventTable.Filter filter = new EventTable.Filter(null, event);
      List<EventRow> found = trace.events().read(index, 1, filter, Cancel.never()).rows();
      if (!found.isEmpty() && found.getFirst().ns() == state.beginNs()) {
        field("Fields", found.getFirst().fields());
        field("CPU", found.getFirst().cpu() < 0 ? null : Integer.toString(found.getFirst().cpu()));
      }
    }
  }

  private String name(int row) {
    return row < 0 ? "?" : timeline.row(row).name() + " (" + timeline.row(row).tid() + ")";
  }

  private void thread(TimelineRow row, long ns) {
    field("Thread", row.name() + " (" + row.tid() + ")");
    TimelineRow process = timeline.row(row.parent());
    if (process.upid() >= 0) {
      field("Process", process.name() + " (" + row.pid() + ")");
    }
    String sql =
        "SELECT s.host, s.ts, s.dur, s.state, s.detail, s.cpu, s.is_uninterruptible, s.waker_utid,"
            + " s.waker_context, s.clipped FROM thread_state s WHERE s.utid = $1 AND s.ts <= $2"
            + " AND s.ts + s.dur > $2 LIMIT 1";
    try (Rows found = database.query(sql, row.utid(), ns)) {
      if (found.next()) {
        if (!found.isNull(5)) {
          int cpu = (int) found.longAt(5);
          field("CPU", Integer.toString(cpu));
          link("cpu", "CPU " + cpu, timeline.rowOfCpu((int) found.longAt(0), cpu), ns);
        }
        field("Cause", "blocked".equals(found.textAt(3)) ? found.textAt(4) : null);
        if (Boolean.TRUE.equals(found.valueAt(6))) {
          field("Interruptible", "no");
        }
        if (!found.isNull(7)) {
          int waker = timeline.rowOfThread(found.longAt(7));
          String context = String.valueOf(found.textAt(8));
          field("Woken by", waker < 0 ? context : name(waker) + " (" + context + ")");
          link("waker", "woken by " + name(waker), waker, found.longAt(1));
        }
        field("Seen", seen((int) found.longAt(9)));
      }
    }
    syscall(row, ns);
    wakeups(row, ns);
    // Nothing is drawn of a process while all its threads wait.
    if (timeline.stateAt(process.id(), ns) != null) {
      link("process", process.name(), process.id(), ns);
    }
  }

  // What is missing of something that was not seen whole; nothing of what was.
  private static @Nullable String seen(int clipped) {
    return switch (clipped) {
      case 1 -> "its end only, it began before";
      case 2 -> "its begin only, it goes on after that or records are missing";
      case 3 -> "a part only, it began before and goes on, or records are missing";
      default -> null;
    };
  }

  private void syscall(TimelineRow row, long ns) {
    String sql =
        "SELECT ts, dur, name, args, ret, error, clipped FROM syscall WHERE utid = $1 AND ts <= $2"
            + " AND ts + dur > $2 ORDER BY ts DESC LIMIT 1";
    try (Rows found = database.query(sql, row.utid(), ns)) {
      if (found.next()) {
        field("System call", found.textAt(2));
        field("Arguments", found.textAt(3));
        field("Returned", found.isNull(5) ? found.textAt(4) : found.textAt(5));
        boolean isWhole = found.longAt(6) == 0;
        field("Took", (isWhole ? "" : "at least ") + ValueText.duration(found.longAt(1)));
      }
    }
    String io =
        "SELECT ts, name, bytes, kind FROM io WHERE utid = $1 AND ts <= $2 AND ts + dur > $2"
            + " LIMIT 1";
    try (Rows found = database.query(io, row.utid(), ns)) {
      if (found.next()) {
        field("File", found.textAt(1));
        field(
            "Moved", found.isNull(2) ? null : trace.values().of(ColumnUnit.BYTES, found.longAt(2)));
      }
    }
  }

  // How it was woken after it was blocked, and whom it wakes while it runs.
  private void wakeups(TimelineRow row, long ns) {
    StateAt state = timeline.stateAt(row.id(), ns);
    if (state == null) {
      return;
    }
    String woken =
        "SELECT ts, waker_utid, context, context_name, latency FROM wakeup WHERE utid = $1"
            + " AND ts >= $2 AND ts <= $3 ORDER BY ts LIMIT 1";
    if (state.style().isBackground()) {
      try (Rows found = database.query(woken, row.utid(), state.beginNs(), state.endNs())) {
        if (found.next()) {
          int waker = timeline.rowOfThread(found.longAt(1));
          String who =
              "thread".equals(found.textAt(2))
                  ? name(waker)
                  : found.textAt(2) + " " + String.valueOf(found.textAt(3));
          field("Ended by", who);
          link("waker", "woken by " + who, waker, found.longAt(0));
        }
      }
    }
    String wakes =
        "SELECT ts, utid FROM wakeup WHERE waker_utid = $1 AND context = 'thread' AND ts >= $2"
            + " AND ts < $3 ORDER BY ts LIMIT "
            + MOST_LINKS;
    try (Rows found = database.query(wakes, row.utid(), state.beginNs(), state.endNs())) {
      while (found.next()) {
        int wakee = timeline.rowOfThread(found.longAt(1));
        link("wakee", "wakes " + name(wakee), wakee, found.longAt(0));
      }
    }
  }

  private void process(TimelineRow row, long ns) {
    field("Process", row.name() + " (" + row.pid() + ")");
    String sql = "SELECT path, uid FROM process WHERE upid = $1";
    try (Rows found = database.query(sql, row.upid())) {
      if (found.next()) {
        field("Program", found.textAt(0));
        field("User", found.textAt(1));
      }
    }
    for (TimelineRow each : timeline.rows()) {
      if (each.parent() == row.id() && links.size() < MOST_LINKS) {
        StateAt state = timeline.stateAt(each.id(), ns);
        if (state != null && !state.style().isBackground()) {
          link("thread", each.name() + " (" + each.tid() + ")", each.id(), ns);
        }
      }
    }
  }

  private void cpu(TimelineRow row, long ns) {
    String sql =
        "SELECT utid, priority, end_state, ts FROM sched_slice WHERE host = $1 AND cpu = $2"
            + " AND ts <= $3 AND ts + dur > $3 LIMIT 1";
    try (Rows found = database.query(sql, row.host(), row.cpu(), ns)) {
      if (found.next()) {
        int thread = timeline.rowOfThread(found.longAt(0));
        if (thread >= 0) {
          field("Thread", name(thread));
          field("Priority", found.textAt(1));
          link("thread", name(thread), thread, ns);
          field("Then", whatNext(found.textAt(2)));
        }
      }
    }
  }

  // What a thread did that left its CPU, by the kernel's letter.
  private static @Nullable String whatNext(@Nullable String state) {
    if (state == null || state.isEmpty()) {
      return null;
    }
    return switch (state.charAt(0)) {
      case 'R' -> "waits for a CPU, another thread runs first";
      case 'S' -> "sleeps";
      case 'D' -> "sleeps, signals do not wake it";
      case 'I' -> "has nothing to do";
      case 'T' -> "is stopped";
      case 't' -> "is held by a debugger";
      case 'P' -> "is parked";
      case 'X', 'x', 'Z' -> "has ended";
      default -> "state " + state;
    };
  }

  private void interrupts(TimelineRow row, long ns) {
    String table = row.kind() == RowKind.CPU_IRQ ? "irq" : "softirq";
    String sql =
        "SELECT name, utid FROM "
            + table
            + " WHERE host = $1 AND cpu = $2 AND ts <= $3 AND ts + greatest(dur, 1) > $3 LIMIT 1";
    try (Rows found = database.query(sql, row.host(), row.cpu(), ns)) {
      if (found.next()) {
        field("Name", found.textAt(0));
        int thread = found.isNull(1) ? -1 : timeline.rowOfThread(found.longAt(1));
        if (thread >= 0) {
          field("Interrupted", name(thread));
          link("interrupted", name(thread), thread, ns);
        }
      }
    }
  }

  private void disk(TimelineRow row, long ns) {
    String sql =
        "SELECT direction, sector, bytes, dur, utid, ts FROM block_request WHERE host = $1"
            + " AND device = $2 AND ts <= $3 AND ts + greatest(dur, 1) > $3 ORDER BY ts LIMIT "
            + MOST_LINKS;
    try (Rows found = database.query(sql, row.host(), row.number(), ns)) {
      while (found.next()) {
        field(
            "Request",
            found.textAt(0)
                + " "
                + trace.values().of(ColumnUnit.BYTES, found.longAt(2))
                + " at sector "
                + found.textAt(1)
                + ", "
                + ValueText.duration(found.longAt(3)));
        int thread = found.isNull(4) ? -1 : timeline.rowOfThread(found.longAt(4));
        link("thread", "request of " + name(thread), thread, found.longAt(5));
      }
    }
  }

  private void network(TimelineRow row, StateAt state) {
    String sql =
        "SELECT operation, bytes, protocol, source, source_port, destination, destination_port,"
            + " utid, ts FROM net_packet WHERE host = $1 AND device = $2 AND ts >= $3 AND ts < $4"
            + " AND operation IN ('xmit', 'receive') ORDER BY ts LIMIT "
            + MOST_LINKS;
    try (Rows found = database.query(sql, row.host(), row.name(), state.beginNs(), state.endNs())) {
      while (found.next()) {
        String ends =
            found.isNull(3)
                ? ""
                : ", %s:%s to %s:%s"
                    .formatted(found.textAt(3), found.textAt(4), found.textAt(5), found.textAt(6));
        field(
            "xmit".equals(found.textAt(0)) ? "Sent" : "Received",
            trace.values().of(ColumnUnit.BYTES, found.longAt(1))
                + " "
                + String.valueOf(found.textAt(2))
                + ends);
        int thread = found.isNull(7) ? -1 : timeline.rowOfThread(found.longAt(7));
        link("thread", name(thread), thread, found.longAt(8));
      }
    }
  }
}
