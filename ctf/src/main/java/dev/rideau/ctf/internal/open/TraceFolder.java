package dev.rideau.ctf.internal.open;

import dev.rideau.ctf.internal.metadata.MetadataReader;
import dev.rideau.ctf.internal.metadata.Strictness;
import dev.rideau.trace.DataStreamClass;
import dev.rideau.trace.Diagnostic;
import dev.rideau.trace.DiagnosticSink;
import dev.rideau.trace.Origin;
import dev.rideau.trace.ReadFailure;
import dev.rideau.trace.TraceClass;
import dev.rideau.trace.TraceException;
import dev.rideau.trace.TraceInput;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// A folder with metadata and data stream files: a trace, or a chunk of one.
///
/// @param path absolute path without `.` and `..`
/// @param below the way from what the user named down to the folder, maybe empty
/// @param files its data stream files that are not empty, by name
record TraceFolder(Path path, String below, TraceClass traceClass, List<Path> files) {
  private static final String METADATA = "metadata";

  /// Whether a path looks like such a folder.
  static boolean probe(Path path) {
    return Files.isDirectory(path) && Files.isRegularFile(path.resolve(METADATA));
  }

  /// Reads the metadata and lists the files.
  ///
  /// @throws TraceException when that fails
  static TraceFolder read(TraceInput input, DiagnosticSink diagnostics) {
    Path path = input.path().toAbsolutePath().normalize();
    Path metadata = path.resolve(METADATA);
    List<Path> files = dataFiles(path);
    if (!files.isEmpty()) {
      TraceClass traceClass = MetadataReader.read(metadata, diagnostics);
      return new TraceFolder(path, input.below(), traceClass, files);
    }
    // Some rules are bent for the sake of the data, with a warning. Here there is no data: whoever
    // names such a folder asks about the metadata.
    List<Diagnostic> warnings = new ArrayList<>();
    TraceClass traceClass = MetadataReader.read(metadata, warnings::add);
    TraceException violation = violation(metadata);
    if (violation != null) {
      diagnostics.report(violation.diagnostic());
    } else {
      warnings.forEach(diagnostics::report);
    }
    return new TraceFolder(path, input.below(), traceClass, files);
  }

  private static @Nullable TraceException violation(Path metadata) {
    try {
      MetadataReader.read(metadata, ignored -> {}, Strictness.STRICT);
      return null;
    } catch (TraceException violation) {
      return violation;
    }
  }

  private static List<Path> dataFiles(Path folder) {
    List<Path> files = new ArrayList<>();
    try (DirectoryStream<Path> entries = Files.newDirectoryStream(folder)) {
      for (Path entry : entries) {
        if (isDataFile(entry)) {
          files.add(entry);
        }
      }
    } catch (IOException | UncheckedIOException | DirectoryIteratorException failure) {
      throw cannotList(folder, failure);
    }
    Collections.sort(files);
    return files;
  }

  private static boolean isDataFile(Path entry) {
    String name = String.valueOf(entry.getFileName());
    return !name.equals(METADATA)
        && !name.startsWith(".")
        && Files.isRegularFile(entry)
        && !isEmpty(entry);
  }

  private static boolean isEmpty(Path entry) {
    try {
      return Files.size(entry) == 0;
    } catch (IOException failure) {
      return false; // Who reads it will say why that fails.
    }
  }

  private static TraceException cannotList(Path folder, Exception cause) {
    return new TraceException(
        Diagnostic.error(
            "unreadable-folder",
            "the folder of the trace cannot be listed (%s)".formatted(ReadFailure.reason(cause)),
            Origin.ofFile(folder),
            "Check its permissions."),
        cause);
  }

  /// What folders of one trace have in common, null when the metadata gives it no identity.
  @Nullable List<String> identity() {
    String uid = traceClass.uid();
    if (uid == null) {
      return null;
    }
    return List.of(orEmpty(traceClass.namespace()), orEmpty(traceClass.name()), uid);
  }

  private static String orEmpty(@Nullable String text) {
    return text == null ? "" : text;
  }

  /// How many classes the metadata has. Tracers only ever append to metadata, so of several chunks
  /// the one with most classes describes them all.
  int classCount() {
    int count = 0;
    for (DataStreamClass dataStreamClass : traceClass.dataStreamClasses()) {
      count += 1 + dataStreamClass.eventClasses().size();
    }
    return count;
  }
}
