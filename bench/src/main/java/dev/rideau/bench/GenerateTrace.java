package dev.rideau.bench;

import dev.rideau.ctf.CtfFormat;
import dev.rideau.ctf.CtfWriter;
import dev.rideau.ctf.StreamWriter;
import dev.rideau.trace.Diagnostic;
import dev.rideau.trace.TraceClass;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

/// Writes the traces that benchmarks read, in LTTng's layout. The same arguments give the same
/// bytes on every machine.
///
/// ```
/// GenerateTrace simple DIR [RECORDS] [STREAMS]          11,000,000 records: about 250 MB
/// GenerateTrace kernel DIR [RECORDS] [STREAMS]          dozens of event classes
/// GenerateTrace kernel-contexts DIR [RECORDS] [STREAMS] with procname, pid and tid on each record
/// ```
public final class GenerateTrace {
  private static final long SEED = 20_260_101;

  private GenerateTrace() {}

  /// Makes the records of one stream.
  interface RecordSource {
    /// Writes `count` records, with a random source of the stream's own.
    void write(StreamWriter writer, SplittableRandom random, int cpu, long count)
        throws IOException;
  }

  /// @param arguments the shape of the trace, its folder, how many records, how many streams
  public static void main(String[] arguments) throws Exception {
    if (arguments.length < 2) {
      System.err.println(
          "usage: GenerateTrace simple|kernel|kernel-contexts DIR [RECORDS] [STREAMS]");
      System.exit(2);
    }
    long records =
        arguments.length > 2 ? Long.parseLong(arguments[2].replace("_", "")) : 11_000_000;
    int streams = arguments.length > 3 ? Integer.parseInt(arguments[3]) : 4;
    long started = System.nanoTime();
    long bytes = generate(arguments[0], Path.of(arguments[1]), records, streams);
    System.err.printf(
        "%s: %,d records, %,d bytes, %.1f s%n",
        arguments[1], records, bytes, (System.nanoTime() - started) / 1e9);
  }

  /// Writes a trace.
  ///
  /// @param shape `simple`, `kernel` or `kernel-contexts`
  /// @return bytes of all data stream files
  public static long generate(String shape, Path folder, long records, int streams)
      throws IOException, InterruptedException {
    return switch (shape) {
      case "simple" ->
          generate(SimpleRecords.traceClass(), new SimpleRecords(), folder, records, streams);
      case "kernel", "kernel-contexts" -> {
        KernelMix mix = KernelMix.load(shape.equals("kernel-contexts"));
        yield generate(mix.traceClass(), mix, folder, records, streams);
      }
      default -> throw new IllegalArgumentException("no such shape: " + shape);
    };
  }

  private static long generate(
      TraceClass traceClass, RecordSource source, Path folder, long records, int streams)
      throws IOException, InterruptedException {
    long bytes = 0;
    try (CtfWriter writer =
            CtfWriter.create(folder, traceClass, CtfFormat.CTF_1_8, GenerateTrace::print);
        ExecutorService threads =
            Executors.newFixedThreadPool(
                Math.min(streams, Runtime.getRuntime().availableProcessors()))) {
      List<Future<Long>> running = new ArrayList<>();
      for (int i = 0; i < streams; i++) {
        int cpu = i;
        long count = records / streams + (i < records % streams ? 1 : 0);
        SplittableRandom random = new SplittableRandom(SEED + i);
        running.add(
            threads.submit(() -> {
              try (var stream =
                  writer.stream(
                      traceClass.dataStreamClasses().getFirst(), "channel0_" + cpu, cpu)) {
                source.write(stream, random, cpu, count);
                stream.endPacket();
                return stream.lengthBytes();
              }
            }));
      }
      for (Future<Long> each : running) {
        bytes += each.get();
      }
      writer.commit();
    } catch (ExecutionException failure) {
      throw new IOException(failure.getCause());
    }
    return bytes;
  }

  private static void print(Diagnostic diagnostic) {
    System.err.println(diagnostic);
  }
}
