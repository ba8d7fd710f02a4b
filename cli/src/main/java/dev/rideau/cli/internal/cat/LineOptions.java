package dev.rideau.cli.internal.cat;

import dev.rideau.cli.internal.Selection;
import dev.rideau.cli.internal.text.LineTexts;
import dev.rideau.trace.DataStream;
import dev.rideau.trace.filter.StreamFilter;
import org.jspecify.annotations.Nullable;

/// Which lines are written, and what is noted of them.
///
/// @param cycles whether clock values are shown and not nanoseconds
/// @param withMarks whether there are the marks of [PacketMarks]
/// @param withStrings whether to note what [RecycledStrings] needs
/// @param partRecords how many records of a stream are written at a time
record LineOptions(
    Selection selection, boolean cycles, boolean withMarks, boolean withStrings, int partRecords) {
  private static final int RECORD_BYTES = 192;

  /// The same with strings noted.
  LineOptions andStrings() {
    return new LineOptions(selection, cycles, withMarks, true, partRecords);
  }

  long beginNs() {
    return selection.beginNs();
  }

  long endNs() {
    return selection.endNs();
  }

  boolean isBounded() {
    return selection.isBounded();
  }

  /// What chooses records of the stream; null takes all.
  @Nullable StreamFilter filter(DataStream stream) {
    StreamFilter filter = selection.filter().forStream(stream);
    return filter.isAll() ? null : filter;
  }

  LineTexts newLines() {
    return new LineTexts(partRecords * RECORD_BYTES, cycles, withStrings);
  }
}
