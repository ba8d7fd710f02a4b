package dev.rideau.record;

import dev.rideau.ftrace.KernelTrace;
import dev.rideau.ftrace.LiveTraces;
import dev.rideau.ftrace.TraceDatWriter;
import dev.rideau.record.internal.linux.LinuxCalls;
import dev.rideau.record.internal.tracefs.RecordingInstance;
import dev.rideau.trace.BlockCursor;
import dev.rideau.trace.BlockSource;
import dev.rideau.trace.ClockClass;
import dev.rideau.trace.DataStream;
import dev.rideau.trace.DiagnosticSink;
import dev.rideau.trace.Merger;
import dev.rideau.trace.Projection;
import dev.rideau.trace.RecordBlock;
import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// Records for somebody who looks at the events at once: nothing is written. Used by one thread.
///
/// Each look takes the records up to one moment, the same for all CPUs, and those behind it wait
/// for the next one: what a look tells of two CPUs belongs together.
public final class LiveRecording implements AutoCloseable {
  /// Takes records, in the order of time of all CPUs.
  public interface Records {
    /// Takes some records of a block.
    void take(RecordBlock block, int from, int to);
  }

  /// A line of a format file; texts and arrays are told by brackets.
  private static final Pattern INTEGER_FIELD =
      Pattern.compile("^\\tfield:(?!__)[^;\\[]*?(\\w+);", Pattern.MULTILINE);

  private static final VarHandle WORD =
      MethodHandles.byteArrayViewVarHandle(int[].class, ByteOrder.nativeOrder());

  /// Where a page says how long it is, and its bits that tell of missing records.
  private static final int COMMIT_BYTES = 8;

  private static final int MISSED = 3 << 30;

  private final RecordingInstance instance;
  private final LiveTraces traces;
  private final Arena arena = Arena.ofConfined();
  private final LinuxCalls calls = new LinuxCalls(arena);
  private final MemorySegment page;
  private final long mostBytes;

  /// By CPU, the file to read pages from.
  private final Map<Integer, Integer> files = new LinkedHashMap<>();

  /// By CPU, the pages of the look before with records that it did not take.
  private final Map<Integer, byte[]> held = new HashMap<>();

  /// By number of the stream, the time of the last record that was taken.
  private final Map<Long, Long> takenNs = new HashMap<>();

  private LiveRecording(RecordingOptions options, RecordingInstance instance, LiveTraces traces) {
    this.instance = instance;
    this.traces = traces;
    page = arena.allocate(instance.pageBytes(), 8);
    mostBytes = options.bufferKb() * 1024L;
  }

  /// Starts to record.
  ///
  /// @param options [RecordingOptions#output()] is not written
  public static LiveRecording start(RecordingOptions options, DiagnosticSink diagnostics) {
    RecordingInstance instance = RecordingInstance.create(options, false);
    try {
      Path metadata = Files.createTempFile("rideau-live", ".dat");
      LiveTraces traces;
      try {
        TraceDatWriter.create(metadata, instance.metadata(options.recorder())).close();
        traces = LiveTraces.of(metadata, diagnostics);
      } finally {
        Files.delete(metadata);
      }
      LiveRecording live = new LiveRecording(options, instance, traces);
      live.open();
      instance.tracing(true);
      return live;
    } catch (IOException failure) {
      instance.close();
      throw new RecordException(
          "the events cannot be read (%s)".formatted(failure.getMessage()),
          "Check the space in the folder for temporary files.",
          failure);
    } catch (RuntimeException | Error failure) {
      instance.close();
      throw failure;
    }
  }

  private void open() throws IOException {
    int flags = LinuxCalls.O_RDONLY | LinuxCalls.O_NONBLOCK | LinuxCalls.O_CLOEXEC;
    for (int cpu : instance.cpus()) {
      Path file = instance.instance().folder().resolve("per_cpu/cpu" + cpu + "/trace_pipe_raw");
      files.put(cpu, calls.open(file.toString(), flags, 0));
    }
  }

  /// Hands over the records since the last call, those that are not yet on a full page included.
  ///
  /// @return the time up to which all records were taken; that of the last one where the clock
  ///   counts something else
  public long look(Projection projection, Records records, DiagnosticSink diagnostics) {
    boolean countsNs = instance.clock().countsNs();
    long now = countsNs ? instance.clock().now() : Long.MAX_VALUE;
    Map<Integer, byte[]> pages = new LinkedHashMap<>();
    files.forEach((cpu, fd) -> pages.put(cpu, read(cpu, fd, now)));
    try (KernelTrace trace = traces.open(pages)) {
      ClockClass clock = trace.traceClass().clockClasses().getFirst();
      long untilNs = countsNs ? clock.toNs(instance.clock().ticksNs(now)) : Long.MAX_VALUE;
      return take(trace, untilNs, projection, records, diagnostics);
    }
  }

  private long take(
      KernelTrace trace,
      long untilNs,
      Projection projection,
      Records records,
      DiagnosticSink diagnostics) {
    long lastNs = Long.MIN_VALUE;
    List<BlockCursor> cursors = new ArrayList<>();
    try {
      List<BlockSource<RecordBlock>> sources = new ArrayList<>();
      for (DataStream stream : trace.dataStreams()) {
        BlockCursor cursor = stream.cursor(0, stream.packets().size(), projection, diagnostics);
        cursors.add(cursor);
        sources.add(cursor::next);
      }
      Merger<RecordBlock> merger = new Merger<>(sources);
      while (merger.advance()) {
        RecordBlock block = merger.block();
        long stream = block.stream().number();
        long[] times = block.timestampsNs();
        long afterNs = takenNs.getOrDefault(stream, Long.MIN_VALUE);
        int from = merger.from();
        int to = merger.to();
        while (from < to && times[from] <= afterNs) {
          from++;
        }
        while (from < to && times[to - 1] > untilNs) {
          to--;
        }
        if (from < to) {
          records.take(block, from, to);
          lastNs = Math.max(lastNs, times[to - 1]);
          if (untilNs != Long.MAX_VALUE) {
            // Only then are there pages that come again.
            takenNs.put(stream, times[to - 1]);
          }
        }
      }
    } finally {
      cursors.forEach(BlockCursor::close);
    }
    return untilNs == Long.MAX_VALUE ? lastNs : untilNs;
  }

  /// Reads the pages that begin before a time of the clock, behind those that were held back.
  private byte[] read(int cpu, int fd, long now) {
    int pageBytes = instance.pageBytes();
    byte[] before = held.getOrDefault(cpu, new byte[0]);
    byte[] bytes = Arrays.copyOf(before, before.length + pageBytes * 16);
    int size = before.length;
    int holdFrom = 0;
    // The first page may be the rest of one that was read in part, with full ones behind it: how
    // full it is says nothing. What is newer than the look began is for the next one.
    while (now != Long.MAX_VALUE || size < mostBytes) {
      long count = calls.read(fd, page, pageBytes);
      if (count <= 0) {
        break;
      }
      if (size + pageBytes > bytes.length) {
        bytes = Arrays.copyOf(bytes, bytes.length * 2);
      }
      MemorySegment.copy(page, ValueLayout.JAVA_BYTE, 0, bytes, size, (int) count);
      boolean isNewer = page.get(ValueLayout.JAVA_LONG, 0) > now;
      if (!isNewer) {
        holdFrom = size;
      }
      size += pageBytes;
      if (isNewer) {
        break;
      }
    }
    if (now != Long.MAX_VALUE) {
      held.put(cpu, withoutLosses(Arrays.copyOfRange(bytes, holdFrom, size)));
    }
    return Arrays.copyOf(bytes, size);
  }

  /// What is missing before a page is told once.
  private byte[] withoutLosses(byte[] pages) {
    for (int at = 0; at < pages.length; at += instance.pageBytes()) {
      int commit = (int) WORD.get(pages, at + COMMIT_BYTES);
      WORD.set(pages, at + COMMIT_BYTES, commit & ~MISSED);
    }
    return pages;
  }

  /// The names of the recorded events that these requests ask for.
  public Set<String> names(List<EventRequest> requests) {
    Set<String> names = new HashSet<>();
    instance
        .events()
        .forEach((system, events) ->
            events.stream()
                .filter(name -> requests.stream().anyMatch(each -> each.matches(system, name)))
                .forEach(names::add));
    return names;
  }

  /// The names of the integer fields of the recorded events that these requests ask for.
  public Set<String> integerFields(List<EventRequest> requests) {
    Set<String> fields = new LinkedHashSet<>();
    instance
        .events()
        .forEach((system, events) ->
            events.stream()
                .filter(name -> requests.stream().anyMatch(each -> each.matches(system, name)))
                .forEach(name -> addIntegerFields(system + "/" + name, fields)));
    return fields;
  }

  private void addIntegerFields(String event, Set<String> into) {
    String format = instance.instance().text("events/" + event + "/format");
    Matcher field = INTEGER_FIELD.matcher(format);
    while (field.find()) {
      into.add(field.group(1));
    }
  }

  /// Events that were overwritten before they were read, since the start.
  public long lost() {
    long lost = 0;
    for (int cpu : files.keySet()) {
      lost += instance.counts(cpu).overrun();
    }
    return lost;
  }

  /// Processor time of this process so far.
  public long ownCpuNs() {
    return Recording.cpuNs();
  }

  @Override
  public void close() {
    files.values().forEach(calls::close);
    files.clear();
    arena.close();
    instance.close();
  }
}
