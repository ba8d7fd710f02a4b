package dev.rideau.trace;

import java.nio.file.Path;

/// A place where a trace was found.
///
/// @param path file or folder that a [TraceReader] accepted
/// @param named what the user named: `path` itself or a folder above it
public record TraceInput(Path path, Path named) {

  /// A trace that the user named directly.
  public static TraceInput of(Path path) {
    return new TraceInput(path, path);
  }

  /// The way from what the user named down to the trace, empty when they are the same.
  public String below() {
    return path.startsWith(named) ? named.relativize(path).toString() : "";
  }
}
