package dev.rideau.cli.internal.text;

import dev.rideau.trace.RecordBlock;

/// Writes the event records of one data stream, a line each. Used by one thread at a time.
public interface RecordText {

  /// Prepares for the records of a block; called once before its records are written.
  void enter(RecordBlock block);

  /// Appends the line of a record of the block entered last, line feed included.
  ///
  /// @param deltaFrom what [#deltaBase] gave for the line before, or [#NO_DELTA]
  /// @return where in the line the difference stands: `start << 8 | length`, 0 for none
  int put(TextBuffer out, RecordBlock block, int record, long deltaFrom);

  /// The number of the event class of the record written last, unique in the output, if the class
  /// has string fields; else -1.
  int stringClass();

  /// How many string fields that class has, elements of arrays not counted.
  int stringLeaves();

  /// Stands for "there is no line before".
  long NO_DELTA = -1;

  /// What the difference between two lines is told from: for a record its timestamp in nanoseconds,
  /// or its clock value where cycles are asked for.
  long deltaBase(RecordBlock block, int record);
}
