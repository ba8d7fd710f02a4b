package dev.rideau.record;

import dev.rideau.ftrace.TraceDatWriter;
import dev.rideau.record.internal.linux.LinuxCalls;
import dev.rideau.record.internal.state.StateDump;
import dev.rideau.record.internal.tracefs.CpuCounts;
import dev.rideau.record.internal.tracefs.CpuMover;
import dev.rideau.record.internal.tracefs.Instance;
import dev.rideau.record.internal.tracefs.RecordingInstance;
import dev.rideau.record.internal.tracefs.Tracefs;
import java.io.IOException;
import java.lang.foreign.Arena;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/// Records into the kernel's memory only, where the newest events replace the oldest. A snapshot
/// writes what is there to a file, and the recording goes on.
///
/// A snapshot takes the events out of memory: the next one begins where this one ends.
public final class FlightRecorder implements AutoCloseable {
  private final RecordingOptions options;
  private final RecordingInstance instance;

  private FlightRecorder(RecordingOptions options, RecordingInstance instance) {
    this.options = options;
    this.instance = instance;
  }

  /// Starts to record.
  ///
  /// @param options [RecordingOptions#output()] is not written
  /// @throws RecordException when this machine cannot be recorded; nothing is left behind then
  public static FlightRecorder start(RecordingOptions options) {
    RecordingInstance instance = RecordingInstance.create(options, true);
    try {
      instance.tracing(true);
      return new FlightRecorder(options, instance);
    } catch (RuntimeException | Error failure) {
      instance.close();
      throw failure;
    }
  }

  /// Writes what is in memory to a new file.
  public synchronized RecordingSummary snapshot(Path file) {
    final long startNs = System.nanoTime();
    long before = 0;
    long after = 0;
    List<Path> parts = new ArrayList<>();
    try (TraceDatWriter writer =
        TraceDatWriter.create(file, instance.metadata(options.recorder()))) {
      long mostBytes = options.bufferKb() * 1024L * 2;
      // The time of the whole dump: what ran last did not run on while we looked around. Later, the
      // oldest events may be newer than this: what the metadata needs takes its time.
      long dumpTime = instance.clock().now();
      for (int cpu : instance.cpus()) {
        before += instance.counts(cpu).read();
        parts.add(writer.part(cpu));
        CpuMover.drain(
            cpu, instance.instance().folder(), writer.part(cpu), instance.pageBytes(), mostBytes);
        CpuCounts counts = instance.counts(cpu);
        after += counts.read();
        writer.putStatistics(cpu, counts.withoutOverrun());
      }
      String comms = instance.instance().tracefs().text("saved_cmdlines");
      if (options.stateDump()) {
        StateDump dump = new StateDump(instance.pageBytes(), () -> dumpTime);
        dump.run();
        writer.putState(dump.pages());
        comms = Comms.merge(dump.comms(), comms);
      }
      writer.putComms(comms);
      for (int cpu : instance.cpus()) {
        writer.finishCpu(cpu, CpuMover.leftoverBytes(writer.part(cpu), instance.pageBytes()));
      }
      return new RecordingSummary(
          file,
          after - before,
          0,
          0,
          Files.size(file),
          System.nanoTime() - startNs,
          Recording.cpuNs());
    } catch (IOException failure) {
      parts.add(file);
      parts.forEach(FlightRecorder::delete);
      throw new RecordException(
          "the snapshot cannot be written (%s), nothing was kept".formatted(failure.getMessage()),
          "Check the folder of %s and the space on its disk.".formatted(file),
          failure);
    }
  }

  /// Half a snapshot only fills the disk. Devices stay.
  private static void delete(Path file) {
    try {
      if (Files.isRegularFile(file)) {
        Files.delete(file);
      }
    } catch (IOException _) {
      // Why it could not be written says more.
    }
  }

  /// The names of events that a pattern asks for, but that lack a field of its filter: they are not
  /// recorded.
  public List<String> leftOut() {
    return instance.leftOut();
  }

  /// Process ids of the flight recorders that run on this machine.
  public static List<Long> running() {
    return Instance.flightRecorders(Tracefs.find());
  }

  /// Asks a running flight recorder for a snapshot.
  ///
  /// @return whether it could be asked
  public static boolean ask(long pid) {
    try (Arena arena = Arena.ofConfined()) {
      return new LinuxCalls(arena).kill((int) pid, LinuxCalls.SIGUSR1);
    }
  }

  @Override
  public synchronized void close() {
    instance.close();
  }
}
