package dev.rideau.ftrace.internal.open;

import dev.rideau.ftrace.EventFormat;
import dev.rideau.ftrace.KernelTrace;
import dev.rideau.ftrace.internal.file.TraceDat;
import dev.rideau.ftrace.internal.ring.ClassTable;
import dev.rideau.ftrace.internal.ring.RingClock;
import dev.rideau.trace.DataStream;
import dev.rideau.trace.EventClass;
import dev.rideau.trace.TraceClass;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/// An opened `trace.dat`. Immutable but for the files that it keeps open.
final class RingTrace implements KernelTrace {
  private final TraceDat file;
  private final String name;
  private final TraceClass traceClass;
  private final RingClock clock;
  private final ClassTable classes;
  private final PageStore files;
  private final List<DataStream> dataStreams;
  private final Names names;

  RingTrace(
      TraceDat file,
      String name,
      TraceClass traceClass,
      RingClock clock,
      PageStore files,
      List<StreamDraft> drafts) {
    this.files = files;
    this.file = file;
    this.name = name;
    this.traceClass = traceClass;
    this.clock = clock;
    classes = new ClassTable(file.formats());
    names = new Names(file);
    List<DataStream> streams = new ArrayList<>();
    for (StreamDraft draft : drafts) {
      streams.add(
          new RingDataStream(
              this,
              traceClass.dataStreamClasses().get(draft.bufferIndex()),
              streams.size(),
              draft));
    }
    dataStreams = List.copyOf(streams);
  }

  TraceDat file() {
    return file;
  }

  RingClock clock() {
    return clock;
  }

  ClassTable classes() {
    return classes;
  }

  PageStore files() {
    return files;
  }

  @Override
  public Path path() {
    return file.path();
  }

  @Override
  public String name() {
    return name;
  }

  @Override
  public String format() {
    return "trace.dat " + file.version();
  }

  @Override
  public TraceClass traceClass() {
    return traceClass;
  }

  @Override
  public List<DataStream> dataStreams() {
    return dataStreams;
  }

  @Override
  public EventFormat format(EventClass eventClass) {
    return file.formats().get(eventClass.ordinal());
  }

  @Override
  public long missedBefore(DataStream stream, int packet) {
    return dataStreams.get(stream.ordinal()) instanceof RingDataStream own
        ? own.missedBefore(packet)
        : 0;
  }

  @Override
  public Names names() {
    return names;
  }

  @Override
  public void close() {
    try {
      files.close();
    } catch (IOException failure) {
      throw new UncheckedIOException(failure);
    }
  }

  @Override
  public String toString() {
    return file.path().toString();
  }
}
