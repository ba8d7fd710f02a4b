package dev.rideau.bench;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// Measures what recording costs: `rideau record` and `perf record` with the same events under the
/// same load, in turn, as a table for `bench/README.md`. Needs root, tracefs, `perf` and GNU
/// `time`.
///
/// The recorder is a process of its own beside the load, so its processor time is all its own, from
/// its start to its end. Events and losses are counted in the files, by `rideau stat` for both.
public final class RecordPeers {
  private static final List<String> SCHEDULER =
      List.of("sched:sched_switch", "sched:sched_waking", "sched:sched_wakeup");
  private static final List<String> SYSTEM_CALLS =
      List.of("sched:sched_switch", "raw_syscalls:sys_enter", "raw_syscalls:sys_exit");

  private enum Load {
    NOTHING("nothing", SCHEDULER, "sleep 100000"),
    PIPE("`perf bench sched pipe`", SCHEDULER, "perf bench sched pipe -l 1000000000"),
    FIND("`find`", SYSTEM_CALLS, "while :; do find /usr /proc -name no-such-name; done"),
    DD("`dd`", SYSTEM_CALLS, "while :; do dd if=/dev/zero of=/dev/null bs=512 count=1000000; done");

    private final String title;
    private final String events;
    private final String command;

    Load(String title, List<String> events, String command) {
      this.title = title;
      this.events = String.join(" ", events);
      this.command = command;
    }
  }

  /// What one recording took.
  ///
  /// @param cpuSeconds user and system time of the recorder
  private record Run(double cpuSeconds, long events, long lost, long bytes) {
    double cpuPerMillion() {
      return cpuSeconds / Math.max(1, events) * 1e6;
    }
  }

  private final String rideau;
  private final int seconds;
  private final Path folder;

  private RecordPeers(String rideau, int seconds, Path folder) {
    this.rideau = rideau;
    this.seconds = seconds;
    this.folder = folder;
  }

  /// @param arguments the launcher, seconds of each recording, rounds
  public static void main(String[] arguments) throws Exception {
    if (arguments.length != 3) {
      System.err.println("usage: RecordPeers RIDEAU SECONDS ROUNDS");
      System.exit(2);
    }
    Path folder = Files.createTempDirectory("rideau-bench");
    try {
      new RecordPeers(arguments[0], Integer.parseInt(arguments[1]), folder)
          .compare(Integer.parseInt(arguments[2]));
    } finally {
      Files.deleteIfExists(folder);
    }
  }

  private void compare(int rounds) throws IOException, InterruptedException {
    System.out.println(
        "| load | recorder | events | CPU s | CPU s a million | of perf's | bytes an event | lost |");
    System.out.println("|---|---|---:|---:|---:|---:|---:|---:|");
    for (Load load : Load.values()) {
      List<Run> ours = new ArrayList<>();
      List<Run> theirs = new ArrayList<>();
      for (int i = 0; i < rounds; i++) {
        ours.add(record(load, true));
        theirs.add(record(load, false));
      }
      double[] ratios = new double[rounds];
      for (int i = 0; i < rounds; i++) {
        ratios[i] = ours.get(i).cpuPerMillion() / theirs.get(i).cpuPerMillion();
      }
      boolean counts = load != Load.NOTHING;
      print(load, "`rideau record`", ours, counts ? median(ratios) : 0);
      print(load, "`perf record`", theirs, 0);
    }
  }

  private static void print(Load load, String recorder, List<Run> runs, double ratio) {
    Run run = median(runs);
    boolean counts = load != Load.NOTHING;
    System.out.println(
        String.format(
            Locale.ROOT,
            "| %s | %s | %,d | %.2f | %s | %s | %s | %,d |",
            load.title,
            recorder,
            run.events(),
            run.cpuSeconds(),
            counts ? "%.3f".formatted(run.cpuPerMillion()) : "",
            ratio > 0 ? "%.0f %%".formatted(100 * ratio) : "",
            counts ? "%.0f".formatted((double) run.bytes() / run.events()) : "",
            run.lost()));
  }

  /// Records while the load runs.
  private Run record(Load load, boolean ours) throws IOException, InterruptedException {
    Path file = folder.resolve(ours ? "trace.dat" : "perf.data");
    Path figures = folder.resolve("time");
    List<String> command =
        new ArrayList<>(List.of("/usr/bin/time", "-f", "%U %S", "-o", figures.toString()));
    command.addAll(
        ours
            ? List.of(rideau, "record", "--no-state-dump", "-o", file.toString())
            : List.of("perf", "record", "-a", "-o", file.toString()));
    for (String event : load.events.split(" ", -1)) {
      command.addAll(List.of("-e", event));
    }
    command.addAll(List.of("--", "sleep", Integer.toString(seconds)));
    Process work = start("setsid", "sh", "-c", load.command);
    try {
      Process recorder = start(command.toArray(String[]::new));
      if (recorder.waitFor() != 0) {
        throw new IOException("failed: " + String.join(" ", command));
      }
      stop(work);
      String[] times = Files.readString(figures).strip().split(" ", 2);
      String stat = output(rideau, "stat", "--json", file.toString());
      return new Run(
          Double.parseDouble(times[0]) + Double.parseDouble(times[1]),
          number(stat, "records"),
          number(stat, "discarded_events"),
          Files.size(file));
    } finally {
      stop(work);
      Files.deleteIfExists(file);
      Files.deleteIfExists(figures);
    }
  }

  /// Ends the load with all its children: it leads a session of its own.
  private static void stop(Process work) throws IOException, InterruptedException {
    if (work.isAlive()) {
      start("kill", "-KILL", "--", "-" + work.pid()).waitFor();
      work.waitFor(10, TimeUnit.SECONDS);
    }
  }

  private static Process start(String... command) throws IOException {
    return new ProcessBuilder(command)
        .redirectOutput(ProcessBuilder.Redirect.DISCARD)
        .redirectError(ProcessBuilder.Redirect.DISCARD)
        .start();
  }

  private static String output(String... command) throws IOException {
    Process process =
        new ProcessBuilder(command).redirectError(ProcessBuilder.Redirect.DISCARD).start();
    return new String(
        process.getInputStream().readAllBytes(), java.nio.charset.StandardCharsets.UTF_8);
  }

  /// The first member of that name.
  private static long number(String json, String name) {
    Matcher matcher = Pattern.compile("\"" + name + "\": (\\d+)").matcher(json);
    return matcher.find() ? Long.parseLong(matcher.group(1)) : 0;
  }

  /// The run in the middle by its cost.
  private static Run median(List<Run> runs) {
    List<Run> sorted = new ArrayList<>(runs);
    sorted.sort((a, b) -> Double.compare(a.cpuPerMillion(), b.cpuPerMillion()));
    return sorted.get(sorted.size() / 2);
  }

  private static double median(double[] values) {
    double[] sorted = values.clone();
    Arrays.sort(sorted);
    int middle = sorted.length / 2;
    return sorted.length % 2 == 1 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2;
  }
}
