package dev.rideau.cli.internal.convert;

import dev.rideau.cli.internal.Progress;
import dev.rideau.cli.internal.Selection;
import dev.rideau.ctf.CtfFormat;
import dev.rideau.ctf.CtfWriter;
import dev.rideau.kernel.KernelExtraction;
import dev.rideau.trace.DataStream;
import dev.rideau.trace.Diagnostic;
import dev.rideau.trace.DiagnosticSink;
import dev.rideau.trace.OpenedTraces;
import dev.rideau.trace.Trace;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletionService;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorCompletionService;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.LongConsumer;

/// Copies traces into a folder, several data streams at a time.
public final class Conversion {
  /// How events and fields are called in the copy.
  public enum Layout {
    /// As LTTng's kernel tracer calls them, where the source has the kernel's own events.
    lttng,
    /// As the source does.
    recorded
  }

  /// Where a session of LTTng has the trace of its kernel.
  private static final String KERNEL_FOLDER = "kernel";

  private final OpenedTraces opened;
  private final List<Trace> traces;
  private final List<Path> named;
  private final Selection selection;
  private final CtfFormat format;
  private final Layout layout;
  private final DiagnosticSink diagnostics;
  private final Map<String, Processes> processes = new HashMap<>();

  /// Set when a stream failed: the others are interrupted, and what they then say of their input is
  /// about the interruption.
  private volatile boolean stopped;

  /// @param named what the user named: traces or folders above them
  public Conversion(
      OpenedTraces traces,
      List<Path> named,
      Selection selection,
      CtfFormat format,
      Layout layout,
      DiagnosticSink diagnostics) {
    opened = traces;
    this.traces = traces.traces();
    this.named = named;
    this.selection = selection;
    this.format = format;
    this.layout = layout;
    this.diagnostics = diagnostics;
  }

  /// Writes the traces below `folder`, as they lie below what the user named.
  ///
  /// @return number of records written
  public long run(Path folder, Progress progress) throws IOException {
    boolean gaps = !selection.isAll();
    List<Callable<Long>> conversions = new ArrayList<>();
    long totalBytes = 0;
    for (Trace trace : traces) {
      for (DataStream stream : trace.dataStreams()) {
        totalBytes += stream.packets().totalBytes();
      }
    }
    long allBytes = totalBytes;
    AtomicLong doneBytes = new AtomicLong();
    Set<Path> folders = new HashSet<>();
    for (Trace trace : traces) {
      Path below = traces.size() == 1 && isMerged(trace) ? Path.of("") : below(trace);
      boolean toLttng = layout == Layout.lttng && LttngPlan.fits(trace);
      boolean isPlanned = toLttng || LttngPlan.isNeededFor(trace);
      Path target = unused(folder, toLttng ? below.resolve(KERNEL_FOLDER) : below, folders);
      Files.createDirectories(target);
      if (isPlanned) {
        conversions.addAll(
            planned(
                LttngPlan.of(trace, toLttng ? Layout.lttng : Layout.recorded),
                trace,
                target,
                bytes -> progress.update(doneBytes.addAndGet(bytes), allBytes)));
        continue;
      }
      CtfWriter writer = CtfWriter.inFolder(target, trace.traceClass(), format, gaps, diagnostics);
      for (DataStream stream : trace.dataStreams()) {
        conversions.add(
            new StreamConversion(
                stream,
                writer,
                selection,
                this::report,
                bytes -> progress.update(doneBytes.addAndGet(bytes), allBytes)));
      }
    }
    return runAll(conversions);
  }

  private List<Callable<Long>> planned(
      LttngPlan plan, Trace trace, Path target, LongConsumer progress) throws IOException {
    Processes people = plan.needsProcesses() ? processes(trace) : Processes.NONE;
    CtfWriter writer = CtfWriter.inFolder(target, plan.traceClass(), format, false, diagnostics);
    SortedMap<Integer, List<DataStream>> byCpu = new TreeMap<>();
    for (DataStream stream : trace.dataStreams()) {
      byCpu
          .computeIfAbsent(LttngStreamConversion.cpuOf(stream), _ -> new ArrayList<>())
          .add(stream);
    }
    List<Callable<Long>> conversions = new ArrayList<>();
    byCpu.forEach((cpu, streams) ->
        conversions.add(
            new LttngStreamConversion(
                plan,
                people,
                cpu,
                streams,
                plan.needsStateDump() && conversions.isEmpty(),
                writer,
                selection,
                this::report,
                progress)));
    return conversions;
  }

  private Processes processes(Trace trace) throws IOException {
    String host = trace.traceClass().environment().text("hostname");
    String name = host == null ? "" : host;
    Processes known = processes.get(name);
    if (known == null) {
      known = Processes.NONE;
      for (KernelExtraction machine : KernelExtraction.of(opened)) {
        if (machine.host().equals(name)) {
          known = Processes.of(machine);
        }
      }
      processes.put(name, known);
    }
    return known;
  }

  private void report(Diagnostic diagnostic) {
    if (!stopped) {
      diagnostics.report(diagnostic);
    }
  }

  private long runAll(List<Callable<Long>> conversions) throws IOException {
    int threads = Math.min(Runtime.getRuntime().availableProcessors(), conversions.size());
    if (threads == 0) {
      return 0;
    }
    long records = 0;
    try (ExecutorService workers =
        Executors.newFixedThreadPool(
            threads, Thread.ofPlatform().name("rideau-convert-", 0).factory())) {
      CompletionService<Long> running = new ExecutorCompletionService<>(workers);
      conversions.forEach(running::submit);
      try {
        for (int i = 0; i < conversions.size(); i++) {
          records += running.take().get();
        }
      } catch (ExecutionException failure) {
        stopped = true;
        workers.shutdownNow();
        switch (failure.getCause()) {
          case IOException known -> throw known;
          case RuntimeException known -> throw known;
          case Error known -> throw known;
          case null, default -> throw new IllegalStateException(failure.getCause());
        }
      } catch (InterruptedException interrupted) {
        stopped = true;
        workers.shutdownNow();
        Thread.currentThread().interrupt();
        throw new IOException("interrupted", interrupted);
      }
    }
    return records;
  }

  /// Whether the parts of the trace lie in several folders: then none of them names it.
  private static boolean isMerged(Trace trace) {
    return trace.dataStreams().stream()
            .flatMap(stream -> stream.packets().files().stream())
            .map(Path::getParent)
            .distinct()
            .count()
        > 1;
  }

  /// Where a trace lies below the folder that the user named; with the name of that folder when the
  /// user named several.
  private Path below(Trace trace) {
    Path path = absolute(trace.path());
    for (Path each : named) {
      Path from = absolute(each);
      if (path.startsWith(from)) {
        Path below = from.relativize(path);
        Path name = from.getFileName();
        return named.size() == 1 || name == null ? below : name.resolve(below);
      }
    }
    Path name = path.getFileName();
    return name == null ? Path.of("") : name;
  }

  private static Path absolute(Path path) {
    return path.toAbsolutePath().normalize();
  }

  private static Path unused(Path folder, Path below, Set<Path> used) {
    Path target = folder.resolve(below).normalize();
    for (int i = 2; !used.add(target); i++) {
      target = folder.resolve(below + "-" + i).normalize();
    }
    return target;
  }
}
