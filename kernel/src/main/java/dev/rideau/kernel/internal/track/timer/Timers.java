package dev.rideau.kernel.internal.track.timer;

import dev.rideau.kernel.FactBatch;
import dev.rideau.kernel.internal.layout.ModelEvent;
import dev.rideau.kernel.internal.track.Addresses;
import dev.rideau.kernel.internal.track.Automata;
import dev.rideau.kernel.internal.track.Core;
import dev.rideau.kernel.internal.track.Gaps;
import dev.rideau.kernel.internal.track.KeySpace;
import dev.rideau.kernel.internal.track.Step;
import dev.rideau.kernel.internal.track.TableRows;
import dev.rideau.kernel.internal.track.WordKind;
import dev.rideau.kernel.schema.TimerTables;
import java.util.Arrays;

/// What became of each timer of one kind. A timer may be armed again while its function runs, so
/// there are words for the armed one and for the one that expired:
///
/// ```
/// armed:    SINCE THREAD CONTEXT CPU FUNCTION EXPIRES
/// expired:  the same, and when it expired (FIRED), by its clock (NOW), on which CPU
/// ```
final class Timers extends Automata {
  static final int START = 0;
  static final int CANCEL = 1;
  static final int EXPIRE_ENTRY = 2;
  static final int EXPIRE_EXIT = 3;

  /// Stands for a time by the timer's clock that is not recorded.
  static final long NO_TIME = Long.MIN_VALUE;

  private static final int SINCE = 0;
  private static final int THREAD = 1;
  private static final int CONTEXT = 2;
  private static final int CPU = 3;
  private static final int FUNCTION = 4;
  private static final int EXPIRES = 5;
  private static final int ARMED_WORDS = 6;
  private static final int EXPIRED = ARMED_WORDS;
  private static final int FIRED = EXPIRED + ARMED_WORDS;
  private static final int NOW = FIRED + 1;
  private static final int FIRED_CPU = FIRED + 2;
  private static final int WORDS = FIRED + 3;

  private final TableRows rows;
  private final Addresses functions;
  private final boolean countsNs;
  private final boolean areStartsKnown;
  private final int kind;
  private final int expired;
  private final int cancelled;
  private final int rearmed;
  private final int pending;

  /// @param countsNs whether times are nanoseconds
  Timers(Core core, String kind, boolean countsNs) {
    super(core, KeySpace.NUMBER, kinds());
    this.countsNs = countsNs;
    areStartsKnown = core.isRecorded(countsNs ? ModelEvent.HRTIMER_START : ModelEvent.TIMER_START);
    rows = core.rows(TimerTables.TIMER);
    functions = new Addresses(core.names());
    this.kind = core.names().id(kind);
    expired = core.names().id("expired");
    cancelled = core.names().id("cancelled");
    rearmed = core.names().id("rearmed");
    pending = core.names().id("pending");
  }

  private static WordKind[] kinds() {
    WordKind[] kinds = new WordKind[WORDS];
    Arrays.fill(kinds, WordKind.PLAIN);
    kinds[THREAD] = WordKind.THREAD;
    kinds[EXPIRED + THREAD] = WordKind.THREAD;
    kinds[CONTEXT] = WordKind.CONTEXT;
    kinds[EXPIRED + CONTEXT] = WordKind.CONTEXT;
    return kinds;
  }

  @Override
  protected void step(long[] words, int at, Step step, boolean isReal) {
    cut(words, at, step.key, step.ts, isReal);
    switch (step.kind) {
      case START -> {
        if (isReal && words[at + SINCE] != NONE) {
          writeArmed(words, at, step.key, step.ts, 0, rearmed);
        }
        words[at + SINCE] = step.ts;
        words[at + THREAD] = step.thread;
        words[at + CONTEXT] = step.context;
        words[at + CPU] = step.cpu;
        words[at + FUNCTION] = step.a;
        words[at + EXPIRES] = step.b;
      }
      case CANCEL -> {
        if (isReal && words[at + SINCE] != NONE) {
          writeArmed(words, at, step.key, step.ts, 0, cancelled);
        }
        Arrays.fill(words, at, at + ARMED_WORDS, NONE);
      }
      case EXPIRE_ENTRY -> {
        if (isReal && words[at + FIRED] != NONE) {
          writeExpired(words, at, step.key, NONE);
        }
        System.arraycopy(words, at, words, at + EXPIRED, ARMED_WORDS);
        Arrays.fill(words, at, at + ARMED_WORDS, NONE);
        if (step.a != 0) {
          words[at + EXPIRED + FUNCTION] = step.a;
        }
        words[at + FIRED] = step.ts;
        words[at + NOW] = step.b;
        words[at + FIRED_CPU] = step.cpu;
      }
      default -> {
        if (isReal && words[at + FIRED] != NONE) {
          writeExpired(words, at, step.key, step.ts);
        }
        Arrays.fill(words, at + EXPIRED, at + WORDS, NONE);
      }
    }
  }

  /// What happened to a timer while records of its CPU are missing is not known: it may have
  /// expired and been armed again.
  private void cut(long[] words, int at, long key, long ts, boolean isReal) {
    long fired = words[at + FIRED];
    if (isTime(fired) && isBefore(lost((int) words[at + FIRED_CPU], fired), ts)) {
      if (isReal) {
        writeExpired(words, at, key, NONE);
      }
      Arrays.fill(words, at + EXPIRED, at + WORDS, NONE);
    }
    long since = words[at + SINCE];
    if (isTime(since)) {
      long lostNs = lost((int) words[at + CPU], since);
      if (isBefore(lostNs, ts)) {
        if (isReal) {
          writeArmed(words, at, key, lostNs, 2, pending);
        }
        Arrays.fill(words, at, at + ARMED_WORDS, NONE);
      }
    }
  }

  /// Since when what happens to a timer that expired would have been recorded.
  private long knownSince(long[] words, int at) {
    int cpu = (int) words[at + FIRED_CPU];
    return Math.max(
        core.recordings().begin(words[at + FIRED]),
        core.gaps().lastBefore(Gaps.TIMERS, cpu, words[at + FIRED]));
  }

  private long lost(int cpu, long ts) {
    return core.gaps().firstFrom(Gaps.TIMERS, cpu, ts);
  }

  private static boolean isTime(long word) {
    return word != NONE && word != UNKNOWN;
  }

  private static boolean isBefore(long lostNs, long ts) {
    return lostNs != Gaps.NONE && lostNs < ts;
  }

  @Override
  protected void end(long key, long[] words, int at, long endNs) {
    cut(words, at, key, endNs, true);
    if (words[at + FIRED] != NONE) {
      writeExpired(words, at, key, NONE);
    }
    if (words[at + SINCE] != NONE) {
      writeArmed(words, at, key, endNs, 2, pending);
    }
  }

  private void writeArmed(long[] words, int at, long key, long ts, int clipped, int end) {
    long since = words[at + SINCE];
    FactBatch row = rows.next();
    row.put(since).put(ts - since).put(clipped).put(kind).put(key);
    putFunction(row, words[at + FUNCTION]);
    row.put(words[at + THREAD]).put(words[at + CONTEXT]).put(words[at + CPU]).putNull().put(end);
    row.putNull().putNull().putNull().end();
  }

  /// @param returned when the function returned, or [#NONE]
  private void writeExpired(long[] words, int at, long key, long returned) {
    long since = words[at + EXPIRED + SINCE];
    long fired = words[at + FIRED];
    boolean isWhole = since != NONE;
    long begin = isWhole ? since : areStartsKnown ? Math.min(knownSince(words, at), fired) : fired;
    FactBatch row = rows.next();
    row.put(begin).put(fired - begin).put(isWhole ? 0 : 1).put(kind).put(key);
    putFunction(row, words[at + EXPIRED + FUNCTION]);
    row.put(isWhole ? words[at + EXPIRED + THREAD] : NONE);
    row.putOrNull(isWhole ? words[at + EXPIRED + CONTEXT] : NONE, NONE);
    row.put(isWhole ? words[at + EXPIRED + CPU] : words[at + FIRED_CPU]);
    long expires = words[at + EXPIRED + EXPIRES];
    long now = words[at + NOW];
    if (countsNs && isWhole && expires != NO_TIME && now != NO_TIME) {
      // Both are by the timer's own clock; only their distance is known on the trace's timeline.
      row.put(fired - (now - expires)).put(expired).put(now - expires);
    } else {
      row.putNull().put(expired).putNull();
    }
    if (returned == NONE) {
      row.putNull();
    } else {
      row.put(returned - fired);
    }
    row.put(words[at + FIRED_CPU]).end();
  }

  private void putFunction(FactBatch row, long function) {
    if (function == 0 || function == NONE) {
      row.putNull();
    } else {
      row.put(functions.id(function));
    }
  }
}
