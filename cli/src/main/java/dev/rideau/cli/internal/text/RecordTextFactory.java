package dev.rideau.cli.internal.text;

import dev.rideau.trace.DataStream;
import dev.rideau.trace.Projection;

/// Makes writers of records for data streams. Thread-safe: what is compiled for a class of records
/// is shared by all writers of all threads.
public interface RecordTextFactory {

  /// What the writers need of the records of a stream, when nobody else needs more.
  default Projection projection(DataStream stream) {
    return Projection.ALL;
  }

  /// A new writer for records of the stream, for one thread at a time.
  RecordText open(DataStream stream);
}
