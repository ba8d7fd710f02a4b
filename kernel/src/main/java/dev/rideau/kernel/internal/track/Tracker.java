package dev.rideau.kernel.internal.track;

/// The owner of one kind of state; feeds one table or a few.
public interface Tracker {

  /// Says which records it wants.
  void register(Handlers handlers);

  /// Records of a CPU may be missing from `ts` on: what was open there has no known end.
  ///
  /// @param kinds what may be missing, a sum of constants of [Gaps]
  default void lost(int kinds, long ts, int cpu) {}
}
