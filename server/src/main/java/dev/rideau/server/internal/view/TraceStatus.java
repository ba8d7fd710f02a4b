package dev.rideau.server.internal.view;

import org.jspecify.annotations.Nullable;

/// How far the opening of a trace is.
///
/// @param done work done so far
/// @param total all work of this step, 0 where that is unknown
/// @param message what is being done, for people
/// @param error why it failed, else null
public record TraceStatus(
    State state, long done, long total, String message, @Nullable String error) {

  /// The steps.
  public enum State {
    /// The metadata is read.
    OPENING,
    /// Events are read and facts made.
    READING,
    /// Facts are arranged for the timeline.
    INDEXING,
    /// Everything can be asked.
    READY,
    /// Nothing can be asked.
    FAILED
  }

  public boolean isReady() {
    return state == State.READY;
  }

  /// Whether it stays so.
  public boolean isOver() {
    return isReady() || state == State.FAILED;
  }

  /// How much of everything is done, from 0 to 1.
  public double fraction() {
    double part = total <= 0 ? 0 : Math.clamp((double) done / total, 0, 1);
    return switch (state) {
      case OPENING -> 0;
      case READING -> 0.02 + 0.78 * part;
      case INDEXING -> 0.8 + 0.2 * part;
      case READY, FAILED -> 1;
    };
  }
}
