package dev.rideau.perf.internal.text;

import dev.rideau.ftrace.TextBytes;
import dev.rideau.trace.BytesColumn;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/// What stands before the time: name and number of the thread, and the CPU. Most records are of a
/// thread that had some just before.
final class ThreadHeads {
  private static final int SLOTS = 256;
  private static final int COMM_WIDTH = 16;
  private static final int TID_WIDTH = 5;
  private static final long NO_NAME = -1;

  private final boolean withCpu;
  private final boolean narrow;
  private final TextBytes scratch = new TextBytes();

  // The threads seen last, by the low bits of their ids: which name they had, and the head.
  private final long[] tids = new long[SLOTS];
  private final long[] names = new long[SLOTS];
  private final byte[] @Nullable [] heads = new byte[SLOTS][];
  private long lastCpu = -1;

  /// @param narrow whether names are not filled up
  ThreadHeads(boolean withCpu, boolean narrow) {
    this.withCpu = withCpu;
    this.narrow = narrow;
  }

  /// The head of samples that do not tell their thread.
  byte[] ofNobody(long cpu) {
    scratch.clear();
    scratch.put(":-1 ");
    return finish(cpu);
  }

  /// The head of a row.
  ///
  /// @param comms names of threads, at the same place for the same name; null when not known
  byte[] of(long tid, @Nullable BytesColumn comms, int row, long cpu) {
    if (cpu != lastCpu) {
      lastCpu = cpu;
      Arrays.fill(heads, null);
    }
    long name =
        comms != null && comms.isValid(row)
            ? (long) comms.offsetsBytes()[row] << 32 | comms.lengthsBytes()[row]
            : NO_NAME;
    int slot = (int) tid & SLOTS - 1;
    byte[] known = heads[slot];
    if (known != null && tids[slot] == tid && names[slot] == name) {
      return known;
    }
    byte[] made = head(tid, name == NO_NAME ? null : comms, row, cpu);
    tids[slot] = tid;
    names[slot] = name;
    heads[slot] = made;
    return made;
  }

  private byte[] head(long tid, @Nullable BytesColumn comms, int row, long cpu) {
    TextBytes out = scratch;
    out.clear();
    if (comms == null) {
      out.put(':');
      out.putDecimal(tid, true);
    } else {
      out.put(comms.bytes(), comms.offsetsBytes()[row], comms.lengthsBytes()[row]);
    }
    out.padLeft(0, 0, narrow ? 0 : COMM_WIDTH, ' ');
    out.put(' ');
    int start = out.size();
    out.putDecimal(tid, true);
    out.padLeft(start, start, TID_WIDTH, ' ');
    out.put(' ');
    return finish(cpu);
  }

  private byte[] finish(long cpu) {
    TextBytes out = scratch;
    if (withCpu) {
      out.put('[');
      int start = out.size();
      out.putDecimal(cpu, false);
      out.padLeft(start, start, 3, '0');
      out.put("] ");
    }
    return Arrays.copyOf(out.bytes(), out.size());
  }
}
