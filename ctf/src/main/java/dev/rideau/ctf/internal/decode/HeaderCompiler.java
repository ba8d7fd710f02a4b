package dev.rideau.ctf.internal.decode;

import dev.rideau.trace.BitLayout;
import dev.rideau.trace.FieldClass;
import dev.rideau.trace.IntegerRange;
import dev.rideau.trace.MemberSelection;
import dev.rideau.trace.Role;
import dev.rideau.trace.Scope;
import java.nio.ByteOrder;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// Chooses the procedure for the event header of a stream.
final class HeaderCompiler {
  private HeaderCompiler() {}

  /// @param defaultId id of the event class where a header says none
  static HeaderProcedure compile(
      FieldClass.@Nullable Structure header, long defaultId, Registers registers, boolean plain) {
    if (header == null) {
      return new HeaderProcedure.None(defaultId);
    }
    HeaderProcedure general =
        new HeaderProcedure.General(
            new NodeCompiler(registers).compile(Scope.EVENT_HEADER, header, MemberSelection.NONE),
            defaultId,
            registers);
    if (plain || needsRegisters(header, registers)) {
      return general;
    }
    int alignmentBits = header.alignmentBits();
    if (isLttng(header, 5, 31, 27) && alignmentBits >= 8) {
      return new HeaderProcedure.Compact(alignmentBits, general);
    }
    if (isLttng(header, 16, 65535, 32) && alignmentBits >= 8) {
      return new HeaderProcedure.Large(alignmentBits, general);
    }
    return general;
  }

  /// The quick procedures set no registers. The id selects the header's own variant, which they
  /// know; anything more needs the general one.
  private static boolean needsRegisters(FieldClass.Structure header, Registers registers) {
    return registers.isHeaderUsedOutside()
        || registers.headerCount() > (header.members().size() == 2 ? 1 : 0);
  }

  /// Whether the header is `{ id; variant <id> { compact; extended } }` with these lengths.
  private static boolean isLttng(
      FieldClass.Structure header, int idBits, long extendedId, int timestampBits) {
    List<FieldClass.Member> members = header.members();
    if (members.size() != 2
        || !(members.get(0).fieldClass() instanceof FieldClass.Int id)
        || !(members.get(1).fieldClass() instanceof FieldClass.Variant variant)
        || !isPlain(id, idBits, Role.EVENT_CLASS_ID)
        || id.layout().alignmentBits() > header.alignmentBits()
        || !variant.selector().path().equals(List.of(members.get(0).name()))
        || variant.selector().origin() != Scope.EVENT_HEADER
        || variant.alignmentBits() > 1
        || variant.options().size() != 2) {
      return false;
    }
    FieldClass.Option compact = variant.options().get(0);
    FieldClass.Option extended = variant.options().get(1);
    return compact.selectorRanges().equals(List.of(new IntegerRange(0, extendedId - 1)))
        && extended.selectorRanges().equals(List.of(new IntegerRange(extendedId, extendedId)))
        && compact.fieldClass() instanceof FieldClass.Structure structure
        && structure.members().size() == 1
        && structure.members().getFirst().fieldClass() instanceof FieldClass.Int timestamp
        && isPlain(timestamp, timestampBits, Role.DEFAULT_CLOCK_TIMESTAMP)
        && idBits % structure.alignmentBits() == 0;
  }

  private static boolean isPlain(FieldClass.Int integer, int lengthBits, Role role) {
    BitLayout layout = integer.layout();
    return layout.lengthBits() == lengthBits
        && layout.byteOrder() == ByteOrder.LITTLE_ENDIAN
        && !layout.isReversed()
        && !integer.signed()
        && integer.roles().equals(Set.of(role));
  }
}
