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
  private static final long GUEST = -2048;

  private CallChain() {}

  /// Appends what the words mean.
  ///
  /// @param words the array that the chain is in
  public static void resolve(
      Resolver resolver, int pid, long time, long[] words, int first, int count, List<Frame> into) {
    boolean kernel = false;
    for (int i = first; i < first + count; i++) {
      long word = words[i];
      if (Long.compareUnsigned(word, LAST_MARK) >= 0) {
        kernel = word == KERNEL || word == HYPERVISOR || kernel && word != USER && word != GUEST;
      } else {
        into.add(resolver.resolve(pid, time, word, kernel));
      }
    }
  }
}
