package dev.rideau.ftrace.internal.open;

import dev.rideau.ftrace.EventFormat;
import dev.rideau.ftrace.KernelTrace;
import dev.rideau.ftrace.internal.file.Restrictions;
import dev.rideau.ftrace.internal.file.TraceDat;
import dev.rideau.ftrace.internal.file.TraceDatReader;
import dev.rideau.ftrace.internal.ring.RingClock;
import dev.rideau.trace.Attributes;
import dev.rideau.trace.BitLayout;
import dev.rideau.trace.ClockClass;
import dev.rideau.trace.ClockOrigin;
import dev.rideau.trace.DataStreamClass;
import dev.rideau.trace.Diagnostic;
import dev.rideau.trace.DiagnosticSink;
import dev.rideau.trace.Environment;
import dev.rideau.trace.EventClass;
import dev.rideau.trace.FieldClass;
import dev.rideau.trace.Origin;
import dev.rideau.trace.ReadFailure;
import dev.rideau.trace.Role;
import dev.rideau.trace.Severity;
import dev.rideau.trace.Trace;
import dev.rideau.trace.TraceClass;
import dev.rideau.trace.TraceInput;
import dev.rideau.trace.TraceReader;
import java.io.IOException;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// Opens `trace.dat` files.
public final class TraceDatOpener {
  private TraceDatOpener() {}

  /// Whether a path looks like a `trace.dat`.
  public static boolean probe(Path path) {
    if (!Files.isRegularFile(path)) {
      return false;
    }
    try (FileChannel channel = FileChannel.open(path, StandardOpenOption.READ)) {
      return TraceDatReader.probe(channel);
    } catch (IOException _) {
      return false;
    }
  }

  /// Opens the traces, as [dev.rideau.trace.TraceReader#open] says.
  public static List<Trace> open(List<TraceInput> inputs, DiagnosticSink diagnostics) {
    return TraceReader.openEach(inputs, input -> open(input, diagnostics), diagnostics);
  }

  private static Trace open(TraceInput input, DiagnosticSink diagnostics) {
    TraceDat file = TraceDatReader.read(input.path(), diagnostics);
    RingClock clock = clock(file);
    tellCycles(file, clock, diagnostics);
    PageStore store = new PageFile();
    List<StreamDraft> drafts = drafts(file, clock, store, diagnostics);
    Environment environment = environment(file);
    String host = environment.text("hostname");
    return new RingTrace(
        file,
        host == null ? input.below() : host,
        traceClass(file, clock.clock(), environment),
        clock,
        store,
        drafts);
  }

  private static void tellCycles(TraceDat file, RingClock clock, DiagnosticSink diagnostics) {
    String name = file.options().clock();
    if (clock.multiplier() == 0 && COUNTERS.contains(name)) {
      diagnostics.report(
          Diagnostic.of(
              Severity.WARNING,
              "clock-counts-cycles",
              "the clock '%s' does not count nanoseconds and the file does not tell how long a"
                      .formatted(name)
                  + " step is: all times and lengths are in its steps",
              Origin.ofFile(file.path()),
              "Record with the clock 'mono'."));
    }
  }

  private static List<StreamDraft> drafts(
      TraceDat file, RingClock clock, PageStore store, DiagnosticSink diagnostics) {
    List<StreamDraft> drafts = new ArrayList<>();
    for (int i = 0; i < file.buffers().size(); i++) {
      for (TraceDat.CpuData data : file.buffers().get(i).cpus()) {
        try {
          drafts.add(PageIndexer.index(file, i, data, clock, store, diagnostics));
        } catch (IOException failure) {
          diagnostics.report(
              Diagnostic.error(
                  "unreadable-file",
                  "the pages of CPU %d cannot be read (%s)"
                      .formatted(data.cpu(), ReadFailure.reason(failure)),
                  Origin.ofFile(data.file()),
                  "Check its permissions and the disk."));
        }
      }
    }
    return drafts;
  }

  /// A way to open pages that were just read, again and again, with the metadata of a file whose
  /// own pages do not matter.
  public static Function<Map<Integer, byte[]>, KernelTrace> live(
      Path metadata, DiagnosticSink diagnostics) {
    TraceDat said = TraceDatReader.read(metadata, diagnostics);
    RingClock clock = clock(said);
    TraceClass traceClass = traceClass(said, clock.clock(), environment(said));
    return pages -> {
      List<TraceDat.CpuData> cpus = new ArrayList<>();
      Map<Path, byte[]> memory = new LinkedHashMap<>();
      pages.forEach((cpu, bytes) -> {
        Path name = Path.of("cpu" + cpu);
        memory.put(name, bytes);
        cpus.add(new TraceDat.CpuData(cpu, name, 0, bytes.length, false));
      });
      TraceDat.Buffer top = said.buffers().getFirst();
      TraceDat file =
          said.withBuffers(
              List.of(new TraceDat.Buffer(top.name(), top.clock(), top.pageBytes(), cpus)));
      PageStore store = new PageMemory(memory);
      return new RingTrace(
          file, "live", traceClass, clock, store, drafts(file, clock, store, diagnostics));
    };
  }

  /// Clocks that count something else than nanoseconds.
  private static final Set<String> COUNTERS = Set.of("counter", "uptime", "x86-tsc", "ppc-tb");

  private static RingClock clock(TraceDat file) {
    TraceDat.Options options = file.options();
    String name = options.clock().isEmpty() ? "local" : options.clock();
    long seconds = Math.floorDiv(options.offsetNs(), ClockClass.NS_PER_SECOND);
    ClockOrigin origin =
        options.isWallClock() ? new ClockOrigin.UnixEpoch() : new ClockOrigin.Unknown();
    ClockClass clock =
        new ClockClass(
            name,
            null,
            name,
            null,
            "trace clock of the kernel",
            ClockClass.NS_PER_SECOND,
            seconds,
            options.offsetNs() - seconds * ClockClass.NS_PER_SECOND,
            null,
            null,
            origin,
            Attributes.NONE);
    return new RingClock(clock, options.tscMultiplier(), options.tscShift());
  }

  /// What `uname -m` says; versions end in years and time zones.
  private static final Pattern MACHINE =
      Pattern.compile(
          "x86_64|i[3-6]86|aarch64(_be)?|armv.*|ppc.*|s390x?|riscv.*|mips.*|loongarch.*");

  private static Environment environment(TraceDat file) {
    Map<String, Object> entries = new LinkedHashMap<>();
    entries.put("domain", "kernel");
    entries.put("tracer_name", "ftrace");
    TraceDat.Options options = file.options();
    // Linux HOST RELEASE #VERSION ... MACHINE
    String[] uname = options.uname().split(" ", 4);
    if (uname.length == 4) {
      entries.put("sysname", uname[0]);
      entries.put("hostname", uname[1]);
      entries.put("kernel_release", uname[2]);
      entries.put("kernel_version", uname[3]);
      String last = uname[3].substring(uname[3].lastIndexOf(' ') + 1);
      if (MACHINE.matcher(last).matches()) {
        entries.put("architecture", last);
      }
    }
    if (!options.clock().isEmpty()) {
      entries.put("trace_clock", options.clock());
    }
    Restrictions restrictions = Restrictions.of(options.recorder());
    put(entries, "recorder", restrictions.recorder());
    put(entries, "recorded_tids", restrictions.tids());
    put(entries, "partial_events", restrictions.partialEvents());
    return new Environment(entries);
  }

  private static void put(Map<String, Object> entries, String name, String text) {
    if (!text.isEmpty()) {
      entries.put(name, text);
    }
  }

  private static TraceClass traceClass(TraceDat file, ClockClass clock, Environment environment) {
    List<EventClass> eventClasses = new ArrayList<>();
    for (EventFormat format : file.formats()) {
      eventClasses.add(format.eventClass(eventClasses.size()));
    }
    ByteOrder order = file.abi().byteOrder();
    FieldClass.Structure commonContext = file.formats().getFirst().commonContext();
    List<DataStreamClass> classes = new ArrayList<>();
    for (TraceDat.Buffer buffer : file.buffers()) {
      classes.add(
          new DataStreamClass(
              classes.size(),
              classes.size(),
              null,
              buffer.name().isEmpty() ? null : buffer.name(),
              null,
              clock,
              packetContext(order),
              eventHeader(order),
              commonContext,
              eventClasses,
              Attributes.NONE));
    }
    long id = file.options().traceId();
    @Nullable String uid = id == 0 ? null : Long.toHexString(id);
    return new TraceClass(
        file.version(),
        0,
        null,
        null,
        uid,
        null,
        order,
        environment,
        List.of(clock),
        structure("stream_id", integer(32, order, Set.of(Role.DATA_STREAM_CLASS_ID))),
        classes,
        Attributes.NONE);
  }

  /// The lengths mean something only where a trace is written anew.
  private static FieldClass.Structure packetContext(ByteOrder order) {
    return new FieldClass.Structure(
        List.of(
            new FieldClass.Member("cpu_id", integer(32, order, Set.of())),
            new FieldClass.Member(
                "content_size", integer(64, order, Set.of(Role.PACKET_CONTENT_LENGTH))),
            new FieldClass.Member(
                "packet_size", integer(64, order, Set.of(Role.PACKET_TOTAL_LENGTH)))),
        8,
        Attributes.NONE);
  }

  private static FieldClass.Structure eventHeader(ByteOrder order) {
    return new FieldClass.Structure(
        List.of(
            new FieldClass.Member("id", integer(16, order, Set.of(Role.EVENT_CLASS_ID))),
            new FieldClass.Member(
                "timestamp", integer(64, order, Set.of(Role.DEFAULT_CLOCK_TIMESTAMP)))),
        8,
        Attributes.NONE);
  }

  private static FieldClass.Structure structure(String name, FieldClass fieldClass) {
    return new FieldClass.Structure(
        List.of(new FieldClass.Member(name, fieldClass)), 8, Attributes.NONE);
  }

  private static FieldClass.Int integer(int bits, ByteOrder order, Set<Role> roles) {
    return new FieldClass.Int(
        BitLayout.of(bits, 8, order), false, 10, List.of(), roles, Attributes.NONE);
  }
}
