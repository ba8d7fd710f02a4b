package dev.rideau.server.internal.view;

import dev.rideau.server.ServerOptions;
import dev.rideau.server.internal.http.HttpFailure;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// The traces that a server shows. Those it was started with are fixed; clients of the Trace Server
/// Protocol may have several of them opened together, or a part of one, and others only when the
/// options say so. Thread-safe.
public final class OpenTraces implements AutoCloseable {
  /// Each takes memory.
  private static final int MOST_LATER = 16;

  /// Folders of a path that are looked at to tell it from another one.
  private static final int MOST_PARTS = 8;

  private final List<OpenTrace> all;
  private final List<OpenTrace> later = new ArrayList<>();
  private final Set<String> ids;
  private final ServerOptions options;
  private boolean isClosed;

  private OpenTraces(List<OpenTrace> all, Set<String> ids, ServerOptions options) {
    this.all = all;
    this.ids = ids;
    this.options = options;
  }

  /// Begins to open each path in the background.
  public static OpenTraces open(List<Path> paths, ServerOptions options) {
    Set<String> ids = new HashSet<>();
    List<OpenTrace> traces = new ArrayList<>();
    List<Path> absolute = paths.stream().map(path -> path.toAbsolutePath().normalize()).toList();
    List<List<Path>> groups =
        options.areTogether() && !absolute.isEmpty()
            ? List.of(absolute)
            : absolute.stream().map(List::of).toList();
    List<String> names = names(groups);
    for (int i = 0; i < groups.size(); i++) {
      List<Path> group = groups.get(i);
      String name = names.get(i);
      traces.add(new OpenTrace(id(name, ids), name, group, options));
    }
    traces.forEach(OpenTrace::start);
    return new OpenTraces(List.copyOf(traces), ids, options);
  }

  // The last part of each path; where that is the same, with as much in front as tells them apart.
  private static List<String> names(List<List<Path>> groups) {
    List<String> names = new ArrayList<>(groups.stream().map(group -> name(group, 1)).toList());
    for (int parts = 2; parts <= MOST_PARTS; parts++) {
      for (String same : Set.copyOf(names)) {
        if (Collections.frequency(names, same) > 1) {
          for (int i = 0; i < names.size(); i++) {
            names.set(i, names.get(i).equals(same) ? name(groups.get(i), parts) : names.get(i));
          }
        }
      }
    }
    return names;
  }

  private static String name(List<Path> group, int parts) {
    return group.stream()
        .map(path -> {
          int count = path.getNameCount();
          return count == 0 ? "trace" : path.subpath(Math.max(0, count - parts), count).toString();
        })
        .collect(Collectors.joining(" + "));
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

  /// Opens something later, or finds it open: in the background, as at the start. Waits until it is
  /// clear that it is a trace.
  ///
  /// @throws HttpFailure 404 when it is not there or may not be opened, 406 when it is no trace
  public OpenTrace openLater(List<Path> wanted) {
    List<Path> paths =
        wanted.stream().map(path -> path.toAbsolutePath().normalize()).distinct().toList();
    OpenTrace trace;
    synchronized (this) {
      for (OpenTrace known : Stream.concat(all.stream(), later.stream()).toList()) {
        if (known.paths().equals(paths)) {
          return known;
        }
      }
      if (!options.opensOthers() && !paths.stream().allMatch(this::isWithinOpened)
          || !paths.stream().allMatch(Files::exists)) {
        throw new HttpFailure(
            404, "there is no such trace", "the server opens what it was started with");
      }
      if (isClosed || later.size() >= MOST_LATER) {
        throw new HttpFailure(503, "too many traces are open", "close one");
      }
      String name = name(paths, 1);
      trace = new OpenTrace(id(name, ids), name, paths, options);
      later.add(trace);
      trace.start();
    }
    try {
      trace.awaitMetadata();
    } catch (InterruptedException stopped) {
      Thread.currentThread().interrupt();
    }
    TraceStatus status = trace.status();
    if (status.state() == TraceStatus.State.FAILED) {
      closeLater(trace);
      throw new HttpFailure(406, "the trace cannot be read", status.error());
    }
    return trace;
  }

  // Links are followed: what is reached through one must lie within as well.
  private boolean isWithinOpened(Path path) {
    try {
      Path real = path.toRealPath();
      for (OpenTrace known : all) {
        for (Path opened : known.paths()) {
          if (real.startsWith(opened.toRealPath())) {
            return true;
          }
        }
      }
      return false;
    } catch (IOException notThere) {
      return false;
    }
  }

  /// Closes what [#openLater] opened; nothing happens to others.
  public void closeLater(OpenTrace trace) {
    boolean isLater;
    synchronized (this) {
      isLater = later.remove(trace);
    }
    if (isLater) {
      trace.close();
    }
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
    List<OpenTrace> open;
    synchronized (this) {
      isClosed = true;
      open = Stream.concat(all.stream(), later.stream()).toList();
      later.clear();
    }
    open.forEach(OpenTrace::close);
  }
}
