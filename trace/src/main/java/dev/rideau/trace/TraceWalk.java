package dev.rideau.trace;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Deque;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// Searches what a user named for traces, in the order of names.
final class TraceWalk {
  private final Path named;
  private final List<TraceReader> readers;
  private final DiagnosticSink diagnostics;

  /// Folders that were looked at, by their real paths: links may lead back up.
  private final Set<Path> visited = new HashSet<>();

  /// What is still to be looked at, next first.
  private final Deque<Path> pending = new ArrayDeque<>();

  TraceWalk(Path named, List<TraceReader> readers, DiagnosticSink diagnostics) {
    this.named = named;
    this.readers = readers;
    this.diagnostics = diagnostics;
  }

  /// Adds what it finds.
  ///
  /// @return whether it found anything
  boolean findInto(Map<TraceReader, List<TraceInput>> found) {
    boolean any = false;
    pending.push(named);
    while (!pending.isEmpty()) {
      Path path = pending.pop();
      boolean folder = Files.isDirectory(path);
      if (folder && !isNew(path)) {
        continue;
      }
      TraceReader reader = readerOf(path);
      if (reader != null) {
        found.computeIfAbsent(reader, _ -> new ArrayList<>()).add(new TraceInput(path, named));
        any = true;
      } else if (folder) {
        look(path);
      }
    }
    return any;
  }

  private @Nullable TraceReader readerOf(Path path) {
    for (TraceReader reader : readers) {
      if (reader.probe(path)) {
        return reader;
      }
    }
    return null;
  }

  private boolean isNew(Path folder) {
    try {
      return visited.add(folder.toRealPath());
    } catch (IOException failure) {
      // Listing it will fail as well, and say why.
      return true;
    }
  }

  private void look(Path folder) {
    List<Path> entries = new ArrayList<>();
    try {
      try (DirectoryStream<Path> stream = Files.newDirectoryStream(folder)) {
        stream.forEach(entries::add);
      } catch (DirectoryIteratorException failure) {
        throw failure.getCause();
      }
    } catch (IOException | UncheckedIOException failure) {
      diagnostics.report(
          Diagnostic.of(
              Severity.WARNING,
              "unreadable-folder",
              "the folder cannot be listed (%s), traces below it are left out"
                  .formatted(ReadFailure.reason(failure)),
              Origin.ofFile(folder),
              "Check its permissions."));
      return;
    }
    entries.sort(Collections.reverseOrder());
    entries.forEach(pending::push);
  }
}
