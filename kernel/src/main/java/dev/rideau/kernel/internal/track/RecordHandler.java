package dev.rideau.kernel.internal.track;

/// Reads the records of one event class out of the batches of one cursor and tells the automata.
public interface RecordHandler {

  /// Takes a record.
  ///
  /// @param row its row in the batch that the handler was made for
  /// @param ts its time, never before that of the record before
  /// @param cpu the CPU that recorded it
  void handle(int row, long ts, int cpu);
}
