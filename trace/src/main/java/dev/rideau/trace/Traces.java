package dev.rideau.trace;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.ServiceLoader;

/// Finds and opens the traces at the paths that a user names.
///
/// A path is a trace, or a folder with traces somewhere below it; traces are not searched for other
/// traces. Symbolic links are followed, but no folder is looked at twice for one path.
public final class Traces {
  private final List<TraceReader> readers;
  private final DiagnosticSink diagnostics;

  private Traces(List<TraceReader> readers, DiagnosticSink diagnostics) {
    this.readers = readers;
    this.diagnostics = diagnostics;
  }

  /// Opens what lies at `paths` with the readers of all formats that are installed.
  ///
  /// @param diagnostics receives what is unusual but does not stop the readers
  /// @throws TraceException when there is no trace, or none that can be opened
  public static OpenedTraces open(List<Path> paths, DiagnosticSink diagnostics) {
    return open(paths, installedReaders(), diagnostics);
  }

  /// Opens what lies at `paths` with these readers; of several that accept a path the first wins.
  public static OpenedTraces open(
      List<Path> paths, List<TraceReader> readers, DiagnosticSink diagnostics) {
    return find(paths, readers, diagnostics).open(diagnostics);
  }

  /// Looks for traces and opens none yet.
  ///
  /// @throws TraceException when there is no trace
  public static FoundTraces find(
      List<Path> paths, List<TraceReader> readers, DiagnosticSink diagnostics) {
    return new Traces(List.copyOf(readers), diagnostics).find(paths);
  }

  private static List<TraceReader> installedReaders() {
    List<TraceReader> installed = new ArrayList<>();
    ServiceLoader.load(TraceReader.class, Traces.class.getClassLoader()).forEach(installed::add);
    return installed;
  }

  private FoundTraces find(List<Path> paths) {
    Map<TraceReader, List<TraceInput>> found = new LinkedHashMap<>();
    List<Path> missing = new ArrayList<>();
    for (Path path : paths) {
      TraceWalk walk = new TraceWalk(path, readers, diagnostics);
      if (!walk.findInto(found)) {
        missing.add(path);
      }
    }
    if (found.isEmpty()) {
      if (missing.isEmpty()) {
        throw new TraceException(
            Diagnostic.error("no-trace-found", "no path was given", Origin.NONE, null));
      }
      for (Path path : missing.subList(1, missing.size())) {
        diagnostics.report(nothingAt(path, Severity.ERROR));
      }
      throw new TraceException(nothingAt(missing.getFirst(), Severity.ERROR));
    }
    for (Path path : missing) {
      diagnostics.report(nothingAt(path, Severity.WARNING));
    }
    return new FoundTraces(found);
  }

  private Diagnostic nothingAt(Path path, Severity severity) {
    String message;
    String advice;
    if (!Files.exists(path)) {
      message = "there is no such file or folder";
      advice = "Check the spelling.";
    } else if (Files.isDirectory(path)) {
      message = "no trace was found in this folder or below it";
      advice = "A CTF trace is a folder with a file called 'metadata'.";
    } else {
      message = "this file is not a trace of a known format (%s)".formatted(formats());
      advice = "Of a CTF trace, name the folder that holds the file 'metadata'.";
    }
    return Diagnostic.of(severity, "no-trace-found", message, Origin.ofFile(path), advice);
  }

  private String formats() {
    return readers.isEmpty()
        ? "no reader is installed"
        : String.join(", ", readers.stream().map(TraceReader::format).toList());
  }
}
