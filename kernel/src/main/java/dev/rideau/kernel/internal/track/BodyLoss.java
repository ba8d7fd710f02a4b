package dev.rideau.kernel.internal.track;

/// Told of bodies that no thread has any more, though nothing says that they ended.
@FunctionalInterface
public interface BodyLoss {

  /// What a body was doing has no known end.
  void lostBody(int body, long ts, int cpu);
}
