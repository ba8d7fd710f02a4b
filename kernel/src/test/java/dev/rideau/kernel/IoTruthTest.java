package dev.rideau.kernel;

import static org.assertj.core.api.Assertions.assertThat;

import dev.rideau.kernel.schema.SyscallTables;
import dev.rideau.kernel.schema.ThreadTables;
import dev.rideau.kernel.testing.FactRows;
import dev.rideau.trace.OpenedTraces;
import dev.rideau.trace.Traces;
import dev.rideau.trace.testing.SharedData;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// Compares the table `io` with what workloads wrote down, and with what the kernel counted for
/// their processes (`/proc/PID/io`, read when they had ended).
@Tag("slow")
@Tag("shared")
final class IoTruthTest {
  /// Calls that the kernel counts as reads and writes: no messages, no splices.
  private static final Set<String> READS =
      Set.of("read", "pread64", "readv", "preadv", "sendfile64", "copy_file_range");

  private static final Set<String> WRITES =
      Set.of("write", "pwrite64", "writev", "pwritev", "sendfile64", "copy_file_range");

  /// An exec reads the begin of the program, of its interpreter and of the loader: that is counted
  /// but is no call.
  private static final long EXEC_READS = 5;

  private static final long EXEC_READ_BYTES = 1_700;

  /// A row of `io`, by column.
  private static final class Rows {
    private final FactTable table;
    private final List<String[]> rows = new ArrayList<>();

    Rows(FactRows all, FactTable table) {
      this.table = table;
      all.of(table).forEach(row -> rows.add(row.split("\t", -1)));
    }

    String text(String[] row, String column) {
      return row[table.indexOf(column)];
    }

    long number(String[] row, String column) {
      String text = text(row, column);
      return text.equals("-") ? 0 : Long.parseLong(text);
    }
  }

  private static FactRows facts(Path folder) throws InterruptedException {
    FactRows rows = new FactRows();
    try (OpenedTraces traces = Traces.open(List.of(folder), _ -> {})) {
      Set<FactTable> wanted =
          Set.of(SyscallTables.IO, ThreadTables.PROCESS, ThreadTables.PROCESS_EXEC);
      KernelExtraction.of(traces).getFirst().run(wanted, 2, rows, _ -> {});
    }
    return rows;
  }

  @Test
  void everyFileHasTheBytesAndCallsThatTheWorkloadCounted()
      throws IOException, InterruptedException {
    Path folder = SharedData.require("data/lttng-kernel/files");
    Map<String, String> expected = new TreeMap<>();
    for (String line : Files.readAllLines(folder.resolve("truth/files.csv"))) {
      if (line.startsWith("/")) {
        List<String> values = List.of(line.split(","));
        expected.put(values.getFirst(), String.join(",", values.subList(1, 5)));
      }
    }
    assertThat(expected).hasSize(2_000);
    Rows io = new Rows(facts(folder.resolve("kernel")), SyscallTables.IO);
    Map<String, long[]> counted = new HashMap<>();
    for (String[] row : io.rows) {
      long[] counts = counted.computeIfAbsent(io.text(row, "name"), _ -> new long[4]);
      int at =
          switch (io.text(row, "operation")) {
            case "write" -> 0;
            case "read" -> 2;
            default -> -1;
          };
      if (at >= 0) {
        counts[at] += io.number(row, "bytes");
        counts[at + 1]++;
      }
    }
    Map<String, String> actual = new TreeMap<>();
    for (String file : expected.keySet()) {
      long[] counts = counted.getOrDefault(file, new long[4]);
      actual.put(file, "%d,%d,%d,%d".formatted(counts[0], counts[1], counts[2], counts[3]));
    }
    assertThat(actual).isEqualTo(expected);
  }

  @ParameterizedTest
  @ValueSource(strings = {"files", "disk", "net", "blocking"})
  void everyProcessHasTheBytesAndCallsThatTheKernelCounted(String name)
      throws IOException, InterruptedException {
    Path folder = SharedData.require("data/lttng-kernel/" + name);
    FactRows facts = facts(folder.resolve("kernel"));
    Map<String, Counts> byPid = countsByPid(facts);
    String pid = "";
    Map<String, Long> truth = new HashMap<>();
    int compared = 0;
    for (String line : Files.readAllLines(folder.resolve("truth.txt"))) {
      if (line.startsWith("pid = ")) {
        pid = line.substring("pid = ".length());
        truth.clear();
      } else if (line.matches("io_\\w+: \\d+")) {
        truth.put(
            line.substring(0, line.indexOf(':')),
            Long.parseLong(line.substring(line.indexOf(' ') + 1)));
        if (truth.size() == 4) {
          compare(byPid.getOrDefault(pid, new Counts()), truth, "process " + pid);
          compared++;
        }
      }
    }
    assertThat(compared).isGreaterThan(2);
  }

  private static void compare(Counts counts, Map<String, Long> truth, String what) {
    assertThat(counts.writeBytes)
        .as("bytes written by %s", what)
        .isEqualTo(truth.getOrDefault("io_wchar", -1L));
    assertThat(counts.writes)
        .as("writes of %s", what)
        .isEqualTo(truth.getOrDefault("io_syscw", -1L));
    assertThat(counts.readBytes)
        .as("bytes read by %s", what)
        .isBetween(
            truth.getOrDefault("io_rchar", -1L) - counts.execs * EXEC_READ_BYTES,
            truth.getOrDefault("io_rchar", -1L));
    assertThat(counts.reads)
        .as("reads of %s", what)
        .isBetween(
            truth.getOrDefault("io_syscr", -1L) - counts.execs * EXEC_READS,
            truth.getOrDefault("io_syscr", -1L));
  }

  /// Sums over a process and those that it forked.
  private static final class Counts {
    private long readBytes;
    private long reads;
    private long writeBytes;
    private long writes;
    private long execs;
  }

  private static Map<String, Counts> countsByPid(FactRows facts) {
    Rows processes = new Rows(facts, ThreadTables.PROCESS);
    Map<String, String> parents = new HashMap<>();
    Map<String, String> pids = new HashMap<>();
    for (String[] row : processes.rows) {
      parents.put(processes.text(row, "upid"), processes.text(row, "parent_upid"));
      pids.put(processes.text(row, "upid"), processes.text(row, "pid"));
    }
    Map<String, Counts> counts = new HashMap<>();
    Rows io = new Rows(facts, SyscallTables.IO);
    for (String[] row : io.rows) {
      String syscall = io.text(row, "syscall");
      for (Counts each : ofAncestors(io.text(row, "upid"), parents, pids, counts)) {
        if (READS.contains(syscall)) {
          each.reads++;
          each.readBytes += io.number(row, "bytes");
        }
        if (WRITES.contains(syscall)) {
          each.writes++;
          each.writeBytes += io.number(row, "bytes");
        }
      }
    }
    Rows execs = new Rows(facts, ThreadTables.PROCESS_EXEC);
    for (String[] row : execs.rows) {
      for (Counts each : ofAncestors(execs.text(row, "upid"), parents, pids, counts)) {
        each.execs++;
      }
    }
    return counts;
  }

  private static List<Counts> ofAncestors(
      String upid, Map<String, String> parents, Map<String, String> pids, Map<String, Counts> all) {
    List<Counts> found = new ArrayList<>();
    for (String each = upid; each != null && pids.containsKey(each); each = parents.get(each)) {
      found.add(all.computeIfAbsent(pids.get(each), _ -> new Counts()));
    }
    return found;
  }
}
