package dev.rideau.bench;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Stream;

/// Runs the tracer, LTTng-UST (in C), JFR and plain logging in turn, with the same event, and
/// prints a table for `bench/README.md`.
///
/// Each process emits in several rounds, of which the first ones warm up; a figure is the median of
/// the other rounds of all processes. The time of the emitting processor is what an event costs its
/// thread, whatever else the machine does; the time of the clock contains the wait for the consumer
/// and for other programs. Rows marked LTTng need gcc, liblttng-ust-dev and lttng-tools; they are
/// left out where those are missing. LTTng blocks when its buffers are full, as the tracer does
/// here, so that neither loses an event.
public final class TracerPeers {
  private static final int ROUNDS = 7;
  private static final int WARM_UP = 3;
  private static final long DAEMON_NS = 10_000_000_000L;

  private final Path folder;
  private final Path sources;
  private final long events;
  private final Map<String, List<Double>> wall = new LinkedHashMap<>();
  private final Map<String, List<Double>> cpu = new LinkedHashMap<>();
  private final Map<String, Double> bytes = new LinkedHashMap<>();
  private final Map<String, Long> lost = new LinkedHashMap<>();
  private final Map<String, List<Double>> consumer = new LinkedHashMap<>();

  private TracerPeers(Path folder, Path sources, long events) {
    this.folder = folder;
    this.sources = sources;
    this.events = events;
  }

  /// @param arguments folder for traces (in memory), folder of the C sources, processes of each
  ///   kind, events of each thread and round
  public static void main(String[] arguments) throws Exception {
    if (arguments.length < 4) {
      System.err.println("usage: TracerPeers DIR C_SOURCES PROCESSES EVENTS");
      System.exit(2);
    }
    TracerPeers peers =
        new TracerPeers(Path.of(arguments[0]), Path.of(arguments[1]), Long.parseLong(arguments[3]));
    peers.run(Integer.parseInt(arguments[2]));
  }

  private void run(int processes) throws Exception {
    Files.createDirectories(folder);
    Path emit = folder.resolve("emit");
    boolean lttng = build(emit);
    for (int i = 0; i < processes; i++) {
      ours("tracer, 1 thread", "rideau", 1, events);
      if (lttng) {
        lttng("LTTng-UST (C), 1 thread", emit, 1);
      }
      ours("tracer, 1 thread, system clock", "rideau", 1, events, "-Drideau.trace.clock=system");
      ours("System.nanoTime alone", "clock", 1, events);
      ours("System.nanoTime and two atomic operations", "atomics", 1, events);
      ours("tracer, flight recorder, 1 thread", "flight", 1, events);
      ours("tracer, flight recorder, 2 threads", "flight", 2, events);
      ours("tracer, records, 1 thread", "records", 1, events);
      ours("JFR, 1 thread", "jfr", 1, events);
      ours("tracer, 2 threads", "rideau", 2, events);
      if (lttng) {
        lttng("LTTng-UST (C), 2 threads", emit, 2);
      }
      ours("JFR, 2 threads", "jfr", 2, events);
      ours("tracer, 1,000 virtual threads", "rideau", -1000, events / 500);
      ours("JFR, 1,000 virtual threads", "jfr", -1000, events / 500);
      ours("java.util.logging to a file, 1 thread", "logging", 1, events / 10);
      ours("tracer, disabled", "disabled", 1, events * 20);
      ours("loop without events", "empty", 1, events * 20);
    }
    System.out.println(
        "| | CPU ns an event | least | clock ns an event | consumer CPU ns an event | bytes an event"
            + " | lost |");
    System.out.println("|---|---:|---:|---:|---:|---:|---:|");
    cpu.forEach((name, figures) ->
        System.out.println(
            String.format(
                Locale.ROOT,
                "| %s | %.1f | %.1f | %.1f | %s | %s | %s |",
                name,
                median(figures),
                figures.stream().mapToDouble(Double::doubleValue).min().orElseThrow(),
                median(wall, name),
                consumer.containsKey(name)
                    ? String.format(Locale.ROOT, "%.1f", median(consumer.get(name)))
                    : "",
                bytes.containsKey(name) ? String.format(Locale.ROOT, "%.1f", bytes.get(name)) : "",
                lost.containsKey(name) ? lost.get(name) : "")));
    System.out.println();
    System.out.println("| events of 2 threads for those of 1 | by the clock | by processor time |");
    System.out.println("|---|---:|---:|");
    for (String name : wall.keySet()) {
      if (name.endsWith("1 thread") && wall.containsKey(twoThreads(name))) {
        System.out.println(
            String.format(
                Locale.ROOT,
                "| %s | %.2f | %.2f |",
                name.substring(0, name.indexOf(", 1 thread")),
                2 * median(wall, name) / median(wall, twoThreads(name)),
                2 * median(cpu, name) / median(cpu, twoThreads(name))));
      }
    }
  }

  private static String twoThreads(String oneThread) {
    return oneThread.replace("1 thread", "2 threads");
  }

  private static double median(Map<String, List<Double>> figures, String name) {
    return median(figures.getOrDefault(name, List.of()));
  }

  private static double median(List<Double> figures) {
    double[] sorted = figures.stream().mapToDouble(Double::doubleValue).sorted().toArray();
    return sorted[sorted.length / 2];
  }

  private void ours(String name, String what, int threads, long each) throws Exception {
    ours(name, what, threads, each, "-Xmx512m");
  }

  private void ours(String name, String what, int threads, long each, String option)
      throws Exception {
    List<String> command =
        List.of(
            Path.of(System.getProperty("java.home"), "bin", "java").toString(),
            "-Xmx512m",
            option,
            "--enable-native-access=ALL-UNNAMED",
            "-cp",
            System.getProperty("java.class.path"),
            TracerEmit.class.getName(),
            what,
            Integer.toString(threads),
            Long.toString(each),
            Integer.toString(ROUNDS),
            folder.resolve("ours").toString());
    String output = output(command, Map.of());
    take(name, output);
    for (String line : output.lines().toList()) {
      if (line.startsWith("bytes ")) {
        bytes.put(name, Double.parseDouble(line.substring(6)) / each / Math.abs(threads) / ROUNDS);
      } else if (line.startsWith("lost ")) {
        lost.merge(name, Long.parseLong(line.substring(5)), Long::sum);
      } else if (line.startsWith("consumer_ns ")) {
        long events = each * Math.abs(threads) * ROUNDS;
        consumer
            .computeIfAbsent(name, _ -> new ArrayList<>())
            .add(Double.parseDouble(line.substring(12)) / events);
      }
    }
  }

  private void lttng(String name, Path emit, int threads) throws Exception {
    Path home = Files.createDirectories(folder.resolve("home"));
    Path trace = folder.resolve("lttng");
    Map<String, String> variables =
        Map.of(
            "LTTNG_HOME", home.toString(),
            "LTTNG_UST_ALLOW_BLOCKING", "1",
            "LTTNG_UST_REGISTER_TIMEOUT", "-1");
    Process daemon = start(List.of("lttng-sessiond", "--no-kernel"), variables);
    try {
      awaitDaemon(variables);
      plain(variables, "lttng", "create", "bench", "--output=" + trace);
      plain(
          variables,
          "lttng",
          "enable-channel",
          "--userspace",
          "--blocking-timeout=inf",
          "--subbuf-size=1M",
          "--num-subbuf=4",
          "channel");
      plain(variables, "lttng", "enable-event", "--userspace", "--channel=channel", "bench:*");
      plain(variables, "lttng", "start");
      long before = processorNs(daemon);
      take(
          name,
          output(
              List.of(
                  emit.toString(),
                  Integer.toString(threads),
                  Long.toString(events),
                  Integer.toString(ROUNDS)),
              variables));
      plain(variables, "lttng", "destroy", "bench");
      consumer
          .computeIfAbsent(name, _ -> new ArrayList<>())
          .add((double) (processorNs(daemon) - before) / events / threads / ROUNDS);
      try (Stream<Path> files = Files.walk(trace)) {
        long total =
            files
                .filter(file -> file.getFileName().toString().startsWith("channel_"))
                .filter(file -> !file.toString().endsWith(".idx"))
                .mapToLong(file -> file.toFile().length())
                .sum();
        bytes.put(name, (double) total / events / threads / ROUNDS);
      }
    } finally {
      daemon.destroy();
      daemon.waitFor();
      TraceFolders.delete(trace);
    }
  }

  // The daemon takes commands when it answers one.
  private static void awaitDaemon(Map<String, String> variables) throws Exception {
    long deadline = System.nanoTime() + DAEMON_NS;
    while (true) {
      try {
        plain(variables, "lttng", "list");
        return;
      } catch (IOException notYet) {
        if (System.nanoTime() > deadline) {
          throw notYet;
        }
        Thread.sleep(50);
      }
    }
  }

  // Of the session daemon and the consumers that it started.
  private static long processorNs(Process daemon) {
    return Stream.concat(Stream.of(daemon.toHandle()), daemon.descendants())
        .mapToLong(each -> each.info().totalCpuDuration().map(Duration::toNanos).orElse(0L))
        .sum();
  }

  private boolean build(Path emit) throws InterruptedException {
    try {
      plain(
          Map.of(),
          "gcc",
          "-O2",
          "-I" + sources,
          "-o",
          emit.toString(),
          sources.resolve("emit.c").toString(),
          "-llttng-ust",
          "-ldl",
          "-lpthread");
      plain(Map.of(), "lttng", "--version");
      return true;
    } catch (IOException absent) {
      System.err.println("LTTng is left out: " + absent.getMessage());
      return false;
    }
  }

  private static void plain(Map<String, String> variables, String... command)
      throws IOException, InterruptedException {
    Process process = start(List.of(command), variables);
    String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    if (process.waitFor() != 0) {
      throw new IOException(String.join(" ", command) + ": " + output);
    }
  }

  private String output(List<String> command, Map<String, String> variables) throws Exception {
    Process process = start(command, variables);
    String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    if (process.waitFor() != 0) {
      throw new IOException(String.join(" ", command) + ": " + output);
    }
    return output;
  }

  private static Process start(List<String> command, Map<String, String> variables)
      throws IOException {
    ProcessBuilder builder = new ProcessBuilder(command).redirectErrorStream(true);
    builder.environment().putAll(variables);
    return builder.start();
  }

  private void take(String name, String output) {
    output
        .lines()
        .filter(line -> line.matches("[0-9.]+ [0-9.]+"))
        .skip(WARM_UP)
        .forEach(line -> {
          int blank = line.indexOf(' ');
          wall.computeIfAbsent(name, _ -> new ArrayList<>())
              .add(Double.valueOf(line.substring(0, blank)));
          cpu.computeIfAbsent(name, _ -> new ArrayList<>())
              .add(Double.valueOf(line.substring(blank + 1)));
        });
  }
}
