package dev.rideau.bench;

import com.sun.management.OperatingSystemMXBean;
import dev.rideau.ctf.CtfTraceReader;
import dev.rideau.kernel.FactTable;
import dev.rideau.kernel.FactTables;
import dev.rideau.kernel.KernelExtraction;
import dev.rideau.trace.BlockCursor;
import dev.rideau.trace.DataStream;
import dev.rideau.trace.OpenedTraces;
import dev.rideau.trace.Projection;
import dev.rideau.trace.RecordBlock;
import dev.rideau.trace.Traces;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.concurrent.atomic.LongAdder;
import java.util.stream.Collectors;

/// Measures the way from a kernel trace to its fact tables, and prints a table for
/// `bench/README.md`.
///
/// ```
/// MeasureFacts compare RIDEAU TRACE   whole processes, each alone
/// MeasureFacts extract TRACE [RUNS]   the extraction in this process, rows thrown away
/// ```
public final class MeasureFacts {
  private static final String GNU_TIME = "/usr/bin/time";
  private static final Path PEER = Path.of("/usr/bin/lttng-cputop");
  private static final double NANOS = 1e9;

  private MeasureFacts() {}

  /// @param arguments what to do, see the class
  public static void main(String[] arguments) throws Exception {
    if (arguments.length == 3 && arguments[0].equals("compare")) {
      compare(arguments[1], Path.of(arguments[2]));
    } else if (arguments.length >= 2 && arguments[0].equals("extract")) {
      extract(Path.of(arguments[1]), arguments.length > 2 ? Integer.parseInt(arguments[2]) : 1);
    } else {
      System.err.println("usage: MeasureFacts compare RIDEAU TRACE | extract TRACE [RUNS]");
      System.exit(2);
    }
  }

  private static void compare(String rideau, Path trace) throws Exception {
    long events = count(trace);
    System.out.printf(Locale.ROOT, "%s: %,d events%n%n", trace.getFileName(), events);
    System.out.println("| way | s | CPU s | million events a second | CPU ns an event | MiB |");
    System.out.println("|---|---:|---:|---:|---:|---:|");
    String java = ProcessHandle.current().info().command().orElse("java");
    run(
        "facts of all tables, thrown away",
        events,
        List.of(
            java,
            "-Xmx192m",
            "-XX:TieredStopAtLevel=1",
            "-XX:+UseSerialGC",
            "-XX:+UseCompactObjectHeaders",
            "--enable-native-access=ALL-UNNAMED",
            "-cp",
            System.getProperty("java.class.path"),
            MeasureFacts.class.getName(),
            "extract",
            trace.toString()));
    run(
        "facts of all tables, in files",
        events,
        List.of(rideau, "sql", trace.toString(), "--no-cache", rowsOfAll()));
    run(
        "`rideau report cpu`, no cache",
        events,
        List.of(rideau, "report", "cpu", trace.toString(), "--no-cache"));
    run(
        "`rideau explain`, no cache",
        events,
        List.of(rideau, "explain", trace.toString(), "--no-cache"));
    List<String> cached = List.of(rideau, "report", "cpu", trace.toString());
    new ProcessBuilder(cached)
        .redirectOutput(ProcessBuilder.Redirect.DISCARD)
        .redirectError(ProcessBuilder.Redirect.INHERIT)
        .start()
        .waitFor();
    run("`rideau report cpu`, from the cache", events, cached);
    if (Files.isExecutable(PEER)) {
      // The peer looks for the tracer's version in a folder of this name only.
      Path folder = Files.createTempDirectory("rideau-bench");
      Path copy = folder.resolve("kernel");
      new ProcessBuilder(
              rideau,
              "convert",
              trace.toString(),
              "-o",
              copy.toString(),
              "--event=!lttng_statedump_file_descriptor")
          .inheritIO()
          .start()
          .waitFor();
      // The copy of a folder of traces is such a folder.
      Path inner = copy.resolve("kernel");
      Path given = Files.isDirectory(inner) ? inner : folder;
      run("`lttng-cputop`", events, List.of(PEER.toString(), "--no-progress", given.toString()));
    }
  }

  private static String rowsOfAll() {
    return FactTables.ALL.stream()
        .map(table -> "(SELECT count(*) FROM \"" + table.name() + "\")")
        .collect(Collectors.joining(" + ", "SELECT ", ""));
  }

  private static void run(String way, long events, List<String> command)
      throws IOException, InterruptedException {
    Path figures = Files.createTempFile("rideau-bench", ".time");
    try {
      List<String> timed =
          new ArrayList<>(List.of(GNU_TIME, "-f", "%e %U %S %M", "-o", figures.toString()));
      timed.addAll(command);
      int code =
          new ProcessBuilder(timed)
              .redirectOutput(ProcessBuilder.Redirect.DISCARD)
              .redirectError(ProcessBuilder.Redirect.INHERIT)
              .start()
              .waitFor();
      if (code != 0) {
        System.out.println("| " + way + " | failed with " + code + " | | | | |");
        return;
      }
      String[] parts = Files.readString(figures).strip().split(" ");
      double wall = Double.parseDouble(parts[0]);
      double cpu = Double.parseDouble(parts[1]) + Double.parseDouble(parts[2]);
      System.out.println(
          String.format(
              Locale.ROOT,
              "| %s | %.2f | %.2f | %.2f | %.0f | %.0f |",
              way,
              wall,
              cpu,
              events / wall / 1e6,
              cpu * NANOS / events,
              Double.parseDouble(parts[3]) / 1024));
    } finally {
      Files.deleteIfExists(figures);
    }
  }

  private static OpenedTraces open(Path trace) {
    return Traces.open(List.of(trace), List.of(new CtfTraceReader()), System.err::println);
  }

  private static long count(Path trace) {
    long events = 0;
    try (OpenedTraces traces = open(trace)) {
      for (DataStream stream : traces.dataStreams()) {
        try (BlockCursor cursor =
            stream.cursor(0, stream.packets().size(), Projection.TIMESTAMPS, System.err::println)) {
          for (RecordBlock block = cursor.next(); block != null; block = cursor.next()) {
            events += block.size();
          }
        }
      }
    }
    return events;
  }

  private static void extract(Path trace, int runs) throws InterruptedException {
    OperatingSystemMXBean system = ManagementFactory.getPlatformMXBean(OperatingSystemMXBean.class);
    long events = runs > 1 ? count(trace) : 0;
    for (int i = 0; i < runs; i++) {
      LongAdder rows = new LongAdder();
      long began = System.nanoTime();
      long cpuBegan = system.getProcessCpuTime();
      try (OpenedTraces traces = open(trace)) {
        for (KernelExtraction machine : KernelExtraction.of(traces)) {
          Set<FactTable> all = Set.copyOf(FactTables.ALL);
          int threads = Runtime.getRuntime().availableProcessors();
          machine.run(all, threads, batch -> rows.add(batch.size()), _ -> {});
        }
      }
      double cpu = (system.getProcessCpuTime() - cpuBegan) / NANOS;
      System.out.printf(
          Locale.ROOT,
          "%,d rows, %.2f s, %.2f CPU s, %.0f CPU ns an event%n",
          rows.sum(),
          (System.nanoTime() - began) / NANOS,
          cpu,
          events == 0 ? Double.NaN : cpu * NANOS / events);
    }
  }
}
