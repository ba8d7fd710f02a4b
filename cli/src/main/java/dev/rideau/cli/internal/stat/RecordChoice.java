package dev.rideau.cli.internal.stat;

import dev.rideau.cli.internal.Selection;
import dev.rideau.trace.DataStream;
import dev.rideau.trace.EventClass;
import dev.rideau.trace.MemberSelection;
import dev.rideau.trace.Projection;
import dev.rideau.trace.RecordBlock;
import dev.rideau.trace.Scope;
import dev.rideau.trace.filter.StreamFilter;

/// A [Selection] made ready for the records of one data stream. Thread-safe.
///
/// As a projection it includes all classes, also those that are not chosen: only where no record is
/// left out do blocks tell how long records are.
final class RecordChoice implements Projection {
  private final StreamFilter filter;
  private final boolean[] chosen;
  private final boolean byFields;
  private final long beginNs;
  private final long endNs;

  RecordChoice(Selection selection, DataStream stream) {
    filter = selection.filter().forStream(stream);
    byFields = !filter.isAll();
    chosen = new boolean[stream.dataStreamClass().eventClasses().size()];
    for (EventClass eventClass : stream.dataStreamClass().eventClasses()) {
      chosen[eventClass.ordinal()] =
          selection.names().includes(eventClass) && filter.includes(eventClass);
    }
    beginNs = selection.beginNs();
    endNs = selection.endNs();
  }

  @Override
  public MemberSelection members(EventClass eventClass, Scope scope) {
    return chosen[eventClass.ordinal()] ? filter.members(eventClass, scope) : MemberSelection.NONE;
  }

  /// Whether the record is chosen.
  boolean includes(RecordBlock block, int record) {
    long ns = block.timestampsNs()[record];
    return ns >= beginNs
        && ns <= endNs
        && chosen[block.eventClasses()[record]]
        && (!byFields || filter.matches(block, record));
  }
}
