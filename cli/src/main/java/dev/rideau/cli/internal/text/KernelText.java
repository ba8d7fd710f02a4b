package dev.rideau.cli.internal.text;

import dev.rideau.ftrace.KernelTrace;
import dev.rideau.ftrace.PrintFormat;
import dev.rideau.ftrace.TextBytes;
import dev.rideau.trace.Batch;
import dev.rideau.trace.ClockClass;
import dev.rideau.trace.DataStream;
import dev.rideau.trace.LongColumn;
import dev.rideau.trace.RecordBlock;
import dev.rideau.trace.StructColumn;
import dev.rideau.trace.Trace;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/// Lines in the form of `trace-cmd report -t -N`:
///
/// ```
///             bash-4141  [000] 13934.896169647: sched_switch:         prev_comm=bash ...
///             task       cpu   time             event                 its print format
/// ```
///
/// With several buffers, the name of the buffer stands in front. Before the first record behind a
/// loss there is a line for it, which takes that record's name of the buffer:
///
/// ```
/// CPU:0 [11011 EVENTS DROPPED]
/// ```
public final class KernelText implements RecordTextFactory {
  private static final int TASK_WIDTH = 16;
  private static final int TID_WIDTH = 5;
  private static final int SECONDS_WIDTH = 5;
  private static final int TASK_SLOTS = 1024;

  /// Where the text of the event starts, counted from its name.
  private static final int NAME_WIDTH = 22;

  private final ConcurrentHashMap<Trace, PrintFormat[]> formats = new ConcurrentHashMap<>();
  private final int bufferWidth;

  /// @param streams what will be written
  public KernelText(List<DataStream> streams) {
    int width = 0;
    for (DataStream stream : streams) {
      String name = stream.dataStreamClass().name();
      width = Math.max(width, name == null ? 0 : name.length());
    }
    bufferWidth = width;
  }

  /// Whether all records can be written this way.
  public static boolean suits(List<DataStream> streams) {
    return !streams.isEmpty()
        && streams.stream().allMatch(stream -> stream.trace() instanceof KernelTrace);
  }

  @Override
  public RecordText open(DataStream stream) {
    if (!(stream.trace() instanceof KernelTrace trace)) {
      throw new IllegalArgumentException("no kernel trace: " + stream.trace());
    }
    PrintFormat[] shared =
        formats.computeIfAbsent(
            trace, _ -> new PrintFormat[stream.dataStreamClass().eventClasses().size()]);
    return new Records(stream, trace, shared);
  }

  private final class Records implements RecordText {
    private final DataStream stream;
    private final KernelTrace trace;
    private final @Nullable PrintFormat[] shared;
    private final PrintFormat.@Nullable Printer[] printers;
    private final byte[][] names;

    /// What stands before the name of a task.
    private final byte[] lead;

    private final long cpu;
    private final Map<Long, byte[]> tasks = new HashMap<>();
    private final TextBytes lent = new TextBytes();

    /// The whole second of the time before, and how it looks.
    private byte[] secondText = new byte[0];

    private long secondNs = Long.MIN_VALUE;

    /// The tasks seen last, by low bits of their ids.
    private final long[] recentTids = new long[TASK_SLOTS];

    private final byte[] @Nullable [] recentTasks = new byte[TASK_SLOTS][];

    /// By event class, the ids of the tasks.
    private final @Nullable LongColumn[] tids;

    /// By event class, the batch that they are of.
    private final @Nullable Batch[] bound;

    private int packet = -1;

    /// How many events are missing before the record that comes next, as [KernelTrace#missedBefore]
    /// tells.
    private long missed;

    Records(DataStream stream, KernelTrace trace, @Nullable PrintFormat[] shared) {
      this.stream = stream;
      this.trace = trace;
      this.shared = shared;
      int classes = stream.dataStreamClass().eventClasses().size();
      printers = new PrintFormat.Printer[classes];
      names = new byte[classes][];
      tids = new LongColumn[classes];
      bound = new Batch[classes];
      String buffer = stream.dataStreamClass().name();
      StringBuilder text = new StringBuilder();
      if (bufferWidth > 0) {
        String shown = buffer == null ? "" : buffer + ":";
        text.append(" ".repeat(Math.max(0, bufferWidth + 1 - shown.length()))).append(shown);
        text.append(' ');
      }
      lead = text.toString().getBytes(StandardCharsets.UTF_8);
      cpu = stream.number();
    }

    @Override
    public void enter(RecordBlock block) {
      if (packet != block.packet()) {
        packet = block.packet();
        missed = trace.missedBefore(stream, packet);
      }
    }

    @Override
    public void put(LineTexts out, RecordBlock block, int from, int to) {
      int line = out.addLines(block, from, to);
      int[] starts = out.starts();
      int[] ends = out.ends();
      TextBytes text = lent;
      out.text().lendTo(text);
      for (int record = from; record < to; record++, line++) {
        starts[line] = text.size();
        int ordinal = block.eventClasses()[record];
        Batch batch = block.batch(ordinal);
        if (batch != null) {
          put(text, block, batch, ordinal, record);
        }
        ends[line] = text.size();
      }
      out.text().takeBack(text);
    }

    @Override
    public void skip(RecordBlock block, int from, int to) {
      if (from < to) {
        // Before the first record there were others that nobody asked for.
        missed = 0;
      }
    }

    private void put(TextBytes out, RecordBlock block, Batch batch, int ordinal, int record) {
      int row = block.rows()[record];
      PrintFormat.Printer printer = printers[ordinal];
      if (printer == null || bound[ordinal] != batch) {
        printer = bind(ordinal, batch);
      }
      out.put(lead);
      if (missed != 0) {
        putMissed(out);
      }
      out.put(task(ordinal, row));
      putTime(out, block.timestampsNs()[record]);
      out.put(names[ordinal]);
      printer.print(batch, row, out);
      out.put('\n');
    }

    private void putMissed(TextBytes out) {
      out.put("CPU:");
      out.putDecimal(cpu, true);
      out.put(" [");
      if (missed > 0) {
        out.putDecimal(missed, true);
        out.put(' ');
      }
      out.put("EVENTS DROPPED]\n");
      missed = 0;
    }

    private PrintFormat.Printer bind(int ordinal, Batch batch) {
      PrintFormat format = shared[ordinal];
      if (format == null) {
        // Two threads may compile the same; both are good.
        format = PrintFormat.of(trace.format(batch.eventClass()));
        shared[ordinal] = format;
      }
      PrintFormat.Printer printer = format.printer(trace.names());
      printers[ordinal] = printer;
      bound[ordinal] = batch;
      StructColumn context = batch.commonContext();
      tids[ordinal] =
          context != null && context.member("common_pid") instanceof LongColumn column
              ? column
              : null;
      String name = batch.eventClass().displayName() + ":";
      names[ordinal] =
          (name + " ".repeat(Math.max(1, NAME_WIDTH - name.length())))
              .getBytes(StandardCharsets.UTF_8);
      return printer;
    }

    private byte[] task(int ordinal, int row) {
      LongColumn column = tids[ordinal];
      long tid = column == null ? 0 : column.value(row);
      int slot = (int) (tid ^ tid >>> 10) & TASK_SLOTS - 1;
      byte[] last = recentTasks[slot];
      if (last != null && recentTids[slot] == tid) {
        return last;
      }
      byte[] known = tasks.computeIfAbsent(tid, this::taskText);
      recentTids[slot] = tid;
      recentTasks[slot] = known;
      return known;
    }

    private byte[] taskText(long tid) {
      String comm = trace.names().comm(tid);
      String name = comm == null ? "<...>" : comm;
      String number = Long.toString(tid);
      String text =
          " ".repeat(Math.max(0, TASK_WIDTH - name.length()))
              + name
              + "-"
              + number
              + " ".repeat(Math.max(0, TID_WIDTH - number.length()) + 1)
              + "[%03d] ".formatted(cpu);
      return text.getBytes(StandardCharsets.UTF_8);
    }

    private void putTime(TextBytes out, long timestampNs) {
      long rest = timestampNs - secondNs;
      if (rest < 0 || rest >= ClockClass.NS_PER_SECOND || secondText.length == 0) {
        enterSecond(timestampNs);
        rest = timestampNs - secondNs;
      }
      int length = secondText.length;
      byte[] into = out.room(length + 11);
      int at = out.size();
      System.arraycopy(secondText, 0, into, at, length);
      int micros = (int) rest / 1000;
      at = TextBytes.putSix(into, at + length, micros);
      at = TextBytes.putDigits(into, at, (int) rest - micros * 1000, 3);
      into[at] = ':';
      into[at + 1] = ' ';
      out.resize(at + 2);
    }

    private void enterSecond(long timestampNs) {
      long seconds = Math.floorDiv(timestampNs, ClockClass.NS_PER_SECOND);
      secondNs = seconds * ClockClass.NS_PER_SECOND;
      String text = Long.toString(seconds);
      int blanks = seconds < 0 ? 0 : Math.max(0, SECONDS_WIDTH - text.length());
      secondText = (" ".repeat(blanks) + text + ".").getBytes(StandardCharsets.US_ASCII);
    }
  }
}
