package dev.rideau.cli.internal.text;

import dev.rideau.trace.RecordBlock;

/// Writes the event records of one data stream, a line each. Used by one thread at a time.
public interface RecordText {

  /// Prepares for the records of a block; called once before its records are written.
  void enter(RecordBlock block);

  /// Appends the lines of the records from `from` up to, not including, `to` of the block entered
  /// last, without what [LineTimes] puts before them. Of each block all records are written in
  /// their order, by this method or by [#skip].
  void put(LineTexts out, RecordBlock block, int from, int to);

  /// Passes over records.
  void skip(RecordBlock block, int from, int to);
}
