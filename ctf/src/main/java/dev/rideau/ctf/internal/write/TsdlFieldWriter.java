package dev.rideau.ctf.internal.write;

import dev.rideau.trace.BitLayout;
import dev.rideau.trace.ClockClass;
import dev.rideau.trace.DataStreamClass;
import dev.rideau.trace.Diagnostic;
import dev.rideau.trace.EventClass;
import dev.rideau.trace.FieldClass;
import dev.rideau.trace.FieldClass.Structure;
import dev.rideau.trace.FieldLocation;
import dev.rideau.trace.IntegerRange;
import dev.rideau.trace.Mapping;
import dev.rideau.trace.Origin;
import dev.rideau.trace.Role;
import dev.rideau.trace.Scope;
import dev.rideau.trace.TraceClass;
import dev.rideau.trace.TraceException;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/// Writes the field classes of one root structure as TSDL.
///
/// References are relative where readers find the right field that way, absolute elsewhere. Readers
/// look a relative path up in the structure around the field, then in the one around that, and so
/// on.
final class TsdlFieldWriter {
  private final TsdlText text;
  private final TraceClass traceClass;
  private final @Nullable DataStreamClass stream;
  private final @Nullable EventClass event;
  private final Scope scope;

  /// What stands around the field, innermost first: structures, and variants as their option names.
  private final Deque<Around> around = new ArrayDeque<>();

  private final List<String> path = new ArrayList<>();

  /// @param depth how many members lead to it
  private record Around(@Nullable Structure structure, Set<String> optionNames, int depth) {}

  TsdlFieldWriter(
      TsdlText text,
      TraceClass traceClass,
      @Nullable DataStreamClass stream,
      @Nullable EventClass event,
      Scope scope) {
    this.text = text;
    this.traceClass = traceClass;
    this.stream = stream;
    this.event = event;
    this.scope = scope;
  }

  /// Writes `name := struct {...};`
  void root(String name, Structure structure) {
    structure(name + " := ", structure, ";");
  }

  private void field(String name, FieldClass fieldClass) {
    StringBuilder dimensions = new StringBuilder();
    FieldClass element = fieldClass;
    boolean more = true;
    while (more) {
      switch (element) {
        case FieldClass.StaticLengthArray array -> {
          dimensions.append('[').append(array.length()).append(']');
          element = array.element();
        }
        case FieldClass.DynamicLengthArray array -> {
          dimensions.append('[').append(integerReference(array.length())).append(']');
          element = array.element();
        }
        case FieldClass.StaticLengthString string -> {
          dimensions.append('[').append(string.lengthBytes()).append(']');
          more = false;
        }
        case FieldClass.DynamicLengthString string -> {
          dimensions.append('[').append(integerReference(string.length())).append(']');
          more = false;
        }
        case FieldClass.FixedLength _,
            FieldClass.VariableLengthInt _,
            FieldClass.NullTerminatedString _,
            FieldClass.StaticLengthBlob _,
            FieldClass.DynamicLengthBlob _,
            FieldClass.Structure _,
            FieldClass.Optional _,
            FieldClass.Variant _ ->
            more = false;
      }
    }
    base(element, " " + name + dimensions + ";");
  }

  private void base(FieldClass fieldClass, String after) {
    switch (fieldClass) {
      case FieldClass.Int integer -> integer(integer, after);
      case FieldClass.Floating floating -> text.line(floating(floating) + after);
      case FieldClass.NullTerminatedString _ -> text.line("string" + after);
      case FieldClass.StaticLengthString string ->
          text.line(character(string.alignmentBits()) + after);
      case FieldClass.DynamicLengthString string ->
          text.line(character(string.alignmentBits()) + after);
      case FieldClass.Structure structure -> structure("", structure, after);
      case FieldClass.Variant variant -> variant(variant, after);
      case FieldClass.BitArray _,
          FieldClass.BitMap _,
          FieldClass.Bool _,
          FieldClass.VariableLengthInt _,
          FieldClass.StaticLengthBlob _,
          FieldClass.DynamicLengthBlob _,
          FieldClass.StaticLengthArray _,
          FieldClass.DynamicLengthArray _,
          FieldClass.Optional _ ->
          throw unwritable("CTF 1.8 has no %s".formatted(fieldClass.getClass().getSimpleName()));
    }
  }

  private void structure(String before, Structure structure, String after) {
    int minimum = structure.minimumAlignmentBits();
    String end = (minimum > 1 ? "} align(%d)".formatted(minimum) : "}") + after;
    if (structure.members().isEmpty()) {
      text.line(before + "struct { " + end);
      return;
    }
    text.open(before + "struct {");
    around.push(new Around(structure, Set.of(), path.size()));
    for (FieldClass.Member member : structure.members()) {
      path.add(member.name());
      field(written(member.name()), member.fieldClass());
      path.removeLast();
    }
    around.pop();
    text.close(end);
  }

  private String written(String name) {
    if (!TsdlNames.isWord(name)) {
      throw unwritable("'%s' is no name in CTF 1.8".formatted(name));
    }
    return TsdlNames.escaped(name);
  }

  private void variant(FieldClass.Variant variant, String after) {
    FieldClass.Integral selector = target(variant.selector());
    List<String> labels = new ArrayList<>();
    for (FieldClass.Option option : variant.options()) {
      String label = TsdlReferences.label(selector, option);
      if (label == null) {
        throw unwritable(
            "no label of the selector stands for option '%s'".formatted(option.name()));
      }
      labels.add(label);
    }
    text.open("variant <%s> {".formatted(reference(variant.selector())));
    around.push(new Around(null, Set.copyOf(labels), path.size()));
    for (int i = 0; i < labels.size(); i++) {
      field(labels.get(i), variant.options().get(i).fieldClass());
    }
    around.pop();
    text.close("}" + after);
  }

  private void integer(FieldClass.Int integer, String after) {
    String plain = plainInteger(integer);
    if (integer.mappings().isEmpty()) {
      text.line(plain + after);
      return;
    }
    text.open("enum : " + plain + " {");
    for (Mapping mapping : integer.mappings()) {
      for (IntegerRange range : mapping.ranges()) {
        text.line(TsdlText.quoted(mapping.label()) + " = " + range(range, integer.signed()) + ",");
      }
    }
    text.close("}" + after);
  }

  private static String range(IntegerRange range, boolean signed) {
    String lower = number(range.lower(), signed);
    return range.lower() == range.upper() ? lower : lower + " ... " + number(range.upper(), signed);
  }

  private static String number(long value, boolean signed) {
    return signed ? Long.toString(value) : Long.toUnsignedString(value);
  }

  private String plainInteger(FieldClass.Int integer) {
    BitLayout layout = integer.layout();
    if (layout.isReversed()) {
      throw unwritable("CTF 1.8 has no reversed bit order");
    }
    StringBuilder attributes =
        new StringBuilder("integer { size = %d;".formatted(layout.lengthBits()))
            .append(TsdlWriter.layout(layout, traceClass.nativeByteOrder()))
            .append(integer.signed() ? " signed = true;" : " signed = false;");
    if (integer.displayBase() != 10) {
      attributes.append(" base = %d;".formatted(integer.displayBase()));
    }
    if (integer.roles().contains(Role.DEFAULT_CLOCK_TIMESTAMP)
        || integer.roles().contains(Role.PACKET_END_DEFAULT_CLOCK_TIMESTAMP)) {
      ClockClass clock = stream == null ? null : stream.defaultClock();
      if (clock != null) {
        attributes.append(" map = clock.%s.value;".formatted(clock.id()));
      }
    }
    return attributes.append(" }").toString();
  }

  private String floating(FieldClass.Floating floating) {
    BitLayout layout = floating.layout();
    String digits =
        switch (layout.lengthBits()) {
          case 32 -> "exp_dig = 8; mant_dig = 24;";
          case 64 -> "exp_dig = 11; mant_dig = 53;";
          default ->
              throw unwritable(
                  "CTF 1.8 has no floating point numbers of %d bits"
                      .formatted(layout.lengthBits()));
        };
    return "floating_point { "
        + digits
        + TsdlWriter.layout(layout, traceClass.nativeByteOrder())
        + " }";
  }

  private static String character(int alignmentBits) {
    return "integer { size = 8; align = %d; signed = false; encoding = UTF8; }"
        .formatted(alignmentBits);
  }

  private String integerReference(FieldLocation location) {
    target(location);
    return reference(location);
  }

  private FieldClass.Integral target(FieldLocation location) {
    FieldClass.Integral found = null;
    if (location.origin() == scope) {
      Around nearest = nearest(location);
      Structure structure = nearest == null ? null : nearest.structure();
      if (nearest != null && structure != null) {
        found = TsdlReferences.follow(structure, rest(location, nearest.depth()));
      }
    } else {
      Structure root = root(location.origin());
      found = root == null ? null : TsdlReferences.follow(root, location.path());
    }
    if (found == null) {
      throw unwritable("a field of CTF 1.8 cannot refer to the one at %s".formatted(location));
    }
    return found;
  }

  private String reference(FieldLocation location) {
    if (location.origin() == scope) {
      Around nearest = nearest(location);
      if (nearest != null) {
        List<String> relative = rest(location, nearest.depth());
        if (!isShadowed(relative, nearest)) {
          return joined(relative);
        }
      }
    }
    return prefix(location.origin()) + joined(location.path());
  }

  private @Nullable Around nearest(FieldLocation location) {
    for (Around outer : around) {
      Structure structure = outer.structure();
      int depth = outer.depth();
      if (structure != null
          && depth < location.path().size()
          && location.path().subList(0, depth).equals(path.subList(0, depth))
          && TsdlReferences.follow(structure, rest(location, depth)) != null) {
        return outer;
      }
    }
    return null;
  }

  private boolean isShadowed(List<String> relative, Around found) {
    for (Around inner : around) {
      Structure structure = inner.structure();
      if (structure != null && inner.depth() == found.depth()) {
        return false;
      }
      boolean hides =
          structure == null
              ? inner.optionNames().contains(written(relative.getFirst()))
              : structure.indexOf(relative.getFirst()) >= 0;
      if (hides) {
        return true;
      }
    }
    return false;
  }

  private static List<String> rest(FieldLocation location, int depth) {
    return location.path().subList(depth, location.path().size());
  }

  private String joined(List<String> names) {
    return names.stream().map(this::written).collect(Collectors.joining("."));
  }

  private @Nullable Structure root(Scope origin) {
    return switch (origin) {
      case PACKET_HEADER -> traceClass.packetHeader();
      case PACKET_CONTEXT -> stream == null ? null : stream.packetContext();
      case EVENT_HEADER -> stream == null ? null : stream.eventHeader();
      case COMMON_CONTEXT -> stream == null ? null : stream.commonContext();
      case SPECIFIC_CONTEXT -> event == null ? null : event.specificContext();
      case PAYLOAD -> event == null ? null : event.payload();
    };
  }

  private static String prefix(Scope origin) {
    return switch (origin) {
      case PACKET_HEADER -> "trace.packet.header.";
      case PACKET_CONTEXT -> "stream.packet.context.";
      case EVENT_HEADER -> "stream.event.header.";
      case COMMON_CONTEXT -> "stream.event.context.";
      case SPECIFIC_CONTEXT -> "event.context.";
      case PAYLOAD -> "event.fields.";
    };
  }

  private TraceException unwritable(String message) {
    String place =
        event == null
            ? scope.label()
            : scope.label() + " of event class '" + event.displayName() + "'";
    return new TraceException(
        Diagnostic.error(
            "not-writable-as-ctf-1.8",
            "%s: field '%s': %s".formatted(place, String.join(".", path), message),
            Origin.NONE,
            "Write the trace as CTF 2."));
  }
}
