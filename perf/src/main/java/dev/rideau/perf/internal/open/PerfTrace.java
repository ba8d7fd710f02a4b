package dev.rideau.perf.internal.open;

import dev.rideau.ftrace.EventFormat;
import dev.rideau.ftrace.FormattedTrace;
import dev.rideau.perf.internal.decode.CommTable;
import dev.rideau.perf.internal.decode.PerfSchema;
import dev.rideau.perf.internal.file.PerfMetadata;
import dev.rideau.perf.internal.file.PerfSource;
import dev.rideau.trace.Attributes;
import dev.rideau.trace.ClockClass;
import dev.rideau.trace.DataStream;
import dev.rideau.trace.Diagnostic;
import dev.rideau.trace.DiagnosticSink;
import dev.rideau.trace.Environment;
import dev.rideau.trace.EventClass;
import dev.rideau.trace.Origin;
import dev.rideau.trace.PacketIndex;
import dev.rideau.trace.ReadFailure;
import dev.rideau.trace.SampledTrace;
import dev.rideau.trace.TraceClass;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// An opened perf.data file. Immutable but for the file that it keeps open.
public final class PerfTrace implements FormattedTrace, SampledTrace {
  /// Reads the samples of a trace.
  @FunctionalInterface
  public interface Sampling {
    /// See [SampledTrace#readSamples].
    void read(PerfTrace trace, SampleSink sink, DiagnosticSink diagnostics);
  }

  private final PerfSource source;
  private final PerfMetadata metadata;
  private final PerfSchema schema;
  private final CommTable comms;
  private final long firstTime;
  private final TraceClass traceClass;
  private final List<DataStream> dataStreams;
  private final Sampling sampling;

  PerfTrace(
      PerfSource source,
      PerfMetadata metadata,
      PerfSchema schema,
      @Nullable ClockClass clock,
      PerfIndexer.Result found,
      Lane.Times times,
      Sampling sampling) {
    this.sampling = sampling;
    this.source = source;
    this.metadata = metadata;
    this.schema = schema;
    comms = found.comms();
    firstTime = found.firstTime();
    Map<String, Object> environment = new LinkedHashMap<>();
    environment.put("tracer_name", "perf");
    if (metadata.attrs().stream().anyMatch(attr -> attr.isTracepoint() || attr.tellsSwitches())) {
      environment.put("domain", "kernel");
    }
    environment.putAll(metadata.environment());
    new RecordedPart(metadata, schema, found.counters()).into(environment);
    traceClass =
        new TraceClass(
            2,
            0,
            null,
            null,
            null,
            metadata.words().byteOrder(),
            new Environment(environment),
            clock == null ? List.of() : List.of(clock),
            null,
            List.of(schema.stateClass(), schema.eventStreamClass()),
            Attributes.NONE);
    List<DataStream> streams = new ArrayList<>();
    if (found.state().records > 0) {
      streams.add(
          new PerfDataStream(
              this, schema.stateClass(), 0, found.state(), _ -> times.toNs(firstTime)));
    }
    for (Lane lane : found.lanes()) {
      streams.add(new PerfDataStream(this, schema.eventStreamClass(), streams.size(), lane, times));
    }
    dataStreams = List.copyOf(streams);
  }

  @Override
  public Path path() {
    return source.path();
  }

  @Override
  public String name() {
    return metadata.environment().get("hostname") instanceof String host ? host : "";
  }

  @Override
  public String format() {
    return metadata.isPipe() ? "perf.data (pipe)" : "perf.data";
  }

  @Override
  public TraceClass traceClass() {
    return traceClass;
  }

  @Override
  public List<DataStream> dataStreams() {
    return dataStreams;
  }

  /// What the file says besides its records.
  public PerfMetadata metadata() {
    return metadata;
  }

  /// Its event classes.
  public PerfSchema schema() {
    return schema;
  }

  @Override
  public @Nullable EventFormat formatOf(EventClass eventClass) {
    return schema.isSample(eventClass) ? schema.tracepoint(eventClass.ordinal()) : null;
  }

  /// Names of threads.
  public CommTable comms() {
    return comms;
  }

  /// The clock value that records without a time get.
  long firstTime() {
    return firstTime;
  }

  int read(DataStream stream, int packet, byte[] target, DiagnosticSink diagnostics) {
    PacketIndex packets = stream.packets();
    long offsetBytes = packets.offsetBytes(packet);
    int length = (int) (packets.totalBits(packet) >>> 3);
    try {
      int count = source.read(offsetBytes, target, 0, length);
      if (count == length) {
        return count;
      }
      report(diagnostics, stream, packet, "the file has become shorter");
    } catch (IOException failure) {
      report(diagnostics, stream, packet, ReadFailure.reason(failure));
    }
    return 0;
  }

  private void report(DiagnosticSink diagnostics, DataStream stream, int packet, String reason) {
    diagnostics.report(
        Diagnostic.error(
            "unreadable-file",
            "the file cannot be read (%s)".formatted(reason),
            Origin.ofBit(
                source.path(), stream.name(), packet, stream.packets().offsetBytes(packet) * 8),
            "Check its permissions and the disk; records before are good."));
  }

  @Override
  public void readSamples(SampleSink sink, DiagnosticSink diagnostics) {
    sampling.read(this, sink, diagnostics);
  }

  @Override
  public void close() {
    try {
      source.close();
    } catch (IOException failure) {
      throw new UncheckedIOException(failure);
    }
  }

  @Override
  public String toString() {
    return path().toString();
  }
}
