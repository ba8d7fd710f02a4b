package dev.rideau.perf.internal.open;

import dev.rideau.perf.internal.decode.PerfSchema;
import dev.rideau.perf.internal.decode.RecordFormat;
import dev.rideau.perf.internal.file.Counters;
import dev.rideau.perf.internal.file.PerfHeader;
import dev.rideau.perf.internal.file.PerfMetadata;
import dev.rideau.perf.internal.file.PerfSource;
import dev.rideau.perf.internal.file.PipeMetadata;
import dev.rideau.perf.internal.file.Unpacker;
import dev.rideau.trace.ClockClass;
import dev.rideau.trace.Diagnostic;
import dev.rideau.trace.DiagnosticSink;
import dev.rideau.trace.Origin;
import dev.rideau.trace.ReadFailure;
import dev.rideau.trace.Trace;
import dev.rideau.trace.TraceException;
import dev.rideau.trace.TraceInput;
import dev.rideau.trace.TraceReader;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/// Opens perf.data files.
public final class PerfOpener {
  /// The file with the header in a folder of `perf record --threads`.
  private static final String MAIN_FILE = "data";

  private final PerfTrace.Sampling sampling;
  private final DiagnosticSink diagnostics;

  /// @param sampling reads the samples of the traces that are opened
  public PerfOpener(PerfTrace.Sampling sampling, DiagnosticSink diagnostics) {
    this.sampling = sampling;
    this.diagnostics = diagnostics;
  }

  /// Whether the file, or the main file of the folder, begins with perf's magic.
  public static boolean probe(Path path) {
    Path main = mainFile(path);
    if (!Files.isRegularFile(main)) {
      return false;
    }
    try (InputStream in = Files.newInputStream(main)) {
      return PerfHeader.isMagic(in.readNBytes(PerfHeader.MAGIC_BYTES));
    } catch (IOException failure) {
      return false;
    }
  }

  private static Path mainFile(Path path) {
    return Files.isDirectory(path) ? path.resolve(MAIN_FILE) : path;
  }

  /// The files of a folder that hold records only, `data.0` and so on, in the order of their
  /// numbers.
  private static List<Path> furtherFiles(Path folder) throws IOException {
    List<Path> files = new ArrayList<>();
    try (DirectoryStream<Path> found = Files.newDirectoryStream(folder, MAIN_FILE + ".*")) {
      for (Path each : found) {
        if (numberOf(each) >= 0) {
          files.add(each);
        }
      }
    } catch (DirectoryIteratorException failure) {
      throw failure.getCause();
    }
    files.sort(Comparator.comparingInt(PerfOpener::numberOf));
    return files;
  }

  private static int numberOf(Path file) {
    String digits = file.getFileName().toString().substring(MAIN_FILE.length() + 1);
    return digits.matches("[0-9]{1,8}") ? Integer.parseInt(digits) : -1;
  }

  /// Opens the files, each as a trace of its own.
  public List<Trace> open(List<TraceInput> inputs) {
    return TraceReader.openEach(inputs, input -> open(input.path()), diagnostics);
  }

  private PerfTrace open(Path path) {
    try {
      PerfSource source = PerfSource.of(mainFile(path));
      try {
        return open(path, source);
      } catch (IOException | RuntimeException | Error failure) {
        source.close();
        throw failure;
      }
    } catch (IOException failure) {
      throw new TraceException(
          Diagnostic.error(
              "unreadable-file",
              "the file cannot be read (%s)".formatted(ReadFailure.reason(failure)),
              Origin.ofFile(path),
              "Check its permissions."),
          failure);
    }
  }

  private PerfTrace open(Path path, PerfSource source) throws IOException {
    PerfHeader header = PerfHeader.read(source, diagnostics);
    if (header.metadata().build().isPipe()) {
      PipeMetadata.read(source, header, diagnostics);
    }
    PerfMetadata metadata = header.metadata().build();
    if (metadata.attrs().isEmpty()) {
      throw new TraceException(
          Diagnostic.error(
              "no-events",
              "the file describes no event, so its records cannot be understood",
              Origin.ofFile(source.path()),
              "It was cut or damaged; record again."));
    }
    List<Path> further = Files.isDirectory(path) ? furtherFiles(path) : List.of();
    if (!further.isEmpty()) {
      PerfSource all =
          PerfSource.ofFolder(
              path, source.path(), header.dataOffsetBytes(), header.dataEndBytes(), further);
      try {
        PerfTrace trace = records(all, all.bounds(), metadata);
        source.close();
        return trace;
      } catch (IOException | RuntimeException | Error failure) {
        all.close();
        throw failure;
      }
    }
    long[] bounds = {header.dataOffsetBytes(), header.dataEndBytes()};
    return records(source, bounds, metadata);
  }

  /// Opens the records, which may be compressed. Closes the source when they were.
  private PerfTrace records(PerfSource source, long[] bounds, PerfMetadata metadata)
      throws IOException {
    if (!metadata.isCompressed()) {
      return index(source, bounds[0], bounds[bounds.length - 1], metadata);
    }
    PerfSource unpacked = Unpacker.unpack(source, metadata.words(), bounds, diagnostics);
    try {
      PerfTrace trace = index(unpacked, 0, unpacked.lengthBytes(), metadata);
      source.close();
      return trace;
    } catch (IOException | RuntimeException | Error failure) {
      unpacked.close();
      throw failure;
    }
  }

  private PerfTrace index(PerfSource source, long start, long end, PerfMetadata metadata)
      throws IOException {
    RecordFormat records = new RecordFormat(metadata);
    ClockClass clock = records.hasTime() ? PerfClock.of(metadata) : null;
    Lane.Times times = time -> clock == null ? 0 : clock.toNs(time);
    PerfSchema schema = new PerfSchema(source.path(), metadata, records, clock, diagnostics);
    PerfIndexer.Result found =
        new PerfIndexer(source, records, new Counters(metadata), times, diagnostics)
            .index(start, end);
    return new PerfTrace(source, metadata, schema, clock, found, times, sampling);
  }
}
