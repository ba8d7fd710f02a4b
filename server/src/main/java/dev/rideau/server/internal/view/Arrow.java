package dev.rideau.server.internal.view;

/// Something that leads from one row to another.
///
/// @param fromNs absolute
/// @param toNs absolute
/// @param text for people
public record Arrow(Kind kind, int fromRow, long fromNs, int toRow, long toNs, String text) {
  /// What leads.
  public enum Kind {
    /// A thread wakes another: from the waker to where the other one runs.
    WAKEUP,
    /// A thread is moved to another CPU.
    MIGRATION
  }
}
