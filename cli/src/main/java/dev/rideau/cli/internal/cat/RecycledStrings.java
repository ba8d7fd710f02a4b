package dev.rideau.cli.internal.cat;

import dev.rideau.cli.internal.text.StringSpans;
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
/// Messages are records and the marks of [PacketMarks]. Used by one thread at a time.
final class RecycledStrings {
  static final int BATCH_MESSAGES = 15;
  private static final byte[] NOTHING = new byte[0];

  /// A power of two.
  private static final int QUEUE = 16;

  private final int[] startOrder;

  /// By stream: messages that are decoded and not yet printed, and their slots.
  private final int[] queued;

  private final int[] queueHeads;
  private final int[] queueSlots;

  /// By stream: the next line of the piece at hand.
  private final int[] nextLines;

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
  RecycledStrings(int[] startOrder) {
    this.startOrder = startOrder;
    queued = new int[startOrder.length];
    queueHeads = new int[startOrder.length];
    queueSlots = new int[startOrder.length * QUEUE];
    nextLines = new int[startOrder.length];
  }

  /// Where text is to be put into that of a piece.
  interface Insertions {
    /// Takes some; positions ascend.
    void insert(int at, byte[] text);
  }

  /// Follows the lines of the next piece in order.
  void follow(TextPiece piece, Insertions insertions) {
    Arrays.fill(nextLines, 0);
    int size = piece.size();
    for (int i = 0; i < size; i++) {
      if (emptied >= 0 || !started) {
        decodeAhead(piece);
      }
      int source = piece.source(i);
      int head = queueHeads[source]++;
      int line = nextLines[source]++;
      int stringClass = piece.logs[source].stringClass(line);
      if (stringClass >= 0) {
        int slot = queueSlots[source * QUEUE + head];
        Pool pool = pool(stringClass >> 1);
        if ((stringClass & 1) != 0) {
          pool.own(slot, piece);
          putKept(pool, slot, piece, source, line, piece.body(i), insertions);
        }
        pool.keep(slot, source, line, piece.body(i));
        batchPools[batchRecords] = pool;
        batchSlots[batchRecords++] = slot;
      }
      if (--queued[source] == 0) {
        emptied = source;
      }
      if (++batchMessages == BATCH_MESSAGES) {
        endBatch();
      }
    }
    // The text of the piece will be gone.
    for (Pool pool : allPools) {
      pool.ownAll(piece);
    }
  }

  private void putKept(
      Pool pool, int slot, TextPiece piece, int source, int line, int body, Insertions insertions) {
    StreamLog log = piece.logs[source];
    StringSpans spans = log.spans();
    for (int span = log.spanBegin(line); span < log.spanEnd(line); span++) {
      if (spans.length(span) == 0) {
        byte[] kept = pool.kept(slot, spans.leaf(span));
        if (kept.length > 0) {
          insertions.insert(body + spans.start(span), kept);
        }
      }
    }
  }

  private void decodeAhead(TextPiece piece) {
    if (started) {
      decode(emptied, piece);
    } else {
      started = true;
      for (int stream : startOrder) {
        decode(stream, piece);
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

  private Pool pool(int stringClass) {
    Pool known = stringClass < pools.length ? pools[stringClass] : null;
    return known == null ? newPool(stringClass) : known;
  }

  private Pool newPool(int stringClass) {
    if (stringClass >= pools.length) {
      pools = Arrays.copyOf(pools, Math.max(stringClass + 1, pools.length * 2));
    }
    Pool pool = new Pool();
    pools[stringClass] = pool;
    allPools.add(pool);
    return pool;
  }

  /// Decodes up to 15 messages of a stream.
  private void decode(int source, TextPiece piece) {
    StreamLog log = piece.logs[source];
    int first = nextLines[source];
    int count = Math.min(BATCH_MESSAGES, log.known() - first);
    for (int i = 0; i < count; i++) {
      int stringClass = log.stringClass(first + i);
      if (stringClass >= 0) {
        queueSlots[source * QUEUE + i] = pool(stringClass >> 1).take();
      }
    }
    queueHeads[source] = 0;
    queued[source] = count;
  }

  /// The memory for records of one event class: a stack of free slots, and what the strings of each
  /// slot were last.
  private static final class Pool {
    private int[] free = new int[16];
    private int freeCount;
    private int slotCount;

    /// By slot: the line of the piece at hand that it was last used for: stream in the upper half,
    /// its line in the lower one; negative when `owned` holds the strings.
    private long[] lines = new long[16];

    private int[] bodies = new int[16];

    /// By slot and leaf.
    private @Nullable byte[][][] owned = new byte[16][][];

    int take() {
      return freeCount > 0 ? free[--freeCount] : newSlot();
    }

    private int newSlot() {
      int slot = slotCount++;
      if (slot == lines.length) {
        free = Arrays.copyOf(free, slot * 2);
        lines = Arrays.copyOf(lines, slot * 2);
        bodies = Arrays.copyOf(bodies, slot * 2);
        owned = Arrays.copyOf(owned, slot * 2);
      }
      owned[slot] = new byte[0][];
      lines[slot] = -1;
      return slot;
    }

    void giveBack(int slot) {
      free[freeCount++] = slot;
    }

    /// Notes what a slot is used for.
    void keep(int slot, int source, int line, int body) {
      lines[slot] = (long) source << 32 | line;
      bodies[slot] = body;
    }

    byte[] kept(int slot, int leaf) {
      byte[][] strings = owned[slot];
      return leaf < strings.length && strings[leaf] != null ? strings[leaf] : NOTHING;
    }

    void ownAll(TextPiece piece) {
      for (int slot = 0; slot < slotCount; slot++) {
        own(slot, piece);
      }
    }

    /// Copies the strings of the line that a slot was last used for. An empty one leaves what there
    /// was.
    void own(int slot, TextPiece piece) {
      long place = lines[slot];
      if (place < 0) {
        return;
      }
      lines[slot] = -1;
      StreamLog log = piece.logs[(int) (place >> 32)];
      StringSpans spans = log.spans();
      int line = (int) place;
      for (int span = log.spanBegin(line); span < log.spanEnd(line); span++) {
        int leaf = spans.leaf(span);
        int length = spans.length(span);
        if (length > 0) {
          if (leaf >= owned[slot].length) {
            owned[slot] = Arrays.copyOf(owned[slot], leaf + 1);
          }
          int start = bodies[slot] + spans.start(span);
          owned[slot][leaf] = Arrays.copyOfRange(piece.text.bytes(), start, start + length);
        }
      }
    }
  }
}
