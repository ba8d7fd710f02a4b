package dev.rideau.ctf.testing;

import static dev.rideau.ctf.testing.RandomTraces.NONE;

import dev.rideau.trace.BitLayout;
import dev.rideau.trace.BitOrder;
import dev.rideau.trace.FieldClass;
import dev.rideau.trace.IntegerRange;
import dev.rideau.trace.Mapping;
import dev.rideau.trace.TextEncoding;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.SplittableRandom;

/// Makes random fields that hold no others: integers, bits, numbers, texts.
final class RandomLeaves {
  private final boolean ctf2;
  private final ByteOrder nativeOrder;
  private final ByteOrder foreignOrder;
  private final SplittableRandom random;

  RandomLeaves(boolean ctf2, ByteOrder nativeOrder, SplittableRandom random) {
    this.ctf2 = ctf2;
    this.nativeOrder = nativeOrder;
    this.random = random;
    foreignOrder =
        nativeOrder == ByteOrder.LITTLE_ENDIAN ? ByteOrder.BIG_ENDIAN : ByteOrder.LITTLE_ENDIAN;
  }

  FieldClass bits() {
    int lengthBits = 1 + random.nextInt(64);
    BitLayout layout = randomLayout(lengthBits);
    return switch (random.nextInt(3)) {
      case 0 -> new FieldClass.BitArray(layout, NONE);
      case 1 -> new FieldClass.Bool(layout, NONE);
      default ->
          new FieldClass.BitMap(
              layout, List.of(new Mapping("low", List.of(new IntegerRange(0, 0)))), NONE);
    };
  }

  FieldClass integer() {
    int lengthBits = random.nextInt(3) == 0 ? 8 << random.nextInt(4) : 1 + random.nextInt(64);
    boolean signed = random.nextBoolean();
    List<Mapping> mappings = new ArrayList<>();
    if (random.nextInt(5) == 0 && lengthBits > 4) {
      mappings.add(new Mapping("zero", List.of(new IntegerRange(0, 0))));
      mappings.add(new Mapping("a \"b\"", List.of(new IntegerRange(1, 3), new IntegerRange(5, 7))));
      if (lengthBits == 64) {
        mappings.add(
            signed
                ? new Mapping("least", List.of(new IntegerRange(Long.MIN_VALUE, -5)))
                : new Mapping("greatest", List.of(new IntegerRange(-9, -1))));
      }
    }
    return new FieldClass.Int(randomLayout(lengthBits), signed, base(), mappings, Set.of(), NONE);
  }

  int base() {
    return switch (random.nextInt(6)) {
      case 0 -> 2;
      case 1 -> 8;
      case 2 -> 16;
      default -> 10;
    };
  }

  int alignment() {
    return 1 << random.nextInt(random.nextInt(3) == 0 ? 8 : 4);
  }

  BitLayout randomLayout(int lengthBits) {
    boolean foreign = lengthBits % 8 == 0 && random.nextInt(4) == 0;
    ByteOrder order = foreign ? foreignOrder : nativeOrder;
    int alignmentBits = foreign ? Math.max(8, alignment()) : alignment();
    BitOrder bitOrder = BitLayout.naturalBitOrder(order);
    if (ctf2 && random.nextInt(4) == 0) {
      bitOrder =
          bitOrder == BitOrder.LEAST_SIGNIFICANT_FIRST
              ? BitOrder.MOST_SIGNIFICANT_FIRST
              : BitOrder.LEAST_SIGNIFICANT_FIRST;
    }
    return new BitLayout(lengthBits, alignmentBits, order, bitOrder);
  }

  FieldClass floating() {
    int lengthBits = ctf2 ? 16 << random.nextInt(4) : 32 << random.nextInt(2);
    return new FieldClass.Floating(randomLayout(lengthBits), NONE);
  }

  TextEncoding encoding() {
    return ctf2 && random.nextInt(3) == 0
        ? TextEncoding.values()[random.nextInt(TextEncoding.values().length)]
        : TextEncoding.UTF_8;
  }

  FieldClass text() {
    TextEncoding encoding = encoding();
    return random.nextBoolean()
        ? new FieldClass.NullTerminatedString(encoding, 8, NONE)
        : new FieldClass.StaticLengthString(4L * random.nextInt(5), encoding, 8, NONE);
  }
}
