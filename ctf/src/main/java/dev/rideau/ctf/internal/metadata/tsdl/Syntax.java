package dev.rideau.ctf.internal.metadata.tsdl;

import java.util.List;
import org.jspecify.annotations.Nullable;

/// The syntax tree of a metadata text: what is written, before any name is looked up.
final class Syntax {
  private Syntax() {}

  /// A whole text.
  record Document(List<Item> items) {}

  /// What stands at the top level or in a block.
  sealed interface Item permits Block, Entry {}

  /// What stands in a block.
  sealed interface Entry extends Item permits Attribute, ScopeEntry, Declaration {}

  /// `trace { ... };` and the like.
  ///
  /// @param keyword trace, env, clock, callsite, stream or event
  record Block(String keyword, List<Entry> entries, TextPlace place) implements Item {}

  /// `name = value;`
  record Attribute(String name, Value value, TextPlace place) implements Entry {}

  /// `packet.header := struct { ... };`
  record ScopeEntry(String name, Type type, TextPlace place) implements Entry {}

  /// A declaration of a type or of fields.
  sealed interface Declaration extends Entry permits Alias, TypeDeclaration, FieldDeclaration {}

  /// `typealias` or `typedef`.
  record Alias(Type type, String name, List<Subscript> subscripts, TextPlace namePlace)
      implements Declaration {}

  /// `struct name { ... };` and the like: only of use for its name.
  record TypeDeclaration(Type type) implements Declaration {}

  /// Fields of one type, in a structure or variant.
  record FieldDeclaration(Type type, List<Declarator> declarators) implements Declaration {}

  /// A field name with array subscripts, outermost first.
  record Declarator(String name, List<Subscript> subscripts, TextPlace place) {}

  /// The length of an array: a constant or a location.
  sealed interface Subscript {
    TextPlace place();
  }

  record ConstantLength(long length, TextPlace place) implements Subscript {}

  record LocatedLength(Location location) implements Subscript {
    @Override
    public TextPlace place() {
      return location.place();
    }
  }

  /// A dotted path to another field, or to an entry of the environment.
  record Location(List<String> path, TextPlace place) {
    @Override
    public String toString() {
      return String.join(".", path);
    }
  }

  /// The value of an attribute.
  sealed interface Value {
    TextPlace place();
  }

  /// An integer: sign and magnitude, the latter unsigned.
  record Constant(boolean negative, long magnitude, TextPlace place) implements Value {

    /// Whether it fits into a signed integer of 64 bits.
    boolean isSignedLong() {
      return magnitude >= 0 || negative && magnitude == Long.MIN_VALUE;
    }

    /// The value modulo 2^64.
    long bits() {
      return negative ? -magnitude : magnitude;
    }

    @Override
    public String toString() {
      return (negative ? "-" : "") + Long.toUnsignedString(magnitude);
    }
  }

  record Text(String text, TextPlace place) implements Value {}

  /// An identifier, or several joined with dots.
  record Name(String name, TextPlace place) implements Value {}

  /// A type as it is written.
  sealed interface Type {
    TextPlace place();
  }

  record IntegerType(List<Attribute> attributes, TextPlace place) implements Type {}

  record FloatingPointType(List<Attribute> attributes, TextPlace place) implements Type {}

  record StringType(List<Attribute> attributes, TextPlace place) implements Type {}

  /// @param container null for the alias `int`
  record EnumType(
      @Nullable String name,
      @Nullable Type container,
      List<Enumerator> enumerators,
      TextPlace place)
      implements Type {}

  /// @param lower null to continue after the previous one
  record Enumerator(
      String label, @Nullable Constant lower, @Nullable Constant upper, TextPlace place) {}

  /// @param alignment null when not given
  record StructType(
      @Nullable String name,
      List<Declaration> declarations,
      @Nullable Constant alignment,
      TextPlace place)
      implements Type {}

  record VariantType(
      @Nullable String name,
      @Nullable Location selector,
      List<Declaration> declarations,
      TextPlace place)
      implements Type {}

  /// A type by name.
  ///
  /// @param name for structures, enumerations and variants with the keyword before
  /// @param selector only for variants
  record TypeReference(String name, @Nullable Location selector, TextPlace place) implements Type {}
}
