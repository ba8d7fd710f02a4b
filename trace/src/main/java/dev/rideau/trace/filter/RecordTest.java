package dev.rideau.trace.filter;

import dev.rideau.trace.Batch;
import dev.rideau.trace.RecordBlock;

/// A condition compiled for the records of one event class. Without state; shared by all threads.
@FunctionalInterface
interface RecordTest {
  RecordTest ALWAYS = (_, _, _) -> true;
  RecordTest NEVER = (_, _, _) -> false;

  /// Whether a record matches.
  ///
  /// @param batch the batch of its class
  /// @param record its position in the block
  boolean test(RecordBlock block, Batch batch, int record);

  /// Whether this is the test that every record passes.
  default boolean isAlways() {
    return equals(ALWAYS);
  }

  /// Whether this is the test that no record passes.
  default boolean isNever() {
    return equals(NEVER);
  }

  /// The test with the same answer for all records.
  static RecordTest of(boolean constant) {
    return constant ? ALWAYS : NEVER;
  }
}
