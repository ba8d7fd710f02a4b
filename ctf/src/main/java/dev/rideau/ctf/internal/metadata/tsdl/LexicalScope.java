package dev.rideau.ctf.internal.metadata.tsdl;

import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// The types and fields that are known at a point of the text; inner scopes hide what outer ones
/// call the same.
final class LexicalScope {

  enum Kind {
    /// The top level or a block.
    BLOCK,
    /// The type behind an alias or a name: what it holds cannot know where it will be used.
    ALIAS,
    STRUCTURE,
    VARIANT
  }

  private final @Nullable LexicalScope parent;
  private final Kind kind;
  // Most scopes declare no type, and many no field.
  private Map<String, Draft> types = Map.of();
  private Set<String> fields = Set.of();

  LexicalScope(@Nullable LexicalScope parent, Kind kind) {
    this.parent = parent;
    this.kind = kind;
  }

  LexicalScope inner(Kind innerKind) {
    return new LexicalScope(this, innerKind);
  }

  @Nullable LexicalScope parent() {
    return parent;
  }

  Kind kind() {
    return kind;
  }

  /// The type of that name here or further out, or null.
  @Nullable Draft type(String name) {
    for (LexicalScope scope = this; scope != null; scope = scope.parent) {
      Draft type = scope.types.get(name);
      if (type != null) {
        return type;
      }
    }
    return null;
  }

  /// Takes note of a type.
  ///
  /// @return whether this very scope had no type of that name
  boolean declareType(String name, Draft type) {
    LexicalScope scope = this;
    // A scope of kind ALIAS ends with the alias; names given inside live on outside.
    while (scope.kind == Kind.ALIAS && scope.parent != null) {
      scope = scope.parent;
    }
    if (scope.types.isEmpty()) {
      scope.types = new HashMap<>();
    }
    return scope.types.putIfAbsent(name, type) == null;
  }

  void declareField(String name) {
    if (fields.isEmpty()) {
      fields = new HashSet<>();
    }
    fields.add(name);
  }

  boolean hasField(String name) {
    return kind == Kind.STRUCTURE && fields.contains(name);
  }
}
