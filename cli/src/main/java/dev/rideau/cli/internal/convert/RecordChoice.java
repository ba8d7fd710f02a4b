package dev.rideau.cli.internal.convert;

import dev.rideau.cli.internal.Selection;
import dev.rideau.trace.RecordBlock;
import dev.rideau.trace.filter.StreamFilter;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/// Which records of a block are wanted. Used by one thread.
final class RecordChoice {
  private final Selection selection;
  private final @Nullable StreamFilter filter;
  private int[] positions = new int[0];
  private int count;

  private RecordChoice(Selection selection, @Nullable StreamFilter filter) {
    this.selection = selection;
    this.filter = filter;
  }

  /// Null when every record of a block is wanted.
  static @Nullable RecordChoice of(Selection selection, StreamFilter filter) {
    boolean all = filter.isAll();
    return all && !selection.isBounded() ? null : new RecordChoice(selection, all ? null : filter);
  }

  /// Positions of the records that were chosen last.
  int[] positions() {
    return positions;
  }

  /// Whether the record at a position was chosen.
  boolean isChosen(int position) {
    return Arrays.binarySearch(positions, 0, count, position) >= 0;
  }

  /// @return how many of [#positions] there are
  int choose(RecordBlock block) {
    int size = block.size();
    if (positions.length < size) {
      positions = new int[Math.max(size, block.capacity())];
    }
    long[] timestamps = block.timestampsNs();
    count = 0;
    for (int i = 0; i < size; i++) {
      if (timestamps[i] >= selection.beginNs()
          && timestamps[i] <= selection.endNs()
          && (filter == null || filter.matches(block, i))) {
        positions[count++] = i;
      }
    }
    return count;
  }
}
