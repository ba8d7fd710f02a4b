package dev.rideau.ctf.internal.decode;

import dev.rideau.trace.Attributes;
import dev.rideau.trace.FieldClass;
import dev.rideau.trace.FieldLocation;
import dev.rideau.trace.IntegerRange;
import dev.rideau.trace.Role;
import dev.rideau.trace.Scope;
import java.nio.ByteOrder;
import java.util.List;

/// Makes the event headers up that tracers write, with their widths drawn.
final class TwinHeaders {
  /// Where the id of [#lttng] is.
  static final FieldLocation ID = new FieldLocation(Scope.EVENT_HEADER, List.of("id"));

  private TwinHeaders() {}

  /// `{ id; variant <id> { compact { timestamp }, extended { id; timestamp } } }`
  static FieldClass.Structure lttng(Dice dice, int idBits, int timestampBits, int alignmentBits) {
    ByteOrder order = dice.percent(85) ? ByteOrder.LITTLE_ENDIAN : ByteOrder.BIG_ENDIAN;
    long extendedId = (1L << idBits) - 1;
    FieldClass.Structure compact =
        new FieldClass.Structure(
            List.of(
                TwinSchema.member(
                    "timestamp",
                    TwinLeaves.integer(
                        TwinLeaves.layout(timestampBits, 1, order), Role.DEFAULT_CLOCK_TIMESTAMP))),
            1,
            Attributes.NONE);
    int extendedAlignmentBits = dice.oneOf(1, 8, 8, 32);
    FieldClass.Structure extended =
        new FieldClass.Structure(
            List.of(
                TwinSchema.member(
                    "id",
                    TwinLeaves.integer(
                        TwinLeaves.layout(32, extendedAlignmentBits, order), Role.EVENT_CLASS_ID)),
                TwinSchema.member(
                    "timestamp",
                    TwinLeaves.integer(
                        TwinLeaves.layout(64, extendedAlignmentBits, order),
                        Role.DEFAULT_CLOCK_TIMESTAMP))),
            extendedAlignmentBits,
            Attributes.NONE);
    return new FieldClass.Structure(
        List.of(
            TwinSchema.member(
                "id", TwinLeaves.integer(TwinLeaves.layout(idBits, 1, order), Role.EVENT_CLASS_ID)),
            TwinSchema.member(
                "v",
                new FieldClass.Variant(
                    ID,
                    List.of(
                        TwinSchema.option(compact, new IntegerRange(0, extendedId - 1)),
                        TwinSchema.option(extended, new IntegerRange(extendedId, extendedId))),
                    1,
                    Attributes.NONE))),
        alignmentBits,
        Attributes.NONE);
  }
}
