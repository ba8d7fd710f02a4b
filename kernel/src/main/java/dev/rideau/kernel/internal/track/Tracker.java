package dev.rideau.kernel.internal.track;

/// The owner of one kind of state; feeds one table or a few.
public interface Tracker {

  /// Says which records it wants.
  void register(Handlers handlers);
}
