package dev.rideau.perf.internal.symbol;

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
  /// @param words the array that the chain is in
  /// @return whether there was none; perf shows nothing of a chain with such a mark
  public static boolean resolve(
      Resolver resolver, int pid, long time, long[] words, int first, int count, List<Frame> into) {
    boolean kernel = false;
    for (int i = first; i < first + count; i++) {
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
