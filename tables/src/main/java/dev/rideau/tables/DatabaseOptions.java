package dev.rideau.tables;

import dev.rideau.trace.DiagnosticSink;

/// How a [TraceDatabase] works.
///
/// @param cache whether facts are kept in files and taken from there
/// @param memoryBytes most memory of the database engine, 0 for its default; what does not fit is
///   spilled to a folder that is deleted at the end
/// @param threads most threads, at least 1
/// @param version of the program: facts that another version has cached are made anew
/// @param progress is told how far the reading of traces is
/// @param diagnostics receives what is unusual about traces and cache; must be thread-safe
public record DatabaseOptions(
    boolean cache,
    long memoryBytes,
    int threads,
    String version,
    Progress progress,
    DiagnosticSink diagnostics) {

  /// Without cache and progress, on all processors.
  public static DatabaseOptions of(DiagnosticSink diagnostics) {
    return new DatabaseOptions(
        false, 0, Runtime.getRuntime().availableProcessors(), "", Progress.NONE, diagnostics);
  }

  /// The same with a cache for facts of this version of the program.
  public DatabaseOptions withCache(String programVersion) {
    return new DatabaseOptions(true, memoryBytes, threads, programVersion, progress, diagnostics);
  }

  /// The same with a limit of memory.
  public DatabaseOptions withMemoryBytes(long bytes) {
    return new DatabaseOptions(cache, bytes, threads, version, progress, diagnostics);
  }

  /// The same with so many threads.
  public DatabaseOptions withThreads(int most) {
    return new DatabaseOptions(cache, memoryBytes, most, version, progress, diagnostics);
  }

  /// The same with somebody who watches.
  public DatabaseOptions withProgress(Progress watcher) {
    return new DatabaseOptions(cache, memoryBytes, threads, version, watcher, diagnostics);
  }
}
