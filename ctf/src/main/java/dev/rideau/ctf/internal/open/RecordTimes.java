package dev.rideau.ctf.internal.open;

import dev.rideau.trace.DataStreamClass;
import dev.rideau.trace.FieldClass;
import dev.rideau.trace.Role;

/// Whether event records tell their whole time or only how it goes on.
final class RecordTimes {
  private RecordTimes() {}

  /// Whether no record needs anything before it to know its time: there is no clock, or each event
  /// header has a timestamp of 64 bits.
  static boolean areAbsolute(DataStreamClass dataStreamClass) {
    FieldClass.Structure header = dataStreamClass.eventHeader();
    return dataStreamClass.defaultClock() == null || (header != null && isAbsolute(header));
  }

  private static boolean isAbsolute(FieldClass fieldClass) {
    return switch (fieldClass) {
      case FieldClass.Int integer ->
          integer.layout().lengthBits() == 64
              && integer.roles().contains(Role.DEFAULT_CLOCK_TIMESTAMP);
      case FieldClass.Structure structure ->
          structure.members().stream().anyMatch(member -> isAbsolute(member.fieldClass()));
      case FieldClass.Variant variant ->
          !variant.options().isEmpty()
              && variant.options().stream().allMatch(option -> isAbsolute(option.fieldClass()));
      // The length of a variable-length timestamp, like what is optional, depends on the record.
      case FieldClass.VariableLengthInt _,
          FieldClass.Optional _,
          FieldClass.StaticLengthArray _,
          FieldClass.DynamicLengthArray _,
          FieldClass.BitArray _,
          FieldClass.BitMap _,
          FieldClass.Bool _,
          FieldClass.Floating _,
          FieldClass.Text _,
          FieldClass.StaticLengthBlob _,
          FieldClass.DynamicLengthBlob _ ->
          false;
    };
  }
}
