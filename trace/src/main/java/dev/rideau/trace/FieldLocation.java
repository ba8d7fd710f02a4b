package dev.rideau.trace;

import java.util.List;

/// Where the length or the selector of a field is found: an absolute path of structure members.
///
/// The path crosses arrays (their current element), optionals (their content) and variants (each
/// option that can be followed) without an element of its own; so it may name several fields, of
/// which the one decoded last counts.
///
/// @param origin the root structure in which the path starts
/// @param path member names, outermost first, never empty
public record FieldLocation(Scope origin, List<String> path) {

  public FieldLocation {
    path = List.copyOf(path);
  }

  @Override
  public String toString() {
    return origin.label() + ": " + String.join(".", path);
  }
}
