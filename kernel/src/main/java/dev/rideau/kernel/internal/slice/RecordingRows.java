package dev.rideau.kernel.internal.slice;

import dev.rideau.kernel.FactBatch;
import dev.rideau.kernel.internal.layout.EventUse;
import dev.rideau.kernel.internal.layout.ModelEvent;
import dev.rideau.kernel.internal.layout.TracerLayouts;
import dev.rideau.kernel.internal.track.Core;
import dev.rideau.kernel.schema.RecordingTables;
import dev.rideau.trace.ClockClass;
import dev.rideau.trace.DataStream;
import dev.rideau.trace.Diagnostic;
import dev.rideau.trace.Environment;
import dev.rideau.trace.EventClass;
import dev.rideau.trace.Loss;
import dev.rideau.trace.Origin;
import dev.rideau.trace.PacketIndex;
import dev.rideau.trace.Severity;
import dev.rideau.trace.Trace;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/// Writes what the recording tells of itself and what it lacks: `recording`, `event_class`, `loss`,
/// `diagnostic`.
final class RecordingRows {
  /// Clocks of ftrace and perf that count from when the machine was started.
  private static final Set<String> SINCE_BOOT =
      Set.of(
          "local",
          "global",
          "mono",
          "mono_raw",
          "boot",
          "CLOCK_MONOTONIC",
          "CLOCK_MONOTONIC_RAW",
          "CLOCK_BOOTTIME");

  private final Core core;
  private final KernelStreams streams;
  private final Prelude prelude;
  private final List<GapFinder.Hole> holes;
  private final long endNs;

  RecordingRows(
      Core core, KernelStreams streams, Prelude prelude, List<GapFinder.Hole> holes, long endNs) {
    this.holes = holes;
    this.core = core;
    this.streams = streams;
    this.prelude = prelude;
    this.endNs = endNs;
  }

  /// Writes all tables.
  void write(Map<DataStream, long[]> counts, DiagnosticLog diagnostics) {
    writeRecording();
    long lost = writeLosses();
    writeClasses(counts);
    writeHoles(diagnostics);
    writeMissing(diagnostics);
    findLacks(lost, diagnostics);
    diagnostics.sorted().forEach(this::writeDiagnostic);
  }

  private List<DataStream> all() {
    List<DataStream> all = new ArrayList<>(streams.tracked());
    all.addAll(streams.others());
    return all;
  }

  private void writeRecording() {
    Map<String, String> entries = new LinkedHashMap<>();
    entries.put("begin_ts", Long.toString(core.beginNs()));
    entries.put("end_ts", Long.toString(endNs));
    for (Trace trace : all().stream().map(DataStream::trace).distinct().toList()) {
      Environment environment = trace.traceClass().environment();
      putIfKnown(entries, "host", environment.text("hostname"));
      putIfKnown(entries, "kernel", environment.text("kernel_release"));
      putIfKnown(entries, "tracer", tracer(environment));
      for (ClockClass clock : trace.traceClass().clockClasses()) {
        String name = clock.name();
        boolean isSinceBoot = name != null && clock.baseNs() > 0 && SINCE_BOOT.contains(name);
        if ("monotonic".equals(name) || isSinceBoot) {
          putIfKnown(entries, "boot_ts", Long.toString(clock.baseNs()));
        }
      }
      environment.entries().forEach((name, value) -> putIfKnown(entries, name, value.toString()));
    }
    if (prelude.toldCpus() > 0) {
      entries.put("cpus", Integer.toString(prelude.toldCpus()));
    }
    entries.forEach((name, value) ->
        core.rows(RecordingTables.RECORDING)
            .next()
            .put(core.names().id(name))
            .putText(value)
            .end());
  }

  private static void putIfKnown(Map<String, String> into, String name, @Nullable String value) {
    if (value != null) {
      into.putIfAbsent(name, value);
    }
  }

  private static @Nullable String tracer(Environment environment) {
    String name = environment.text("tracer_name");
    Long major = environment.integer("tracer_major");
    Long minor = environment.integer("tracer_minor");
    Long patch = environment.integer("tracer_patchlevel");
    if (name == null || major == null || minor == null) {
      return name;
    }
    return name + " " + major + "." + minor + (patch == null ? "" : "." + patch);
  }

  private long writeLosses() {
    long lost = 0;
    for (DataStream stream : all()) {
      Integer cpu = prelude.cpu(stream);
      for (Loss loss : stream.losses()) {
        lost++;
        boolean hasBegin = loss.beginNs() != PacketIndex.UNKNOWN;
        boolean hasEnd = loss.endNs() != PacketIndex.UNKNOWN;
        long begin = hasBegin ? loss.beginNs() : core.beginNs();
        long end = Math.max(begin, hasEnd ? loss.endNs() : endNs);
        FactBatch row = core.rows(RecordingTables.LOSS).next();
        row.put(begin).put(end - begin).put((hasBegin ? 0 : 1) | (hasEnd ? 0 : 2));
        row.putOrNull(cpu == null ? -1 : cpu, -1);
        String kind =
            switch (loss.kind()) {
              case DISCARDED_EVENTS -> "discarded events";
              case DISCARDED_PACKETS -> "discarded packets";
            };
        row.put(core.names().id(kind)).putOrNull(loss.count(), Loss.UNKNOWN_COUNT).end();
      }
    }
    return lost;
  }

  /// Times in which single CPUs tell nothing are losses as well.
  private void writeHoles(DiagnosticLog diagnostics) {
    for (GapFinder.Hole hole : holes) {
      long end = Math.min(hole.endNs(), endNs);
      if (end <= hole.beginNs()) {
        continue;
      }
      FactBatch row = core.rows(RecordingTables.LOSS).next();
      row.put(hole.beginNs()).put(end - hole.beginNs()).put(hole.kind().clipped());
      row.put(hole.cpu()).put(core.names().id(hole.kind().text())).putNull().end();
      if (hole.kind() == GapFinder.HoleKind.DAMAGED) {
        // The reader says itself what is wrong there.
        continue;
      }
      boolean isBegin = hole.kind() == GapFinder.HoleKind.BEGIN;
      String message =
          "the records of CPU %d %s %.3f s %s those of others: what it did then cannot be told"
              .formatted(
                  hole.cpu(),
                  isBegin ? "begin" : "end",
                  (end - hole.beginNs()) / 1e9,
                  isBegin ? "after" : "before");
      lack(
          diagnostics,
          isBegin ? "begins-late" : "ends-early",
          message,
          isBegin
              ? "Look at the time from which on all CPUs were recorded, with --begin."
              : "Copy the trace again from where it was recorded, or look at the time before.");
    }
  }

  /// CPUs that others speak of, of which there is not one record: files of the trace are missing.
  private void writeMissing(DiagnosticLog diagnostics) {
    if (core.coverage().isChosen()) {
      return;
    }
    for (int cpu : core.coverage().missing()) {
      FactBatch row = core.rows(RecordingTables.LOSS).next();
      row.put(core.beginNs()).put(endNs - core.beginNs()).put(3).put(cpu);
      row.put(core.names().id("not recorded")).putNull().end();
      lack(
          diagnostics,
          "cpu-missing",
          "threads were woken for CPU %d, of which there are no records: what it did cannot be told"
              .formatted(cpu),
          "Copy the trace again from where it was recorded, with all of its files.");
    }
  }

  private void writeClasses(Map<DataStream, long[]> counts) {
    record Seen(long[] events, @Nullable ModelEvent use) {}
    Map<String, Seen> byName = new TreeMap<>();
    for (DataStream stream : all()) {
      long[] counted = counts.getOrDefault(stream, new long[0]);
      @Nullable EventUse[] uses = streams.tracked().contains(stream) ? streams.uses(stream) : null;
      for (EventClass each : stream.dataStreamClass().eventClasses()) {
        EventUse use = uses == null ? null : uses[each.ordinal()];
        Seen seen =
            byName.computeIfAbsent(
                each.displayName(), _ -> new Seen(new long[1], use == null ? null : told(use)));
        if (each.ordinal() < counted.length) {
          seen.events[0] += counted[each.ordinal()];
        }
      }
    }
    byName.forEach((name, seen) -> {
      FactBatch row = core.rows(RecordingTables.EVENT_CLASS).next();
      row.put(core.names().id(name)).put(seen.events[0]);
      ModelEvent use = seen.use;
      row.putOrNull(use == null ? -1 : core.names().id(use.text()), -1).end();
    });
  }

  /// Switches of threads are what they are, whoever tells them.
  private static ModelEvent told(EventUse use) {
    return use.event() == ModelEvent.TRACER_SWITCH ? ModelEvent.SCHED_SWITCH : use.event();
  }

  private void findLacks(long losses, DiagnosticLog diagnostics) {
    if (endNs == Long.MAX_VALUE) {
      diagnostics.report(
          Diagnostic.error(
              "clock-overflow",
              "a clock counts beyond the last moment that fits into 64 bits, 2262-04-11"
                  + " 23:47:16.854775807: all later records have that time, and lengths of time"
                  + " are not to be trusted",
              Origin.NONE,
              "Look at the offset of the clock in the metadata."));
    }
    List<Trace> kernels =
        streams.others().stream()
            .map(DataStream::trace)
            .distinct()
            .filter(TracerLayouts::isKernel)
            .toList();
    for (Trace trace : kernels) {
      diagnostics.report(
          Diagnostic.of(
              Severity.WARNING,
              "unknown-tracer",
              "the tracer '%s' of this kernel trace is not known, its events are only counted"
                  .formatted(trace.traceClass().environment().text("tracer_name")),
              Origin.ofFile(trace.path()),
              "Record with LTTng."));
    }
    if (streams.tracked().isEmpty()) {
      return;
    }
    if (!core.isRecorded(ModelEvent.SCHED_SWITCH) || !prelude.hasSwitches()) {
      lack(
          diagnostics,
          "no-sched-events",
          "no context switch was recorded: what ran on the CPUs, and for how long threads waited,"
              + " cannot be told",
          "Record the events sched_switch, sched_waking and sched_process_*.");
    }
    if (prelude.hints().isEmpty()) {
      lack(
          diagnostics,
          "no-state-dump",
          "the trace has no state dump at its begin: of threads that ran before it began, process,"
              + " parent and open files are not known",
          "Record the events lttng_statedump_*; in a flight recorder, regenerate the state dump"
              + " before the snapshot.");
    }
    if (!streams.partiallyRecorded().isEmpty()) {
      lack(
          diagnostics,
          "only-some-records",
          "only some records of %s were kept, by a filter or by sampling: what depends on all of them"
                  .formatted(String.join(", ", streams.partiallyRecorded()))
              + " cannot be told",
          "Record them without a filter, and with a period of 1.");
    }
    findUnrecorded(streams.recordedPart(), diagnostics);
    if (losses > 0) {
      lack(
          diagnostics,
          "events-lost",
          "the tracer lost events: facts in the intervals of the table 'loss' are uncertain",
          "Record with larger or more buffers, or with fewer events.");
    }
  }

  private static void findUnrecorded(RecordedPart part, DiagnosticLog diagnostics) {
    if (part.tids() != null) {
      lack(
          diagnostics,
          "only-some-processes",
          "only some processes and their children were recorded: what others did, and how busy the"
              + " processors were, cannot be told",
          "Record without --pid and --command; of perf, with -a.");
    }
    if (part.cpus() != null) {
      lack(
          diagnostics,
          "only-some-cpus",
          "only CPU %s was recorded: what threads did on others cannot be told"
              .formatted(part.cpus().replace(",", ", ")),
          "Record with perf record -a.");
    }
    if (!part.tellsComing()) {
      lack(
          diagnostics,
          "only-leaving",
          "perf recorded when threads left a CPU, but not when they came: how long they ran is known"
              + " in parts only",
          "Record with perf record --switch-events --sample-cpu, or with -a.");
    }
  }

  private static void lack(DiagnosticLog diagnostics, String rule, String message, String advice) {
    diagnostics.report(Diagnostic.of(Severity.WARNING, rule, message, Origin.NONE, advice));
  }

  private void writeDiagnostic(Diagnostic diagnostic) {
    FactBatch row = core.rows(RecordingTables.DIAGNOSTIC).next();
    row.put(core.names().id(diagnostic.severity().name().toLowerCase(Locale.ROOT)));
    row.put(core.names().id(diagnostic.rule())).putText(diagnostic.message());
    String origin = diagnostic.origin().toString();
    row.putText(origin.isEmpty() ? null : origin);
    boolean hasBegin = diagnostic.beginNs() != PacketIndex.UNKNOWN;
    boolean hasEnd = hasBegin && diagnostic.endNs() != PacketIndex.UNKNOWN;
    row.putOrNull(diagnostic.beginNs(), PacketIndex.UNKNOWN);
    if (hasEnd) {
      row.put(diagnostic.endNs() - diagnostic.beginNs());
    } else {
      row.putNull();
    }
    row.putText(diagnostic.advice()).end();
  }
}
