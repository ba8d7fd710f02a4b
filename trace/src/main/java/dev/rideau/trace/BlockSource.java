package dev.rideau.trace;

import org.jspecify.annotations.Nullable;

/// Hands out the blocks of one data stream one after the other; what a [Merger] pulls from.
@FunctionalInterface
public interface BlockSource<B extends TimedBlock> {

  /// The next block, not empty, or null at the end. May recycle the block of the call before.
  @Nullable B next();
}
