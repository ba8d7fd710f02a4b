package dev.rideau.cli.internal.text;

import dev.rideau.trace.DataStream;

/// Makes writers of records for data streams. Thread-safe: what is compiled for a class of records
/// is shared by all writers of all threads.
public interface RecordTextFactory {

  /// A new writer for records of the stream, for one thread at a time.
  RecordText open(DataStream stream);
}
