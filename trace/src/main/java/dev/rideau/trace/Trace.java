package dev.rideau.trace;

import java.nio.file.Path;
import java.util.List;

/// A metadata stream plus data streams, opened: the metadata is known and the packets are indexed,
/// no event record is decoded. Immutable and shared by all threads.
public interface Trace extends AutoCloseable {

  /// The folder or file it was opened from.
  Path path();

  /// A name for people, maybe empty: that of the metadata or else of the machine, and where the
  /// trace lies below what the user named.
  String name();

  /// What the metadata says.
  TraceClass traceClass();

  /// The format and its version, for people: `CTF 1.8`.
  default String format() {
    TraceClass version = traceClass();
    String minor = version.minorVersion() == 0 ? "" : "." + version.minorVersion();
    return "CTF " + version.majorVersion() + minor;
  }

  /// Its data streams; [DataStream#ordinal()] is the index.
  List<DataStream> dataStreams();

  /// Frees files; cursors must not be used any more.
  @Override
  void close();
}
