package dev.rideau.tracer;

/// Records events of one class, given as records. See [Tracer#writer(Class)].
///
/// @param <R> the record
public interface EventWriter<R> {
  /// Records the event, if a session wants it. Never throws; null is ignored.
  void emit(R event);

  /// Whether a session wants it.
  boolean isEnabled();
}
