package dev.rideau.kernel.internal.track;

/// What the keys of automata are.
public enum KeySpace {
  /// Small numbers from 0: CPUs, or CPUs times something.
  CPU,
  /// References to threads, for what is done *to* a thread (it is woken, switched in).
  THREAD,
  /// Bodies, for what the running thread does; see [Bodies].
  BODY,
  /// Any numbers: addresses, sectors.
  NUMBER
}
