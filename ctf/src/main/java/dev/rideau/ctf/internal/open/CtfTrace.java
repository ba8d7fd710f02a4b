package dev.rideau.ctf.internal.open;

import dev.rideau.trace.DataStream;
import dev.rideau.trace.Trace;
import dev.rideau.trace.TraceClass;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/// An opened CTF trace. Immutable but for the files that it keeps open.
public final class CtfTrace implements Trace {
  private final Path path;
  private final String name;
  private final TraceClass traceClass;
  private final FilePool files;
  private final ProcedureCache procedures;
  private final List<DataStream> dataStreams;

  CtfTrace(
      Path path, String name, TraceClass traceClass, List<StreamDraft> drafts, FilePool files) {
    this.path = path;
    this.name = name;
    this.traceClass = traceClass;
    this.files = files;
    procedures = new ProcedureCache(traceClass);
    List<DataStream> streams = new ArrayList<>(drafts.size());
    for (StreamDraft draft : drafts) {
      streams.add(new CtfDataStream(this, streams.size(), draft, files));
    }
    dataStreams = List.copyOf(streams);
  }

  @Override
  public Path path() {
    return path;
  }

  @Override
  public String name() {
    return name;
  }

  @Override
  public TraceClass traceClass() {
    return traceClass;
  }

  @Override
  public List<DataStream> dataStreams() {
    return dataStreams;
  }

  /// Decode procedures that cursors share.
  ProcedureCache procedures() {
    return procedures;
  }

  @Override
  public void close() {
    try {
      for (DataStream stream : dataStreams) {
        files.closeAll(stream.packets().files());
      }
    } catch (IOException failure) {
      throw new UncheckedIOException(failure);
    }
  }

  @Override
  public String toString() {
    return path.toString();
  }
}
