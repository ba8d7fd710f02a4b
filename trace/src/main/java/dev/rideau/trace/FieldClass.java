package dev.rideau.trace;

import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// The description of a field: its kind, length, alignment and byte order.
///
/// The hierarchy is that of CTF 2; CTF 1.8, ftrace and perf fit into it. An integer with mappings
/// is what CTF 1.8 calls an enumeration.
public sealed interface FieldClass {

  /// Alignment of the first bit, in bits relative to the start of the packet; a power of two. For
  /// compound classes the greatest of the declared minimum and of what the parts need.
  int alignmentBits();

  /// User attributes of the class.
  Attributes attributes();

  /// A class of which every value is a fixed-length array of bits.
  sealed interface FixedLength extends FieldClass permits BitArray, BitMap, Bool, Int, Floating {

    /// Length, alignment and orders of the bit array.
    BitLayout layout();

    @Override
    default int alignmentBits() {
      return layout().alignmentBits();
    }
  }

  /// A class whose values are integers: of fixed or of variable length.
  sealed interface Integral extends FieldClass permits Int, VariableLengthInt {

    /// Whether values are in two's complement; if not, values above 2^63-1 are held as negative
    /// `long`s.
    boolean signed();

    /// Base in which people want to see it: 2, 8, 10 or 16.
    int displayBase();

    /// Labels of values, empty when the field is not an enumeration.
    List<Mapping> mappings();

    /// What the value means to the decoder.
    Set<Role> roles();
  }

  /// A class of which the values are sequences of bytes that mean text.
  sealed interface Text extends FieldClass
      permits NullTerminatedString, StaticLengthString, DynamicLengthString {

    /// Encoding of the characters.
    TextEncoding encoding();
  }

  /// A class of which each value is as long as another field says.
  sealed interface DynamicLength extends FieldClass
      permits DynamicLengthString, DynamicLengthBlob, DynamicLengthArray {

    /// The field that gives the length.
    FieldLocation length();

    /// The same, with its length elsewhere.
    DynamicLength withLength(FieldLocation elsewhere);
  }

  /// Bits without further meaning, read as an unsigned integer.
  record BitArray(BitLayout layout, Attributes attributes) implements FixedLength {}

  /// Bits of which some have names.
  ///
  /// @param flags name and bit positions, 0 for the least significant bit
  record BitMap(BitLayout layout, List<Mapping> flags, Attributes attributes)
      implements FixedLength {
    public BitMap {
      flags = List.copyOf(flags);
    }
  }

  /// False when all bits are zero.
  record Bool(BitLayout layout, Attributes attributes) implements FixedLength {}

  /// An integer of 1 to 64 bits.
  record Int(
      BitLayout layout,
      boolean signed,
      int displayBase,
      List<Mapping> mappings,
      Set<Role> roles,
      Attributes attributes)
      implements FixedLength, Integral {
    public Int {
      mappings = List.copyOf(mappings);
      roles = Set.copyOf(roles);
    }

    /// A plain integer: decimal, no mappings, no roles.
    public static Int of(BitLayout layout, boolean signed) {
      return new Int(layout, signed, 10, List.of(), Set.of(), Attributes.NONE);
    }
  }

  /// An IEEE 754 number of 16, 32, 64 or 128 bits; held as `double`.
  record Floating(BitLayout layout, Attributes attributes) implements FixedLength {}

  /// A LEB128 integer of at most 64 significant bits.
  record VariableLengthInt(
      boolean signed,
      int displayBase,
      List<Mapping> mappings,
      Set<Role> roles,
      Attributes attributes)
      implements Integral {
    public VariableLengthInt {
      mappings = List.copyOf(mappings);
      roles = Set.copyOf(roles);
    }

    @Override
    public int alignmentBits() {
      return 8;
    }
  }

  /// Text up to a zero code unit.
  record NullTerminatedString(TextEncoding encoding, int alignmentBits, Attributes attributes)
      implements Text {}

  /// Text in a given number of bytes; ends before at a zero code unit, if there is one.
  record StaticLengthString(
      long lengthBytes, TextEncoding encoding, int alignmentBits, Attributes attributes)
      implements Text {}

  /// Text in a number of bytes that another field gives; ends before at a zero code unit, if there
  /// is one.
  record DynamicLengthString(
      FieldLocation length, TextEncoding encoding, int alignmentBits, Attributes attributes)
      implements Text, DynamicLength {
    @Override
    public DynamicLengthString withLength(FieldLocation elsewhere) {
      return new DynamicLengthString(elsewhere, encoding, alignmentBits, attributes);
    }
  }

  /// A given number of bytes.
  record StaticLengthBlob(
      long lengthBytes, String mediaType, Set<Role> roles, Attributes attributes)
      implements FieldClass {
    public StaticLengthBlob {
      roles = Set.copyOf(roles);
    }

    @Override
    public int alignmentBits() {
      return 8;
    }
  }

  /// A number of bytes that another field gives.
  record DynamicLengthBlob(FieldLocation length, String mediaType, Attributes attributes)
      implements DynamicLength {
    @Override
    public int alignmentBits() {
      return 8;
    }

    @Override
    public DynamicLengthBlob withLength(FieldLocation elsewhere) {
      return new DynamicLengthBlob(elsewhere, mediaType, attributes);
    }
  }

  /// A given number of elements.
  ///
  /// @param roles only the metadata stream UUID (CTF 1.8: sixteen bytes of the packet header)
  record StaticLengthArray(
      long length,
      FieldClass element,
      int minimumAlignmentBits,
      Set<Role> roles,
      Attributes attributes)
      implements FieldClass {
    public StaticLengthArray {
      roles = Set.copyOf(roles);
    }

    @Override
    public int alignmentBits() {
      return Math.max(minimumAlignmentBits, element.alignmentBits());
    }
  }

  /// A number of elements that another field gives.
  record DynamicLengthArray(
      FieldLocation length, FieldClass element, int minimumAlignmentBits, Attributes attributes)
      implements DynamicLength {
    @Override
    public int alignmentBits() {
      return Math.max(minimumAlignmentBits, element.alignmentBits());
    }

    @Override
    public DynamicLengthArray withLength(FieldLocation elsewhere) {
      return new DynamicLengthArray(elsewhere, element, minimumAlignmentBits, attributes);
    }
  }

  /// Named members, one after the other.
  record Structure(List<Member> members, int minimumAlignmentBits, Attributes attributes)
      implements FieldClass {

    /// A structure without members.
    public static final Structure EMPTY = new Structure(List.of(), 1, Attributes.NONE);

    public Structure {
      members = List.copyOf(members);
    }

    @Override
    public int alignmentBits() {
      int alignment = minimumAlignmentBits;
      for (Member member : members) {
        alignment = Math.max(alignment, member.fieldClass().alignmentBits());
      }
      return alignment;
    }

    /// Position of the member called `name`, or -1.
    public int indexOf(String name) {
      for (int i = 0; i < members.size(); i++) {
        if (members.get(i).name().equals(name)) {
          return i;
        }
      }
      return -1;
    }
  }

  /// A member of a structure.
  ///
  /// @param name unique in its structure; for CTF 1.8 without the leading underscore that TSDL puts
  ///   before names to keep them apart from its keywords
  record Member(String name, FieldClass fieldClass, Attributes attributes) {
    public Member(String name, FieldClass fieldClass) {
      this(name, fieldClass, Attributes.NONE);
    }
  }

  /// A field that is there or not.
  ///
  /// @param selectorRanges values of an integer selector for which the content is there; null when
  ///   the selector is a boolean
  record Optional(
      FieldLocation selector,
      @Nullable List<IntegerRange> selectorRanges,
      FieldClass content,
      int minimumAlignmentBits,
      Attributes attributes)
      implements FieldClass {
    public Optional {
      selectorRanges = selectorRanges == null ? null : List.copyOf(selectorRanges);
    }

    /// Optionals are not aligned themselves; their content is.
    @Override
    public int alignmentBits() {
      return minimumAlignmentBits;
    }
  }

  /// One of several fields.
  record Variant(
      FieldLocation selector, List<Option> options, int minimumAlignmentBits, Attributes attributes)
      implements FieldClass {
    public Variant {
      options = List.copyOf(options);
    }

    /// Variants are not aligned themselves; the option that is there is.
    @Override
    public int alignmentBits() {
      return minimumAlignmentBits;
    }
  }

  /// An option of a variant.
  ///
  /// @param name for CTF 1.8 the label of the selector's enumeration, without leading underscore;
  ///   null when an option of CTF 2 has no name
  /// @param selectorRanges values of the selector that choose this option, read with the selector's
  ///   sign
  record Option(
      @Nullable String name,
      List<IntegerRange> selectorRanges,
      FieldClass fieldClass,
      Attributes attributes) {
    public Option {
      selectorRanges = List.copyOf(selectorRanges);
    }
  }
}
