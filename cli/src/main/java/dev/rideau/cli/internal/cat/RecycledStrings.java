package dev.rideau.cli.internal.cat;

import dev.rideau.cli.internal.text.StringSpans;
import dev.rideau.cli.internal.text.TextBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Finds out what babeltrace2 2.0.4 prints where a record has an empty string.
///
/// It decodes records into memory that it uses again and again, and for an empty string it leaves
/// there what an earlier record of the same event class had left. That is a fault, but one that the
/// comparison of two outputs must not stumble over. So what it does with its memory is followed
/// here:
///
/// ```
/// source: 15 messages at a time are decoded ahead for each stream   -> take memory
/// muxer:  15 messages at a time are put in order                    -> printed, give memory back
/// memory: one stack for each event class: what was given back last is taken first
/// ```
///
/// Messages are records and the marks of [PacketMarks]. Used by the merging thread only.
final class RecycledStrings {
  private static final int BATCH_MESSAGES = 15;
  private static final byte[] NOTHING = new byte[0];

  private final List<? extends TextSource> sources;
  private final int[] startOrder;

  /// By stream: messages that are decoded and not yet printed.
  private final int[] queued;

  /// By stream: the next message to decode.
  private final @Nullable TextRun[] decodeRuns;

  private final int[] decodeLines;

  /// By string class.
  private @Nullable Pool[] pools = new Pool[64];

  private final List<Pool> allPools = new ArrayList<>();
  private final Pool[] batchPools = new Pool[BATCH_MESSAGES];
  private final int[] batchSlots = new int[BATCH_MESSAGES];
  private int batchMessages;
  private int batchRecords;
  private int emptied = -1;
  private boolean started;

  /// @param startOrder the streams in the order in which babeltrace2 first decodes them
  RecycledStrings(List<? extends TextSource> sources, int[] startOrder) {
    this.sources = sources;
    this.startOrder = startOrder;
    queued = new int[sources.size()];
    decodeRuns = new TextRun[sources.size()];
    decodeLines = new int[sources.size()];
  }

  /// Takes the next messages of the merged order, which are lines `from` up to `to` of a run, up to
  /// and with the first line that has an empty string that babeltrace2 would print something for.
  ///
  /// @return that line, or `to` when there is none
  int take(int source, TextRun run, StringNotes notes, int from, int to) {
    for (int line = from; line < to; line++) {
      if (emptied >= 0 || !started) {
        decodeAhead();
      }
      long entry = notes.entry(line);
      int stringClass = StringNotes.stringClass(entry);
      boolean differs = false;
      if (stringClass >= 0) {
        Pool pool = pool(stringClass);
        int slot = notes.slot(line);
        differs = StringNotes.isSpecial(entry) && pool.keepSpecial(slot, run, notes, line);
        if (!StringNotes.isSpecial(entry)) {
          pool.keep(slot, run, line);
        }
        batchPools[batchRecords] = pool;
        batchSlots[batchRecords++] = slot;
      }
      if (--queued[source] == 0) {
        emptied = source;
        prepare(source);
      }
      if (++batchMessages == BATCH_MESSAGES) {
        endBatch();
      }
      if (differs) {
        return line;
      }
    }
    return to;
  }

  private void decodeAhead() {
    if (started) {
      decode(emptied);
    } else {
      started = true;
      for (int stream : startOrder) {
        decodeRuns[stream] = sources.get(stream).current();
        decode(stream);
      }
    }
    emptied = -1;
  }

  private void endBatch() {
    for (int i = 0; i < batchRecords; i++) {
      batchPools[i].giveBack(batchSlots[i]);
    }
    batchRecords = 0;
    batchMessages = 0;
  }

  /// Appends the line that [#take] stopped at, with the strings that babeltrace2 would print.
  void put(TextBuffer out, TextRun run, StringNotes notes, int line) {
    StringSpans spans = notes.spans();
    byte[] text = run.text().bytes();
    Pool pool = pool(StringNotes.stringClass(notes.entry(line)));
    int at = run.lineStart(line);
    for (int span = notes.spanBegin(line); span < notes.spanEnd(line); span++) {
      if (spans.length(span) == 0) {
        out.put(text, at, spans.start(span) - at);
        at = spans.start(span);
        byte[] kept = pool.kept(notes.slot(line), spans.leaf(span));
        out.put(kept, 0, kept.length);
      }
    }
    out.put(text, at, run.lineStart(line + 1) - at);
  }

  /// Lets go of a run that will be used for other lines.
  void forget(TextRun run) {
    for (Pool pool : allPools) {
      pool.forget(run);
    }
  }

  private Pool pool(int stringClass) {
    if (stringClass >= pools.length) {
      pools = Arrays.copyOf(pools, Math.max(stringClass + 1, pools.length * 2));
    }
    Pool pool = pools[stringClass];
    if (pool == null) {
      pool = new Pool();
      pools[stringClass] = pool;
      allPools.add(pool);
    }
    return pool;
  }

  /// Decodes up to 15 messages of a stream.
  private void decode(int source) {
    int count = 0;
    TextRun run = decodeRuns[source];
    while (run != null && count < BATCH_MESSAGES) {
      StringNotes notes = notes(run);
      int line = decodeLines[source];
      int end = Math.min(run.size(), line + BATCH_MESSAGES - count);
      count += end - line;
      for (; line < end; line++) {
        int stringClass = StringNotes.stringClass(notes.entry(line));
        if (stringClass >= 0) {
          notes.setSlot(line, pool(stringClass).take());
        }
      }
      decodeLines[source] = line;
      if (count < BATCH_MESSAGES) {
        run = goOn(source, notes);
      }
    }
    queued[source] = count;
  }

  /// Goes on to the next run before the last line of this one is used up and the run is taken away.
  private void prepare(int source) {
    TextRun run = decodeRuns[source];
    if (run != null && decodeLines[source] == run.size()) {
      goOn(source, notes(run));
    }
  }

  private @Nullable TextRun goOn(int source, StringNotes notes) {
    TextRun following = notes.following();
    if (following == null) {
      following = sources.get(source).fetch();
      if (following != null) {
        notes.setFollowing(following);
      }
    }
    decodeRuns[source] = following;
    decodeLines[source] = 0;
    return following;
  }

  private static StringNotes notes(TextRun run) {
    StringNotes notes = run.notes();
    if (notes == null) {
      throw new IllegalStateException("a run without notes");
    }
    return notes;
  }

  /// The memory for records of one event class: a stack of free slots, and what the strings of each
  /// slot were last.
  private static final class Pool {
    private int[] free = new int[16];
    private int freeCount;
    private int slotCount;

    /// By slot: the line that it was last used for; null when `owned` holds the strings.
    private @Nullable TextRun[] runs = new TextRun[16];

    private int[] lines = new int[16];

    /// By slot and leaf.
    private @Nullable byte[][][] owned = new byte[16][][];

    int take() {
      if (freeCount > 0) {
        return free[--freeCount];
      }
      int slot = slotCount++;
      if (slot == lines.length) {
        free = Arrays.copyOf(free, slot * 2);
        runs = Arrays.copyOf(runs, slot * 2);
        lines = Arrays.copyOf(lines, slot * 2);
        owned = Arrays.copyOf(owned, slot * 2);
      }
      owned[slot] = new byte[0][];
      return slot;
    }

    void giveBack(int slot) {
      free[freeCount++] = slot;
    }

    /// Notes that a slot is used for a line that has all strings.
    void keep(int slot, TextRun run, int line) {
      runs[slot] = run;
      lines[slot] = line;
    }

    /// Notes that a slot is used for a line of which strings are empty or missing.
    ///
    /// @return whether an empty string of the line has something kept
    boolean keepSpecial(int slot, TextRun run, StringNotes notes, int line) {
      own(slot);
      return copy(slot, run, notes, line);
    }

    byte[] kept(int slot, int leaf) {
      byte[][] strings = owned[slot];
      return leaf < strings.length && strings[leaf] != null ? strings[leaf] : NOTHING;
    }

    void forget(TextRun run) {
      for (int slot = 0; slot < slotCount; slot++) {
        if (runs[slot] == run) {
          own(slot);
        }
      }
    }

    /// Copies the strings of the line that a slot refers to.
    private void own(int slot) {
      TextRun run = runs[slot];
      if (run != null) {
        runs[slot] = null;
        copy(slot, run, RecycledStrings.notes(run), lines[slot]);
      }
    }

    private boolean copy(int slot, TextRun run, StringNotes notes, int line) {
      StringSpans spans = notes.spans();
      boolean keepsSome = false;
      for (int span = notes.spanBegin(line); span < notes.spanEnd(line); span++) {
        int leaf = spans.leaf(span);
        int start = spans.start(span);
        if (spans.length(span) == 0) {
          keepsSome |= kept(slot, leaf).length > 0;
        } else {
          if (leaf >= owned[slot].length) {
            owned[slot] = Arrays.copyOf(owned[slot], leaf + 1);
          }
          owned[slot][leaf] =
              Arrays.copyOfRange(run.text().bytes(), start, start + spans.length(span));
        }
      }
      return keepsSome;
    }
  }
}
