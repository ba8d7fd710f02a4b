package dev.rideau.ctf.internal.decode;

import dev.rideau.trace.BitLayout;
import dev.rideau.trace.FieldClass;
import dev.rideau.trace.IntegerRange;
import dev.rideau.trace.Role;
import dev.rideau.trace.Scope;
import java.nio.ByteOrder;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// An event header that is nothing but a class id and a timestamp in at most 64 bits, little
/// endian: LTTng's compact and large headers in their short form, and those of simple tracers. It
/// can be read with one load. [HeaderProcedure] is its twin for every header, and the only one for
/// LTTng's extended form.
///
/// ```
/// LTTng compact  [id: 5][timestamp: 27]        id 31:    extended
/// LTTng large    [id: 16][timestamp: 32]       id 65535: extended
/// ```
///
/// @param alignmentMask bytes of alignment less one
/// @param idBits length of the id
/// @param timestampBits length of the timestamp; both together are whole bytes
/// @param extendedId id that announces another form, -1 when there is none
record PackedHeader(int alignmentMask, int idBits, int timestampBits, long extendedId) {

  /// The packed header of a stream, or null when its header is of another kind.
  static @Nullable PackedHeader of(FieldClass.@Nullable Structure header, Registers registers) {
    if (header == null
        || registers.isHeaderUsedOutside()
        || header.members().size() != 2
        || !(header.members().get(0).fieldClass() instanceof FieldClass.Int id)
        || !isPlain(id, Role.EVENT_CLASS_ID)) {
      return null;
    }
    long alignmentBits = header.alignmentBits();
    if (alignmentBits < 8
        || alignmentBits > 64 // the look ahead at the next header stays within the slack
        || id.layout().alignmentBits() > alignmentBits) {
      return null;
    }
    int idBits = id.layout().lengthBits();
    int mask = (int) (alignmentBits >> 3) - 1;
    return switch (header.members().get(1).fieldClass()) {
      case FieldClass.Int timestamp when registers.headerCount() == 0 ->
          of(mask, idBits, timestamp, -1);
      case FieldClass.Variant variant
          when registers.headerCount() == 1 && hasShortForm(header, variant, idBits) ->
          of(
              mask,
              idBits,
              shortForm((FieldClass.Structure) variant.options().get(0).fieldClass()),
              (1L << idBits) - 1);
      default -> null;
    };
  }

  private static @Nullable PackedHeader of(
      int alignmentMask, int idBits, FieldClass.Int timestamp, long extendedId) {
    int timestampBits = timestamp.layout().lengthBits();
    return isPlain(timestamp, Role.DEFAULT_CLOCK_TIMESTAMP)
            && idBits % timestamp.layout().alignmentBits() == 0
            && idBits + timestampBits <= 64
            && ((idBits + timestampBits) & 7) == 0
        ? new PackedHeader(alignmentMask, idBits, timestampBits, extendedId)
        : null;
  }

  /// Whether the variant is LTTng's: all ids but the greatest mean a structure of a timestamp.
  private static boolean hasShortForm(
      FieldClass.Structure header, FieldClass.Variant variant, int idBits) {
    if (variant.options().size() != 2
        || variant.alignmentBits() > 1
        || idBits > 32
        || variant.selector().origin() != Scope.EVENT_HEADER
        || !variant.selector().path().equals(List.of(header.members().get(0).name()))) {
      return false;
    }
    long extendedId = (1L << idBits) - 1;
    FieldClass.Option compact = variant.options().get(0);
    FieldClass.Option extended = variant.options().get(1);
    return compact.selectorRanges().equals(List.of(new IntegerRange(0, extendedId - 1)))
        && extended.selectorRanges().equals(List.of(new IntegerRange(extendedId, extendedId)))
        && compact.fieldClass() instanceof FieldClass.Structure structure
        && structure.members().size() == 1
        && structure.members().getFirst().fieldClass() instanceof FieldClass.Int
        && idBits % structure.alignmentBits() == 0;
  }

  private static FieldClass.Int shortForm(FieldClass.Structure structure) {
    return (FieldClass.Int) structure.members().getFirst().fieldClass();
  }

  private static boolean isPlain(FieldClass.Int integer, Role role) {
    BitLayout layout = integer.layout();
    return layout.byteOrder() == ByteOrder.LITTLE_ENDIAN
        && !layout.isReversed()
        && !integer.signed()
        && integer.roles().equals(Set.of(role));
  }

  /// Length of the header.
  int lengthBytes() {
    return (idBits + timestampBits) >> 3;
  }

  /// First byte of the header of a record.
  ///
  /// @param at byte in the window behind the record before
  int start(int at) {
    return (at + alignmentMask) & ~alignmentMask;
  }

  /// The clock after a header; see [Clocks#updated].
  long updatedClock(long clockValue, long word) {
    long mask = -1L >>> (64 - timestampBits);
    long updated = (clockValue & ~mask) | ((word >>> idBits) & mask);
    return updated < clockValue ? updated + mask + 1 : updated;
  }

  /// The class id in a header.
  long id(long word) {
    return word & (-1L >>> (64 - idBits));
  }
}
