package dev.rideau.cli.internal.cat;

import dev.rideau.trace.BlockSource;
import org.jspecify.annotations.Nullable;

/// The lines of one data stream, run by run. Used by the merging thread.
interface TextSource extends BlockSource<TextRun> {

  /// The run that [#next] handed out last.
  @Nullable TextRun current();

  /// The run behind all that were asked for so far, or null at the end. [#next] will hand it out in
  /// its turn; until then it may be looked at.
  @Nullable TextRun fetch();
}
