package dev.rideau.record;

import dev.rideau.ftrace.KernelTrace;
import dev.rideau.ftrace.LiveTraces;
import dev.rideau.ftrace.TraceDatWriter;
import dev.rideau.record.internal.linux.LinuxCalls;
import dev.rideau.record.internal.tracefs.RecordingInstance;
import dev.rideau.trace.DiagnosticSink;
import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// Records for somebody who looks at the events at once: nothing is written. Used by one thread.
public final class LiveRecording implements AutoCloseable {
  /// A line of a format file; texts and arrays are told by brackets.
  private static final Pattern INTEGER_FIELD =
      Pattern.compile("^\\tfield:(?!__)[^;\\[]*?(\\w+);", Pattern.MULTILINE);

  private final RecordingInstance instance;
  private final LiveTraces traces;
  private final Arena arena = Arena.ofConfined();
  private final LinuxCalls calls = new LinuxCalls(arena);
  private final MemorySegment page;
  private final long mostBytes;

  /// By CPU, the file to read pages from.
  private final Map<Integer, Integer> files = new LinkedHashMap<>();

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

  /// The events since the last call, those that are not yet complete on their pages included.
  public KernelTrace next() {
    Map<Integer, byte[]> pages = new LinkedHashMap<>();
    files.forEach((cpu, fd) -> pages.put(cpu, read(fd)));
    return traces.open(pages);
  }

  private byte[] read(int fd) {
    int pageBytes = instance.pageBytes();
    byte[] bytes = new byte[pageBytes * 16];
    int size = 0;
    while (size < mostBytes) {
      long count = calls.read(fd, page, pageBytes);
      if (count <= 0) {
        break;
      }
      if (size + pageBytes > bytes.length) {
        bytes = Arrays.copyOf(bytes, bytes.length * 2);
      }
      MemorySegment.copy(page, ValueLayout.JAVA_BYTE, 0, bytes, size, (int) count);
      size += pageBytes;
      // A page with room left is the newest; what comes meanwhile is for the next call.
      if ((page.get(ValueLayout.JAVA_INT, 8) & 0x7FF_FFFF) < pageBytes / 2) {
        break;
      }
    }
    return Arrays.copyOf(bytes, size);
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
