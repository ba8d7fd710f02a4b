package dev.rideau.record;

import dev.rideau.ftrace.BusyFileException;
import dev.rideau.ftrace.RecordingMetadata;
import dev.rideau.ftrace.TraceDatWriter;
import dev.rideau.record.internal.state.StateDump;
import dev.rideau.record.internal.tracefs.CpuCounts;
import dev.rideau.record.internal.tracefs.CpuMover;
import dev.rideau.record.internal.tracefs.RecordingInstance;
import dev.rideau.record.internal.tracefs.Tracefs;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/// A recording that runs: events go to a file until somebody finishes it.
///
/// Pages of the kernel's ring buffers are moved by one thread for each CPU. When the process is
/// killed, the pages moved so far stay readable and the next recorder removes the instance.
public final class Recording implements AutoCloseable {
  private static final long NOTE_NS = 1_000_000_000;

  private final RecordingOptions options;
  private final RecordingInstance instance;
  private final TraceDatWriter writer;
  private final List<CpuMover> movers = new ArrayList<>();
  private final long startNs;
  private long notedNs;
  private String comms = "";
  private boolean finished;

  private Recording(RecordingOptions options, RecordingInstance instance, TraceDatWriter writer) {
    this.options = options;
    this.instance = instance;
    this.writer = writer;
    startNs = System.nanoTime();
    notedNs = startNs;
  }

  /// Starts to record.
  ///
  /// @throws RecordException when this machine cannot be recorded, or another recording writes to
  ///   the file; nothing is left behind then
  public static Recording start(RecordingOptions options) {
    RecordingInstance instance = RecordingInstance.create(options, false);
    try {
      TraceDatWriter writer = create(options, instance);
      Recording recording = new Recording(options, instance, writer);
      try {
        recording.run();
      } catch (IOException | RuntimeException | Error failure) {
        recording.close();
        recording.deleteFiles();
        throw failure;
      }
      return recording;
    } catch (IOException failure) {
      instance.close();
      throw cannotWrite(options, failure);
    } catch (RuntimeException | Error failure) {
      instance.close();
      throw failure;
    }
  }

  private static TraceDatWriter create(RecordingOptions options, RecordingInstance instance)
      throws IOException {
    RecordingMetadata metadata = instance.metadata(options.recorder());
    try {
      return TraceDatWriter.create(options.output(), metadata);
    } catch (BusyFileException busy) {
      throw new RecordException(
          "another recording writes to %s".formatted(options.output()),
          "Wait until it ends, or give another file with -o.",
          busy);
    } catch (IOException failure) {
      // Half of the metadata is of no use to anybody.
      deleteOutput(options);
      throw failure;
    }
  }

  /// Of what has only just begun nothing is worth the disk.
  private void deleteFiles() throws IOException {
    for (int cpu : instance.cpus()) {
      Files.deleteIfExists(writer.part(cpu));
    }
    deleteOutput(options);
  }

  /// Devices stay.
  private static void deleteOutput(RecordingOptions options) throws IOException {
    if (Files.isRegularFile(options.output())) {
      Files.delete(options.output());
    }
  }

  private static RecordException cannotWrite(RecordingOptions options, IOException failure) {
    return new RecordException(
        "the recording cannot be written (%s), nothing was kept".formatted(failure.getMessage()),
        "Check the folder of %s and the space on its disk.".formatted(options.output()),
        failure);
  }

  private void run() throws IOException {
    for (int cpu : instance.cpus()) {
      movers.add(
          CpuMover.start(
              cpu, instance.instance().folder(), writer.part(cpu), instance.pageBytes()));
    }
    instance.tracing(true);
    if (options.stateDump()) {
      StateDump dump = new StateDump(instance.pageBytes(), instance.clock()::now);
      dump.run();
      writer.putState(dump.pages());
      comms = dump.comms();
      writer.putComms(comms);
    }
  }

  /// Writes down the names of tasks that became known, at most once a second: a recorder that is
  /// killed cannot do it at the end, and the kernel forgets.
  ///
  /// @return whether it was time for it
  public boolean noteNames() {
    long now = System.nanoTime();
    if (now - notedNs < NOTE_NS) {
      return false;
    }
    notedNs = now;
    comms = Comms.merge(comms, instance.instance().tracefs().text("saved_cmdlines"));
    try {
      writer.putComms(comms);
    } catch (IOException _) {
      // A full disk: who moves pages notices, and the names that are there stay.
    }
    return true;
  }

  /// Whether any of the tasks that the recording is restricted to, or of the children they got, is
  /// still there; true where it is not restricted.
  public boolean hasTasks() {
    return instance.hasTasks();
  }

  /// Bytes moved so far.
  public long movedBytes() {
    long sum = 0;
    for (CpuMover mover : movers) {
      sum += mover.movedBytes();
    }
    return sum;
  }

  /// Whether a thread that moves pages has failed: the recording should be finished.
  public boolean hasFailed() {
    return movers.stream().anyMatch(mover -> mover.failure() != null);
  }

  /// Ends the recording and completes the file.
  public RecordingSummary finish() {
    instance.tracing(false);
    final long durationNs = System.nanoTime() - startNs;
    finished = true;
    IOException broken = null;
    long events = 0;
    long overrun = 0;
    long dropped = 0;
    long unwritten = 0;
    try (instance;
        writer) {
      Set<Integer> brokenCpus = new HashSet<>();
      for (CpuMover mover : movers) {
        try {
          mover.finish();
        } catch (IOException failure) {
          broken = failure;
          brokenCpus.add(mover.cpu());
        }
      }
      for (int cpu : instance.cpus()) {
        CpuCounts counts = instance.counts(cpu);
        boolean isBroken = brokenCpus.contains(cpu);
        long written = isBroken ? writer.recordsInPart(cpu) : counts.read();
        // Nobody reads what is still in the buffer.
        long missing = isBroken ? counts.read() + counts.entries() - written : 0;
        events += written;
        unwritten += missing;
        overrun += counts.overrun();
        dropped += counts.dropped();
        writer.putStatistics(cpu, missing > 0 ? counts.withMoreDropped(missing) : counts.text());
      }
      writer.putComms(Comms.merge(comms, instance.instance().tracefs().text("saved_cmdlines")));
      if (broken != null) {
        // A full disk: the parts stay where they are and are read from there.
        throw broken;
      }
      for (int cpu : instance.cpus()) {
        writer.finishCpu(cpu);
      }
      long bytes = Files.size(options.output());
      return new RecordingSummary(
          options.output(), events, overrun, dropped, bytes, durationNs, cpuNs());
    } catch (IOException failure) {
      throw endedEarly(failure, events, unwritten);
    }
  }

  private RecordException endedEarly(IOException failure, long events, long unwritten) {
    Path file = options.output();
    return new RecordException(
        "the recording ended early (%s), after %,d events%s"
            .formatted(
                failure.getMessage(),
                events,
                unwritten > 0 ? ", and %,d that were not written".formatted(unwritten) : ""),
        "What was recorded until then can be read: rideau explain %s. The files %s.cpu* belong to it."
            .formatted(file, file.getFileName()),
        failure);
  }

  /// Processor time of this process so far.
  static long cpuNs() {
    return ProcessHandle.current()
        .info()
        .totalCpuDuration()
        .map(java.time.Duration::toNanos)
        .orElse(0L);
  }

  /// The groups and names of the events that are recorded.
  public Map<String, List<String>> events() {
    return instance.events();
  }

  /// The names of events that a pattern asks for, but that lack a field of its filter: they are not
  /// recorded.
  public List<String> leftOut() {
    return instance.leftOut();
  }

  /// Groups and names of all events of this kernel.
  public static Map<String, List<String>> availableEvents() {
    Map<String, List<String>> events = new LinkedHashMap<>();
    for (String line : Tracefs.find().text("available_events").lines().sorted().toList()) {
      int colon = line.indexOf(':');
      if (colon > 0) {
        events
            .computeIfAbsent(line.substring(0, colon), _ -> new ArrayList<>())
            .add(line.substring(colon + 1));
      }
    }
    return events;
  }

  /// Whether this machine can be recorded: tracefs is there, and ours to use.
  public static boolean isPossible() {
    try {
      Tracefs.find();
      return true;
    } catch (RecordException _) {
      return false;
    }
  }

  /// Whether this machine can be recorded as soon as its administrator, who asks, mounts tracefs.
  public static boolean isOneMountAway() {
    try {
      Object owner = Files.getAttribute(Path.of("/proc/self"), "unix:uid");
      return owner.equals(0) && Tracefs.isUnmounted();
    } catch (IOException | UnsupportedOperationException _) {
      return false;
    }
  }

  /// Removes what dead recorders left in tracefs.
  public static List<String> removeStale() {
    return dev.rideau.record.internal.tracefs.Instance.removeStale(Tracefs.find());
  }

  @Override
  public void close() {
    if (!finished) {
      finished = true;
      try {
        instance.tracing(false);
        for (CpuMover mover : movers) {
          try {
            mover.finish();
          } catch (IOException failure) {
            // The reason for closing early says more.
          }
        }
        writer.close();
      } catch (IOException failure) {
        throw cannotWrite(options, failure);
      } finally {
        instance.close();
      }
    }
  }
}
