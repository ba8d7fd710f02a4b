package dev.rideau.ctf.internal.decode;

import dev.rideau.trace.FieldClass;

/// How few bits a field can take.
final class LeastLengths {
  private static final long MOST = 1L << 48;

  private LeastLengths() {}

  /// The least number of bits, without padding; 0 when the field may be empty.
  static long ofBits(FieldClass fieldClass) {
    return switch (fieldClass) {
      case FieldClass.FixedLength fixed -> fixed.layout().lengthBits();
      case FieldClass.VariableLengthInt _ -> 8;
      case FieldClass.NullTerminatedString string -> string.encoding().unitBytes() * 8L;
      case FieldClass.StaticLengthString string -> product(string.lengthBytes(), 8);
      case FieldClass.StaticLengthBlob blob -> product(blob.lengthBytes(), 8);
      case FieldClass.StaticLengthArray array -> product(array.length(), ofBits(array.element()));
      case FieldClass.Structure structure -> {
        long sum = 0;
        for (FieldClass.Member member : structure.members()) {
          sum = Math.min(MOST, sum + ofBits(member.fieldClass()));
        }
        yield sum;
      }
      case FieldClass.Variant variant -> {
        long least = MOST;
        for (FieldClass.Option option : variant.options()) {
          least = Math.min(least, ofBits(option.fieldClass()));
        }
        yield variant.options().isEmpty() ? 0 : least;
      }
      case FieldClass.DynamicLengthString _,
          FieldClass.DynamicLengthBlob _,
          FieldClass.DynamicLengthArray _,
          FieldClass.Optional _ ->
          0;
    };
  }

  private static long product(long count, long bits) {
    return bits == 0 || count <= 0 ? 0 : count > MOST / bits ? MOST : count * bits;
  }
}
