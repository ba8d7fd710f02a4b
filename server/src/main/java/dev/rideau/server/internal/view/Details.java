package dev.rideau.server.internal.view;

import java.util.List;

/// What is known of a row at a time.
///
/// @param beginNs when the state began, absolute
/// @param endNs when it ended
/// @param title the state in few words
/// @param fields more, in the order in which it is told
/// @param links where else to look
public record Details(
    int row,
    long beginNs,
    long endNs,
    StateStyle style,
    String title,
    List<Field> fields,
    List<Link> links) {

  /// Something that is known.
  public record Field(String name, String text) {}

  /// Another place.
  ///
  /// @param rel what it is: `waker`, `wakee`, `thread`, `process`, `cpu`, `interrupted`, `file`,
  ///   `request`
  /// @param row id of the row, -1 for none
  /// @param ns when, absolute
  public record Link(String rel, String text, int row, long ns) {}
}
