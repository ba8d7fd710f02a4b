package dev.rideau.reports.internal.critical;

import dev.rideau.reports.FactSource;
import dev.rideau.tables.Rows;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// Walks from the end of a range of time back to its begin and asks at each moment what the thread
/// was waiting for. Whoever woke it is followed for as long as it was blocked, and so on from
/// thread to thread; interrupts of devices and timers end the search.
///
/// ```
/// A  running |   blocked            | running        time goes to the right,
/// B          |  blocked   | running ^                the walk to the left:
/// C             running   ^                          A, B, C, then A again
/// ```
final class CriticalPath {
  private final long beginNs;
  private final long endNs;
  private final ThreadHistories histories;
  private final Map<Long, Origin> origins = new HashMap<>();
  private final LoopbackSenders senders;
  private final List<Segment> segments = new ArrayList<>();
  private final Deque<Frame> frames = new ArrayDeque<>();

  /// The thread of whom to speak, when the piece before it ends because of a wakeup.
  private long wakes = ThreadHistory.NONE;

  /// A thread that is followed back to a time: there the thread below it goes on.
  private record Frame(long utid, long fromNs) {}

  /// Who a thread is.
  private record Origin(boolean isIdle, boolean isForked, long startNs, long parent) {}

  CriticalPath(FactSource facts, long beginNs, long endNs) {
    this.beginNs = beginNs;
    this.endNs = endNs;
    this.histories = new ThreadHistories(facts, beginNs, endNs);
    this.senders = new LoopbackSenders(facts, beginNs, endNs);
    try (Rows rows =
        facts.query(
            "SELECT utid, coalesce(is_idle, false)::BIGINT,"
                + " (start_ts IS NOT NULL AND parent_utid IS NOT NULL)::BIGINT, start_ts, parent_utid"
                + " FROM thread")) {
      while (rows.next()) {
        boolean isIdle = rows.longAt(1) != 0;
        boolean isForked = rows.longAt(2) != 0;
        origins.put(rows.longAt(0), new Origin(isIdle, isForked, rows.longAt(3), rows.longAt(4)));
      }
    }
  }

  /// The pieces that explain the time of a thread, in the order of time and without gap.
  List<Segment> of(long utid) {
    long now = endNs;
    frames.push(new Frame(utid, beginNs));
    while (true) {
      Frame frame = frames.element();
      if (now <= frame.fromNs) {
        frames.pop();
        if (frames.isEmpty()) {
          break;
        }
        wakes = ThreadHistory.NONE;
        continue;
      }
      ThreadHistory history = histories.of(frame.utid);
      int state = history.before(now);
      now = state == ThreadHistory.NONE ? unknown(frame, now) : step(frame, history, state, now);
    }
    Collections.reverse(segments);
    return segments;
  }

  private long step(Frame frame, ThreadHistory history, int state, long now) {
    long from = Math.max(history.beginNs(state), frame.fromNs);
    switch (history.state(state)) {
      case ThreadHistory.BLOCKED -> {
        return blocked(frame, history, state, from, now);
      }
      case ThreadHistory.RUNNING -> add(frame, from, now, "running", null);
      case ThreadHistory.RUNNABLE -> add(frame, from, now, "runnable", null);
      case ThreadHistory.STOPPED -> add(frame, from, now, "stopped", null);
      default -> add(frame, from, now, "unknown", null);
    }
    return from;
  }

  private long blocked(Frame frame, ThreadHistory history, int state, long from, long now) {
    int woken = history.endNs(state) == now ? history.after(state) : ThreadHistory.NONE;
    int context = woken == ThreadHistory.NONE ? 0 : history.wakerContext(woken);
    if (context == 0) {
      add(frame, from, now, kind(history.cause(state)), null);
      return from;
    }
    long waker = history.waker(woken);
    if (context == ThreadHistory.IN_THREAD && canFollow(waker, frame.utid)) {
      frames.push(new Frame(waker, from));
      wakes = frame.utid;
      return now;
    }
    String interrupt = history.interrupt(now);
    if (context == ThreadHistory.IN_SOFTIRQ && "NET_RX".equals(interrupt)) {
      LoopbackSenders.Sender sender = senders.before(now);
      if (sender != null && sender.ns() > from && canFollow(sender.utid(), frame.utid)) {
        add(frame, sender.ns(), now, "network", "loopback");
        frames.push(new Frame(sender.utid(), from));
        wakes = frame.utid;
        return sender.ns();
      }
    }
    String kind = kind(history.cause(state));
    boolean isTimer = context == ThreadHistory.IN_TIMER;
    if (kind.equals("blocked")) {
      kind =
          isTimer
              ? "timer"
              : interrupt != null && interrupt.startsWith("NET_") ? "network" : "interrupt";
    }
    add(frame, from, now, kind, isTimer ? null : interrupt);
    return from;
  }

  private static String kind(int cause) {
    return switch (cause) {
      case ThreadHistory.DISK, ThreadHistory.PAGE_FAULT -> "disk";
      case ThreadHistory.TIMER -> "timer";
      case ThreadHistory.SOCKET -> "network";
      default -> "blocked";
    };
  }

  private boolean canFollow(long waker, long waiting) {
    if (waker == ThreadHistory.NONE || waker == waiting || isFollowed(waker)) {
      return false;
    }
    Origin origin = origins.get(waker);
    return origin == null || !origin.isIdle;
  }

  /// Whether a thread further down waits for what is asked about now. It slept then, so it cannot
  /// have woken anybody, whatever the facts say; without this two that woke each other at one
  /// moment would be followed for ever.
  private boolean isFollowed(long utid) {
    for (Frame frame : frames) {
      if (frame.utid == utid) {
        return true;
      }
    }
    return false;
  }

  // Before its first state a thread was not there: its parent is what time went to.
  private long unknown(Frame frame, long now) {
    Origin origin = origins.get(frame.utid);
    if (origin != null && origin.isForked && origin.startNs >= now && !isFollowed(origin.parent)) {
      frames.push(new Frame(origin.parent, frame.fromNs));
      wakes = frame.utid;
      // The frame below has the same begin: nothing is left for it.
      return now;
    }
    add(frame, frame.fromNs, now, "unknown", null);
    return frame.fromNs;
  }

  private void add(Frame frame, long from, long to, String kind, @Nullable String detail) {
    if (from == to) {
      return;
    }
    segments.add(new Segment(from, to, frame.utid, kind, detail, frames.size() - 1, wakes));
    wakes = ThreadHistory.NONE;
  }
}
