package dev.rideau.bench;

import dev.rideau.trace.Batch;
import dev.rideau.trace.BlockCursor;
import dev.rideau.trace.BytesColumn;
import dev.rideau.trace.DataStream;
import dev.rideau.trace.DoubleColumn;
import dev.rideau.trace.LongColumn;
import dev.rideau.trace.OpenedTraces;
import dev.rideau.trace.Projection;
import dev.rideau.trace.RecordBlock;
import dev.rideau.trace.StructColumn;
import dev.rideau.trace.Traces;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Level;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OperationsPerInvocation;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;
import org.openjdk.jmh.annotations.Warmup;

/// How many event records a second one thread decodes, from a file in the page cache to columns.
@State(Scope.Thread)
@BenchmarkMode(Mode.Throughput)
@OutputTimeUnit(TimeUnit.SECONDS)
@Warmup(iterations = 5, time = 1)
@Measurement(iterations = 7, time = 1)
@Fork(
    value = 2,
    jvmArgs = {"-XX:+UseSerialGC", "-XX:+UseCompactObjectHeaders", "-Xmx192m"})
public class DecodeBenchmark {
  private static final int RECORDS = 2_000_000;

  /// Shape of the trace; see [GenerateTrace].
  @Param({"simple", "kernel"})
  public String shape = "simple";

  private Path folder = Path.of("");
  private @Nullable OpenedTraces traces;
  private List<DataStream> streams = List.of();
  private final List<BlockCursor> allFields = new ArrayList<>();
  private final List<BlockCursor> noFields = new ArrayList<>();

  @Setup(Level.Trial)
  public void open() throws IOException, InterruptedException {
    folder = Files.createTempDirectory("rideau-bench");
    Path trace = folder.resolve(shape);
    GenerateTrace.generate(shape, trace, RECORDS, 4);
    OpenedTraces opened = Traces.open(List.of(trace), System.err::println);
    traces = opened;
    streams = opened.dataStreams();
    for (DataStream stream : streams) {
      int packets = stream.packets().size();
      allFields.add(stream.cursor(0, packets, Projection.ALL, System.err::println));
      noFields.add(stream.cursor(0, packets, Projection.TIMESTAMPS, System.err::println));
    }
  }

  @TearDown(Level.Trial)
  public void close() throws IOException {
    if (traces != null) {
      traces.close();
    }
    try (Stream<Path> files = Files.walk(folder)) {
      for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
        Files.delete(file);
      }
    }
  }

  /// All fields of all records as columns.
  @Benchmark
  @OperationsPerInvocation(RECORDS)
  public long allFields() {
    long sum = 0;
    for (int i = 0; i < allFields.size(); i++) {
      BlockCursor cursor = allFields.get(i);
      cursor.restart(0, streams.get(i).packets().size());
      RecordBlock block = cursor.next();
      while (block != null) {
        sum += block.timestampsNs()[block.size() - 1];
        for (int ordinal = 0; ordinal < block.batchCount(); ordinal++) {
          Batch batch = block.batch(ordinal);
          if (batch != null && batch.size() > 0) {
            sum += lastValues(batch);
          }
        }
        block = cursor.next();
      }
    }
    return sum;
  }

  /// Classes, timestamps and lengths of all records, no field.
  @Benchmark
  @OperationsPerInvocation(RECORDS)
  public long timestampsOnly() {
    long sum = 0;
    for (int i = 0; i < noFields.size(); i++) {
      BlockCursor cursor = noFields.get(i);
      cursor.restart(0, streams.get(i).packets().size());
      RecordBlock block = cursor.next();
      while (block != null) {
        sum += block.timestampsNs()[block.size() - 1];
        block = cursor.next();
      }
    }
    return sum;
  }

  private static long lastValues(Batch batch) {
    StructColumn payload = batch.payload();
    long sum = 0;
    for (int i = 0; payload != null && i < payload.memberCount(); i++) {
      int row = batch.size() - 1;
      sum +=
          switch (payload.member(i)) {
            case LongColumn values -> values.value(row);
            case DoubleColumn values -> (long) values.value(row);
            case BytesColumn values -> values.lengthsBytes()[row];
            case null, default -> 1;
          };
    }
    return sum;
  }
}
