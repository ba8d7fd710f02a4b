package dev.rideau.perf.internal.symbol;

import dev.rideau.trace.ListColumn;
import dev.rideau.trace.LongColumn;
import java.util.List;

/// Walks through the words of a call chain: addresses, innermost first, and marks between them that
/// say in which context the addresses that follow are.
public final class CallChain {
  // Marks are the last 4095 words, read as unsigned numbers.
  private static final long LAST_MARK = -4095;
  private static final long HYPERVISOR = -32;
  private static final long KERNEL = -128;
  private static final long USER = -512;

  private CallChain() {}

  /// Appends what the words mean, up to a mark without a meaning: unwinding without frame pointers
  /// may find anything.
  ///
  /// @param chain the column of chains
  /// @return whether there was none; perf shows nothing of a chain with such a mark
  public static boolean resolve(
      Resolver resolver, int pid, long time, ListColumn chain, int row, List<Frame> into) {
    long[] words = ((LongColumn) chain.elements()).values();
    int first = chain.offsets()[row];
    int end = first + chain.lengths()[row];
    boolean kernel = false;
    for (int i = first; i < end; i++) {
      long word = words[i];
      if (Long.compareUnsigned(word, LAST_MARK) < 0) {
        into.add(resolver.resolve(pid, time, word, kernel));
      } else if (word == KERNEL || word == HYPERVISOR || word == USER) {
        kernel = word != USER;
      } else {
        return false;
      }
    }
    return true;
  }
}
