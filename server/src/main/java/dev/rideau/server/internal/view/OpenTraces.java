package dev.rideau.server.internal.view;

import dev.rideau.server.ServerOptions;
import dev.rideau.server.internal.http.HttpFailure;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// The traces that a server shows. Fixed from the start on: nobody can have others opened.
public final class OpenTraces implements AutoCloseable {
  private final List<OpenTrace> all;

  private OpenTraces(List<OpenTrace> all) {
    this.all = all;
  }

  /// Begins to open each path in the background.
  public static OpenTraces open(List<Path> paths, ServerOptions options) {
    Set<String> ids = new HashSet<>();
    List<OpenTrace> traces = new ArrayList<>();
    for (Path path : paths) {
      Path absolute = path.toAbsolutePath().normalize();
      Path fileName = absolute.getFileName();
      String name = fileName == null ? "trace" : fileName.toString();
      traces.add(new OpenTrace(id(name, ids), name, absolute, options));
    }
    traces.forEach(OpenTrace::start);
    return new OpenTraces(List.copyOf(traces));
  }

  // A word that stands in an address as it is.
  private static String id(String name, Set<String> taken) {
    StringBuilder word = new StringBuilder();
    for (int i = 0; i < name.length() && word.length() < 60; i++) {
      char c = name.charAt(i);
      boolean isPlain =
          c == '_' || c == '-' || (c == '.' && i > 0) || (c < 128 && Character.isLetterOrDigit(c));
      word.append(isPlain ? c : '-');
    }
    String id = word.toString();
    for (int i = 2; !taken.add(id); i++) {
      id = word + "-" + i;
    }
    return id;
  }

  /// In the order in which they were named.
  public List<OpenTrace> all() {
    return all;
  }

  /// The trace with that id; null for none.
  public @Nullable OpenTrace find(String id) {
    for (OpenTrace trace : all) {
      if (trace.id().equals(id)) {
        return trace;
      }
    }
    return null;
  }

  /// The trace with that id.
  ///
  /// @throws HttpFailure 404 when there is none
  public OpenTrace named(String id) {
    OpenTrace trace = find(id);
    if (trace == null) {
      throw HttpFailure.unknown("there is no trace '" + id + "'");
    }
    return trace;
  }

  /// Waits until all are ready or have failed.
  public void await() throws InterruptedException {
    for (OpenTrace trace : all) {
      trace.await();
    }
  }

  @Override
  public void close() {
    all.forEach(OpenTrace::close);
  }
}
