package dev.rideau.ctf.internal.metadata.tsdl;

import dev.rideau.trace.BitLayout;
import dev.rideau.trace.ClockClass;
import dev.rideau.trace.ClockOrigin;
import dev.rideau.trace.DataStreamClass;
import dev.rideau.trace.EventClass;
import dev.rideau.trace.FieldClass;
import dev.rideau.trace.FieldClass.Structure;
import dev.rideau.trace.IntegerRange;
import dev.rideau.trace.Mapping;
import dev.rideau.trace.Role;
import dev.rideau.trace.TraceClass;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// Writes a trace class as text that people can compare: a field per line.
final class ModelText {
  private final StringBuilder out = new StringBuilder();
  private int depth;

  private ModelText() {}

  static String of(TraceClass traceClass) {
    ModelText text = new ModelText();
    text.trace(traceClass);
    return text.out.toString();
  }

  private void line(String text) {
    out.append("  ".repeat(depth)).append(text).append('\n');
  }

  private void trace(TraceClass traceClass) {
    line(
        "trace "
            + traceClass.majorVersion()
            + "."
            + traceClass.minorVersion()
            + (traceClass.uid() == null ? "" : " " + traceClass.uid())
            + " "
            + order(traceClass.nativeByteOrder()));
    traceClass.environment().entries().forEach((name, value) -> line("env " + name + " " + value));
    for (ClockClass clock : traceClass.clockClasses()) {
      line(
          "clock "
              + clock.id()
              + (clock.uid() == null ? "" : " " + clock.uid())
              + (clock.description() == null ? "" : " \"" + clock.description() + "\"")
              + " "
              + clock.frequencyHz()
              + " Hz, offset "
              + clock.offsetSeconds()
              + " s + "
              + clock.offsetCycles()
              + (clock.precisionCycles() == null ? "" : ", precision " + clock.precisionCycles())
              + (clock.origin() instanceof ClockOrigin.UnixEpoch ? ", unix epoch" : ""));
    }
    scope("packet header", traceClass.packetHeader());
    for (DataStreamClass stream : traceClass.dataStreamClasses()) {
      ClockClass clock = stream.defaultClock();
      line(
          "stream "
              + Long.toUnsignedString(stream.id())
              + (clock == null ? "" : " clock " + clock.id()));
      depth++;
      scope("packet context", stream.packetContext());
      scope("event header", stream.eventHeader());
      scope("common context", stream.commonContext());
      for (EventClass event : stream.eventClasses()) {
        line(
            "event "
                + Long.toUnsignedString(event.id())
                + (event.name() == null ? "" : " " + event.name())
                + (event.logLevel() == null ? "" : " log level " + event.logLevel())
                + (event.emfUri() == null ? "" : " emf " + event.emfUri()));
        depth++;
        scope("specific context", event.specificContext());
        scope("payload", event.payload());
        depth--;
      }
      depth--;
    }
  }

  private void scope(String name, @Nullable Structure structure) {
    if (structure != null) {
      field(name, structure);
    }
  }

  private void field(String name, FieldClass type) {
    line(name + ": " + head(type));
    depth++;
    switch (type) {
      case Structure structure ->
          structure.members().forEach(member -> field(member.name(), member.fieldClass()));
      case FieldClass.Variant variant ->
          variant
              .options()
              .forEach(option ->
                  field(
                      option.name() + " " + ranges(option.selectorRanges(), true),
                      option.fieldClass()));
      case FieldClass.StaticLengthArray array -> field("[]", array.element());
      case FieldClass.DynamicLengthArray array -> field("[]", array.element());
      default -> {}
    }
    depth--;
  }

  private static String head(FieldClass type) {
    String align = " align " + type.alignmentBits();
    return switch (type) {
      case FieldClass.Int integer ->
          (integer.signed() ? "int" : "uint")
              + layout(integer.layout())
              + (integer.displayBase() == 10 ? "" : " base " + integer.displayBase())
              + mappings(integer.mappings(), integer.signed())
              + roles(integer.roles());
      case FieldClass.Floating floating -> "float" + layout(floating.layout());
      case FieldClass.NullTerminatedString string -> "string" + align;
      case FieldClass.StaticLengthString string -> "text of " + string.lengthBytes();
      case FieldClass.DynamicLengthString string -> "text of <" + string.length() + ">";
      case FieldClass.StaticLengthArray array ->
          "array of " + array.length() + align + roles(array.roles());
      case FieldClass.DynamicLengthArray array -> "array of <" + array.length() + ">" + align;
      case Structure structure -> "struct" + align;
      case FieldClass.Variant variant -> "variant by <" + variant.selector() + ">";
      default -> throw new AssertionError("not in CTF 1.8: " + type);
    };
  }

  private static String layout(BitLayout layout) {
    return layout.lengthBits()
        + " align "
        + layout.alignmentBits()
        + " "
        + order(layout.byteOrder());
  }

  private static String order(@Nullable ByteOrder order) {
    return order == ByteOrder.BIG_ENDIAN ? "be" : "le";
  }

  private static String roles(Set<Role> roles) {
    return roles.isEmpty() ? "" : " " + roles.stream().map(Role::label).sorted().toList();
  }

  private static String mappings(List<Mapping> mappings, boolean signed) {
    List<String> texts = new ArrayList<>();
    for (Mapping mapping : mappings) {
      texts.add(mapping.label() + "=" + ranges(mapping.ranges(), signed));
    }
    return texts.isEmpty() ? "" : " " + texts;
  }

  private static String ranges(List<IntegerRange> ranges, boolean signed) {
    List<String> texts = new ArrayList<>();
    for (IntegerRange range : ranges) {
      String lower = number(range.lower(), signed);
      String upper = number(range.upper(), signed);
      texts.add(lower.equals(upper) ? lower : lower + ".." + upper);
    }
    return String.join("|", texts);
  }

  private static String number(long value, boolean signed) {
    return signed ? Long.toString(value) : Long.toUnsignedString(value);
  }
}
