package dev.rideau.ctf.internal.decode;

import dev.rideau.trace.Attributes;
import dev.rideau.trace.BitLayout;
import dev.rideau.trace.BitOrder;
import dev.rideau.trace.FieldClass;
import dev.rideau.trace.Role;
import dev.rideau.trace.TextEncoding;
import java.nio.ByteOrder;
import java.util.List;
import java.util.Set;

/// Makes fields up for the twins that hold no others.
final class TwinLeaves {
  private final Dice dice;
  private final boolean simple;
  private final ByteOrder byteOrder;
  private final boolean mixedOrders;

  /// @param simple whether fields are mostly whole bytes
  /// @param mixedOrders whether some have the other byte order
  TwinLeaves(Dice dice, boolean simple, ByteOrder byteOrder, boolean mixedOrders) {
    this.dice = dice;
    this.simple = simple;
    this.byteOrder = byteOrder;
    this.mixedOrders = mixedOrders;
  }

  FieldClass someInteger(boolean anyLayout) {
    int lengthBits =
        anyLayout || !simple && dice.percent(40)
            ? dice.between(1, 64)
            : dice.oneOf(8, 16, 32, 64, 8, 16, 32, 64, 24, 12);
    return FieldClass.Int.of(someLayout(lengthBits), dice.percent(50));
  }

  FieldClass bits() {
    BitLayout layout = someLayout(dice.between(1, simple ? 16 : 64));
    return switch (dice.below(3)) {
      case 0 -> new FieldClass.Bool(layout, Attributes.NONE);
      case 1 -> new FieldClass.BitArray(layout, Attributes.NONE);
      default -> new FieldClass.BitMap(layout, List.of(), Attributes.NONE);
    };
  }

  FieldClass nullTerminated() {
    return new FieldClass.NullTerminatedString(
        dice.percent(simple ? 95 : 60) ? TextEncoding.UTF_8 : dice.oneOf(TextEncoding.values()),
        dice.percent(90) ? 8 : dice.oneOf(16, 64),
        Attributes.NONE);
  }

  BitLayout floatingLayout(boolean aligned) {
    BitLayout layout = someLayout(dice.oneOf(16, 32, 64, 128));
    return aligned && layout.alignmentBits() < 8
        ? new BitLayout(layout.lengthBits(), 8, layout.byteOrder(), layout.bitOrder())
        : layout;
  }

  BitLayout someLayout(int lengthBits) {
    int alignmentBits = simple && dice.percent(85) ? 8 : someAlignment();
    ByteOrder order = byteOrder;
    if (mixedOrders && dice.percent(30)) {
      order = order == ByteOrder.LITTLE_ENDIAN ? ByteOrder.BIG_ENDIAN : ByteOrder.LITTLE_ENDIAN;
      alignmentBits = dice.percent(95) ? Math.max(8, alignmentBits) : alignmentBits;
    } else if (mixedOrders && dice.percent(95)) {
      alignmentBits = Math.max(8, alignmentBits);
    }
    BitOrder bitOrder =
        dice.percent(8) ? dice.oneOf(BitOrder.values()) : BitLayout.naturalBitOrder(order);
    return new BitLayout(lengthBits, alignmentBits, order, bitOrder);
  }

  int someAlignment() {
    return switch (dice.below(10)) {
      case 0, 1, 2, 3, 4 -> 1;
      case 5, 6, 7 -> 8;
      case 8 -> 1 << dice.below(8);
      default -> dice.percent(3) ? 1 << dice.between(7, 17) : dice.oneOf(16, 32, 64);
    };
  }

  FieldClass.VariableLengthInt variableLength(boolean signed, Role... roles) {
    return new FieldClass.VariableLengthInt(signed, 10, List.of(), Set.of(roles), Attributes.NONE);
  }

  FieldClass.Int wholeBytes(int lengthBits, Role... roles) {
    return integer(layout(lengthBits, 8, byteOrder), roles);
  }

  static FieldClass.Int integer(BitLayout layout, Role... roles) {
    return new FieldClass.Int(layout, false, 10, List.of(), Set.of(roles), Attributes.NONE);
  }

  static BitLayout layout(int lengthBits, int alignmentBits, ByteOrder order) {
    return BitLayout.of(lengthBits, alignmentBits, order);
  }
}
