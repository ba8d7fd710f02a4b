package dev.rideau.bench;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// Times whole processes against babeltrace2, in turn, and prints a table for `bench/README.md`.
///
/// Each figure is the median of the runs; the ratio is the median of the ratios of neighbouring
/// runs, so that a machine that is slow for a while is slow for both. Needs GNU `time` and
/// `babeltrace2`.
public final class ComparePeers {
  private static final String GNU_TIME = "/usr/bin/time";

  private final Path folder;
  private final int runs;

  private ComparePeers(Path folder, int runs) {
    this.folder = folder;
    this.runs = runs;
  }

  /// Wall time, processor time (user and system) and peak of resident memory of one process.
  private record Usage(double wallSeconds, double cpuSeconds, double residentMib) {}

  private record Comparison(String name, List<String> ours, List<String> theirs, long records) {}

  /// @param arguments the launcher, folder of the generated traces, runs, `small` to leave the
  ///   largest trace out or `readers` for recordings of the kernel against perf and trace-cmd
  public static void main(String[] arguments) throws Exception {
    if (arguments.length < 2) {
      System.err.println("usage: ComparePeers RIDEAU DIR [RUNS [small | readers]]");
      System.exit(2);
    }
    String rideau = arguments[0];
    ComparePeers comparer =
        new ComparePeers(
            Path.of(arguments[1]), arguments.length > 2 ? Integer.parseInt(arguments[2]) : 5);
    String what = arguments.length > 3 ? arguments[3] : "";
    if (what.equals("readers")) {
      comparer.compareReaders(rideau);
    } else {
      comparer.compareAll(rideau, what.equals("small"));
    }
  }

  /// The same pipe benchmark recorded by Rideau and by perf, read by us and by those who wrote the
  /// formats.
  private void compareReaders(String rideau) throws Exception {
    Files.createDirectories(folder);
    String traceDat = folder.resolve("pipe.dat").toString();
    String perfData = folder.resolve("pipe.perf.data").toString();
    List<String> workload = List.of("--", "perf", "bench", "sched", "pipe", "-l", "400000");
    record(
        traceDat,
        List.of(
            rideau,
            "record",
            "--no-state-dump",
            "--buffer",
            "64M",
            "-e",
            "sched:*",
            "-o",
            traceDat),
        workload);
    record(
        perfData,
        List.of("perf", "record", "-q", "-a", "-R", "-m", "4096", "-e", "sched:*", "-o", perfData),
        workload);
    printHead("peer");
    long inTraceDat = records(rideau, traceDat);
    List<String> report = List.of("trace-cmd", "report", "-t", "-N", traceDat);
    compare(
        new Comparison(
            "`stat` against `trace-cmd report`",
            List.of(rideau, "stat", traceDat),
            report,
            inTraceDat));
    compare(
        new Comparison(
            "`cat` against `trace-cmd report`",
            List.of(rideau, "cat", traceDat),
            report,
            inTraceDat));
    long inPerfData = records(rideau, perfData);
    List<String> script = List.of("perf", "script", "-i", perfData);
    compare(
        new Comparison(
            "`stat` against `perf script`", List.of(rideau, "stat", perfData), script, inPerfData));
    compare(
        new Comparison(
            "`cat` against `perf script`", List.of(rideau, "cat", perfData), script, inPerfData));
  }

  private static void record(String file, List<String> recorder, List<String> workload)
      throws IOException, InterruptedException {
    if (Files.exists(Path.of(file))) {
      return;
    }
    List<String> command = new ArrayList<>(recorder);
    command.addAll(workload);
    Process process =
        new ProcessBuilder(command)
            .redirectOutput(ProcessBuilder.Redirect.DISCARD)
            .redirectError(ProcessBuilder.Redirect.INHERIT)
            .start();
    if (process.waitFor() != 0) {
      throw new IOException("cannot record: " + String.join(" ", command));
    }
  }

  private static long records(String rideau, String trace)
      throws IOException, InterruptedException {
    Process process =
        new ProcessBuilder(rideau, "stat", trace)
            .redirectError(ProcessBuilder.Redirect.DISCARD)
            .start();
    String text = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    process.waitFor();
    Matcher found = Pattern.compile("event records +([0-9,]+)").matcher(text);
    return found.find() ? Long.parseLong(found.group(1).replace(",", "")) : 0;
  }

  private static void printHead(String peer) {
    System.out.printf(
        "| comparison | records | rideau s | %s s | ratio | rideau CPU s | %s CPU s | rideau MiB"
            + " |%n",
        peer, peer);
    System.out.println("|---|---:|---:|---:|---:|---:|---:|---:|");
  }

  private void compareAll(String rideau, boolean small) throws Exception {
    List<Comparison> comparisons = new ArrayList<>();
    comparisons.add(stat(rideau, "simple", 11_000_000));
    comparisons.add(cat(rideau, "simple", 11_000_000));
    comparisons.add(stat(rideau, "kernel", 8_000_000));
    comparisons.add(cat(rideau, "kernel", 8_000_000));
    if (!small) {
      comparisons.add(stat(rideau, "simple", 110_000_000));
    }
    printHead("babeltrace2");
    for (Comparison comparison : comparisons) {
      compare(comparison);
    }
  }

  private Comparison stat(String rideau, String shape, long records) throws Exception {
    String trace = generated(shape, records);
    return new Comparison(
        "`stat` against `-o dummy`, " + shape,
        List.of(rideau, "stat", trace),
        List.of("babeltrace2", "-o", "dummy", trace),
        records);
  }

  private Comparison cat(String rideau, String shape, long records) throws Exception {
    String trace = generated(shape, records);
    return new Comparison(
        "`cat` against text, " + shape,
        List.of(rideau, "cat", trace),
        List.of("babeltrace2", trace),
        records);
  }

  private String generated(String shape, long records) throws Exception {
    Path trace = folder.resolve(shape + "-" + records);
    if (!Files.exists(trace)) {
      System.err.println("generating " + trace);
      Files.createDirectories(folder);
      GenerateTrace.generate(shape, trace, records, 4);
    }
    return trace.toString();
  }

  private void compare(Comparison comparison) throws IOException, InterruptedException {
    List<Usage> ours = new ArrayList<>();
    List<Usage> theirs = new ArrayList<>();
    run(comparison.ours());
    for (int i = 0; i < runs; i++) {
      ours.add(run(comparison.ours()));
      theirs.add(run(comparison.theirs()));
    }
    double[] ratios = new double[runs];
    for (int i = 0; i < runs; i++) {
      ratios[i] = theirs.get(i).wallSeconds() / ours.get(i).wallSeconds();
    }
    System.out.println(
        String.format(
            Locale.ROOT,
            "| %s | %,d | %.2f | %.2f | %.1f | %.2f | %.2f | %.0f |",
            comparison.name(),
            comparison.records(),
            median(ours.stream().mapToDouble(Usage::wallSeconds).toArray()),
            median(theirs.stream().mapToDouble(Usage::wallSeconds).toArray()),
            median(ratios),
            median(ours.stream().mapToDouble(Usage::cpuSeconds).toArray()),
            median(theirs.stream().mapToDouble(Usage::cpuSeconds).toArray()),
            median(ours.stream().mapToDouble(Usage::residentMib).toArray())));
  }

  private static Usage run(List<String> command) throws IOException, InterruptedException {
    Path figures = Files.createTempFile("rideau-bench", ".time");
    try {
      List<String> timed =
          new ArrayList<>(List.of(GNU_TIME, "-f", "%U %S %M", "-o", figures.toString()));
      timed.addAll(command);
      long started = System.nanoTime();
      Process process =
          new ProcessBuilder(timed)
              .redirectOutput(ProcessBuilder.Redirect.DISCARD)
              .redirectError(ProcessBuilder.Redirect.DISCARD)
              .start();
      int code = process.waitFor();
      double wallSeconds = (System.nanoTime() - started) / 1e9;
      if (code != 0) {
        throw new IOException("exit code " + code + ": " + String.join(" ", command));
      }
      String[] parts = Files.readString(figures).strip().split(" ");
      return new Usage(
          wallSeconds,
          Double.parseDouble(parts[0]) + Double.parseDouble(parts[1]),
          Double.parseDouble(parts[2]) / 1024);
    } finally {
      Files.deleteIfExists(figures);
    }
  }

  private static double median(double[] values) {
    double[] sorted = values.clone();
    Arrays.sort(sorted);
    int middle = sorted.length / 2;
    return sorted.length % 2 == 1 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2;
  }
}
