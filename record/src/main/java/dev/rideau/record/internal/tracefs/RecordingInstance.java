package dev.rideau.record.internal.tracefs;

import dev.rideau.ftrace.RecordingMetadata;
import dev.rideau.record.RecordException;
import dev.rideau.record.RecordingOptions;
import dev.rideau.record.internal.state.StateDump;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// An instance set up to record: clock, buffers, filters, events; tracing is off.
public final class RecordingInstance implements AutoCloseable {
  private final Instance instance;
  private final TraceClock clock;
  private final EnabledEvents events;
  private final int pageBytes;

  /// Tids that the recording is restricted to, empty for none.
  private final List<Long> tids;

  private final List<Integer> cpus = new ArrayList<>();

  private RecordingInstance(
      Instance instance, TraceClock clock, EnabledEvents events, int pageBytes, List<Long> tids) {
    this.instance = instance;
    this.clock = clock;
    this.events = events;
    this.pageBytes = pageBytes;
    this.tids = tids;
    for (String name : Tracefs.names(instance.folder().resolve("per_cpu"))) {
      cpus.add(Integer.parseInt(name.substring(3)));
    }
    cpus.sort(null);
  }

  /// Makes and sets up an instance.
  ///
  /// @param flight whether it belongs to a flight recorder, which others may ask for snapshots
  public static RecordingInstance create(RecordingOptions options, boolean flight) {
    Instance instance = Instance.create(Tracefs.find(), flight);
    try {
      instance.set("tracing_on", "0");
      setClock(instance, options.clock());
      instance.set("buffer_size_kb", Integer.toString(options.bufferKb()));
      instance.trySet("options/overwrite", "1");
      instance.trySet("options/record-tgid", "1");
      if (!options.tids().isEmpty()) {
        instance.trySet("options/event-fork", "1");
        instance.set("set_event_pid", words(options.tids()));
      }
      if (!options.excludedTids().isEmpty()) {
        instance.trySet("options/event-fork", "1");
        instance.set("set_event_notrace_pid", words(options.excludedTids()));
      }
      EnabledEvents events = EnabledEvents.enable(instance, options.events());
      String subbuffer = instance.text("buffer_subbuf_size_kb").strip();
      int pageBytes = subbuffer.matches("\\d{1,6}") ? Integer.parseInt(subbuffer) * 1024 : 4096;
      TraceClock clock = TraceClock.of(instance, options.clock());
      if (options.stateDump() && !clock.countsNs()) {
        throw new RecordException(
            "the clock '%s' counts no nanoseconds, so what is there has no time on it"
                .formatted(options.clock()),
            "Take mono, boot, tai, local, global or perf; or record with --no-state-dump.");
      }
      return new RecordingInstance(instance, clock, events, pageBytes, options.tids());
    } catch (RuntimeException | Error failure) {
      instance.close();
      throw failure;
    }
  }

  /// Whether any task that is recorded is still there. The kernel adds children and takes out what
  /// ends, but for what had ended before it was told.
  public boolean hasTasks() {
    return tids.isEmpty()
        || instance
            .text("set_event_pid")
            .lines()
            .map(String::strip)
            .anyMatch(tid -> !tid.isEmpty() && Files.exists(Path.of("/proc/" + tid)));
  }

  /// The file of the clocks has the chosen one in brackets: `[local] global counter mono`.
  private static void setClock(Instance instance, String name) {
    List<String> names =
        List.of(instance.text("trace_clock").replaceAll("[\\[\\]]", "").strip().split("\\s+"));
    if (!names.contains(name)) {
      throw new RecordException(
          "this kernel has no trace clock '%s'".formatted(name),
          "It has %s.".formatted(String.join(", ", names)));
    }
    instance.set("trace_clock", name);
  }

  private static String words(List<Long> tids) {
    return String.join(" ", tids.stream().map(String::valueOf).toList());
  }

  /// Numbers of the CPUs.
  public List<Integer> cpus() {
    return cpus;
  }

  /// Bytes of a page of the ring buffer.
  public int pageBytes() {
    return pageBytes;
  }

  /// The trace clock.
  public TraceClock clock() {
    return clock;
  }

  /// The instance.
  public Instance instance() {
    return instance;
  }

  /// The enabled events, by group.
  public Map<String, List<String>> events() {
    return events.events();
  }

  /// The names of events that were asked for, but lack a field of their filter.
  public List<String> leftOut() {
    return events.leftOut();
  }

  /// Turns tracing on or off.
  public void tracing(boolean on) {
    instance.set("tracing_on", on ? "1" : "0");
  }

  /// What the kernel counted for a CPU.
  public CpuCounts counts(int cpu) {
    return new CpuCounts(instance.text("per_cpu/cpu" + cpu + "/stats"));
  }

  /// What a file says of recordings of this instance.
  public RecordingMetadata metadata(String recorder) {
    Tracefs tracefs = instance.tracefs();
    Map<String, List<String>> formats = new LinkedHashMap<>(events.formats());
    formats.put("statedump", StateDump.formats());
    List<String> ftraceFormats = new ArrayList<>();
    Path ftrace = tracefs.root().resolve("events/ftrace");
    for (String name : Tracefs.names(ftrace)) {
      String text = Tracefs.text(ftrace.resolve(name).resolve("format"));
      if (!text.isEmpty()) {
        ftraceFormats.add(text);
      }
    }
    // The kernel takes a tenth of a second to write its symbols: only where a record needs them.
    byte[] symbols = new byte[0];
    if (formats.values().stream().flatMap(List::stream).anyMatch(RecordingInstance::hasSymbols)) {
      symbols = Tracefs.text(Path.of("/proc/kallsyms")).getBytes(StandardCharsets.ISO_8859_1);
    }
    return new RecordingMetadata(
        tracefs.text("events/header_page"),
        tracefs.text("events/header_event"),
        ftraceFormats,
        formats,
        symbols,
        tracefs.text("printk_formats"),
        instance.text("trace_clock").strip(),
        clock.wallOffsetNs(),
        clock.cycleMultiplier(),
        TraceClock.CYCLE_SHIFT,
        uname(),
        recorder,
        tids,
        events.filtered(),
        cpus.isEmpty() ? 0 : cpus.getLast() + 1,
        pageBytes);
  }

  private static boolean hasSymbols(String format) {
    return format.contains("%ps") || format.contains("%pS") || format.contains("%pf");
  }

  private static String uname() {
    String kernel = "/proc/sys/kernel/";
    StringBuilder text = new StringBuilder();
    for (String name : List.of("ostype", "hostname", "osrelease", "version", "arch")) {
      text.append(Tracefs.text(Path.of(kernel + name)).strip()).append(' ');
    }
    return text.toString().strip();
  }

  @Override
  public void close() {
    instance.close();
  }
}
