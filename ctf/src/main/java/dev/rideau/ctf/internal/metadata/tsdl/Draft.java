package dev.rideau.ctf.internal.metadata.tsdl;

import dev.rideau.ctf.internal.metadata.tsdl.Syntax.Location;
import dev.rideau.trace.BitLayout;
import dev.rideau.trace.Mapping;
import dev.rideau.trace.Role;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// A type with all names looked up, but with locations as they are written: what locations mean
/// depends on where the type is used. Immutable; aliases share it.
sealed interface Draft {

  /// Where the type is used, or defined.
  TextPlace place();

  /// How large the tree is.
  Extent extent();

  /// The same type used elsewhere.
  Draft at(TextPlace place);

  /// The size of a tree with shared parts counted as often as they occur: aliases of aliases can
  /// double it with every line of text.
  ///
  /// @param depth levels
  /// @param nodes types, saturated
  record Extent(int depth, long nodes) {
    static final Extent LEAF = new Extent(1, 1);

    static Extent around(Extent content) {
      return new Extent(content.depth + 1, saturated(content.nodes + 1));
    }

    static Extent of(List<MemberDraft> members) {
      int depth = 0;
      long nodes = 0;
      for (MemberDraft member : members) {
        depth = Math.max(depth, member.type().extent().depth);
        nodes = saturated(nodes + member.type().extent().nodes);
      }
      return new Extent(depth + 1, saturated(nodes + 1));
    }

    private static long saturated(long nodes) {
      return Math.min(nodes, 1L << 40);
    }
  }

  /// @param text whether arrays of it are text
  /// @param clock the clock of which it holds a timestamp, or null
  record IntDraft(
      BitLayout layout,
      boolean signed,
      int displayBase,
      boolean text,
      @Nullable String clock,
      List<Mapping> mappings,
      Set<Role> roles,
      TextPlace place)
      implements Draft {

    IntDraft withMappings(List<Mapping> enumerators, TextPlace at) {
      return new IntDraft(layout, signed, displayBase, text, clock, enumerators, roles, at);
    }

    IntDraft withClock(@Nullable String name) {
      return new IntDraft(layout, signed, displayBase, text, name, mappings, roles, place);
    }

    /// As a pointer, which people want to see in hexadecimal.
    IntDraft asPointer(TextPlace at) {
      return new IntDraft(layout, signed, 16, text, clock, mappings, roles, at);
    }

    IntDraft withRoles(Set<Role> added) {
      return new IntDraft(layout, signed, displayBase, text, clock, mappings, added, place);
    }

    /// Whether arrays of it are text in whole bytes.
    boolean isCharacter() {
      return text && layout.lengthBits() == 8 && layout.alignmentBits() == 8;
    }

    @Override
    public Extent extent() {
      return Extent.LEAF;
    }

    @Override
    public IntDraft at(TextPlace at) {
      return new IntDraft(layout, signed, displayBase, text, clock, mappings, roles, at);
    }
  }

  record FloatDraft(BitLayout layout, TextPlace place) implements Draft {
    @Override
    public Extent extent() {
      return Extent.LEAF;
    }

    @Override
    public FloatDraft at(TextPlace at) {
      return new FloatDraft(layout, at);
    }
  }

  record StringDraft(TextPlace place) implements Draft {
    @Override
    public Extent extent() {
      return Extent.LEAF;
    }

    @Override
    public StringDraft at(TextPlace at) {
      return new StringDraft(at);
    }
  }

  /// @param length number of elements when `location` is null
  /// @param location where the number of elements is found, or null
  /// @param uuid whether it holds the UUID of the trace
  record ArrayDraft(
      Draft element,
      long length,
      @Nullable Location location,
      boolean uuid,
      TextPlace place,
      Extent extent)
      implements Draft {

    static ArrayDraft of(Draft element, long length, TextPlace place) {
      return new ArrayDraft(element, length, null, false, place, Extent.around(element.extent()));
    }

    static ArrayDraft of(Draft element, Location location) {
      return new ArrayDraft(
          element, 0, location, false, location.place(), Extent.around(element.extent()));
    }

    ArrayDraft withElement(Draft other) {
      return new ArrayDraft(other, length, location, uuid, place, extent);
    }

    ArrayDraft asUuid() {
      return new ArrayDraft(element, length, location, true, place, extent);
    }

    @Override
    public ArrayDraft at(TextPlace at) {
      return new ArrayDraft(element, length, location, uuid, at, extent);
    }
  }

  /// @param name as written, with its underscore
  record MemberDraft(String name, Draft type, TextPlace place) {
    MemberDraft withType(Draft other) {
      return new MemberDraft(name, other, place);
    }
  }

  record StructDraft(
      List<MemberDraft> members, int minimumAlignmentBits, TextPlace place, Extent extent)
      implements Draft {

    static StructDraft of(List<MemberDraft> members, int minimumAlignmentBits, TextPlace place) {
      return new StructDraft(List.copyOf(members), minimumAlignmentBits, place, Extent.of(members));
    }

    StructDraft withMembers(List<MemberDraft> others) {
      return new StructDraft(List.copyOf(others), minimumAlignmentBits, place, extent);
    }

    @Override
    public StructDraft at(TextPlace at) {
      return new StructDraft(members, minimumAlignmentBits, at, extent);
    }
  }

  /// @param selector null while it is to be given by the field
  record VariantDraft(
      @Nullable Location selector, List<MemberDraft> options, TextPlace place, Extent extent)
      implements Draft {

    static VariantDraft of(
        @Nullable Location selector, List<MemberDraft> options, TextPlace place) {
      return new VariantDraft(selector, List.copyOf(options), place, Extent.of(options));
    }

    VariantDraft withSelector(Location other) {
      return new VariantDraft(other, options, place, extent);
    }

    VariantDraft withOptions(List<MemberDraft> others) {
      return new VariantDraft(selector, List.copyOf(others), place, extent);
    }

    @Override
    public VariantDraft at(TextPlace at) {
      return new VariantDraft(selector, options, at, extent);
    }
  }
}
