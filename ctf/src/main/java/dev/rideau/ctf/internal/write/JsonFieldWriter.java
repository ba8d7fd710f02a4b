package dev.rideau.ctf.internal.write;

import dev.rideau.trace.BitLayout;
import dev.rideau.trace.BitOrder;
import dev.rideau.trace.FieldClass;
import dev.rideau.trace.FieldClass.Structure;
import dev.rideau.trace.FieldLocation;
import dev.rideau.trace.IntegerRange;
import dev.rideau.trace.Mapping;
import dev.rideau.trace.Role;
import dev.rideau.trace.Scope;
import dev.rideau.trace.TextEncoding;
import java.math.BigInteger;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/// Makes the JSON objects of field classes, in the order in which fields are decoded.
final class JsonFieldWriter {
  private static final String DEFAULT_MEDIA_TYPE = "application/octet-stream";

  /// Signed integers so far: how the bounds of ranges are to be read depends on them.
  private final Set<FieldLocation> signed = new HashSet<>();

  private Scope scope = Scope.PACKET_HEADER;
  private final List<String> path = new ArrayList<>();

  /// The object of a root structure.
  Map<String, Object> root(Scope newScope, Structure structure) {
    scope = newScope;
    path.clear();
    signed.removeIf(location -> location.origin() == newScope);
    return object(structure);
  }

  private Map<String, Object> object(FieldClass fieldClass) {
    Map<String, Object> object = new LinkedHashMap<>();
    switch (fieldClass) {
      case FieldClass.BitArray bits -> fixed(object, "fixed-length-bit-array", bits.layout());
      case FieldClass.Bool bool -> fixed(object, "fixed-length-boolean", bool.layout());
      case FieldClass.BitMap bits -> {
        fixed(object, "fixed-length-bit-map", bits.layout());
        object.put("flags", mappings(bits.flags(), false));
      }
      case FieldClass.Int integer -> {
        fixed(object, "fixed-length-" + kind(integer), integer.layout());
        integral(object, integer);
      }
      case FieldClass.VariableLengthInt integer -> {
        object.put("type", "variable-length-" + kind(integer));
        integral(object, integer);
      }
      case FieldClass.Floating floating ->
          fixed(object, "fixed-length-floating-point-number", floating.layout());
      case FieldClass.NullTerminatedString string -> {
        object.put("type", "null-terminated-string");
        encoding(object, string.encoding());
      }
      case FieldClass.StaticLengthString string -> {
        object.put("type", "static-length-string");
        object.put("length", string.lengthBytes());
        encoding(object, string.encoding());
      }
      case FieldClass.DynamicLengthString string -> {
        object.put("type", "dynamic-length-string");
        object.put("length-field-location", location(string.length()));
        encoding(object, string.encoding());
      }
      case FieldClass.StaticLengthBlob blob -> {
        object.put("type", "static-length-blob");
        object.put("length", blob.lengthBytes());
        mediaType(object, blob.mediaType());
        roles(object, blob.roles());
      }
      case FieldClass.DynamicLengthBlob blob -> {
        object.put("type", "dynamic-length-blob");
        object.put("length-field-location", location(blob.length()));
        mediaType(object, blob.mediaType());
      }
      case FieldClass.StaticLengthArray array -> {
        object.put("type", "static-length-array");
        object.put("length", array.length());
        array(object, array.element(), array.minimumAlignmentBits());
      }
      case FieldClass.DynamicLengthArray array -> {
        object.put("type", "dynamic-length-array");
        object.put("length-field-location", location(array.length()));
        array(object, array.element(), array.minimumAlignmentBits());
      }
      case Structure structure -> structure(object, structure);
      case FieldClass.Optional optional -> {
        object.put("type", "optional");
        object.put("selector-field-location", location(optional.selector()));
        List<IntegerRange> ranges = optional.selectorRanges();
        if (ranges != null) {
          object.put("selector-field-ranges", ranges(ranges, signed.contains(optional.selector())));
        }
        object.put("field-class", object(optional.content()));
      }
      case FieldClass.Variant variant -> variant(object, variant);
    }
    JsonMetadataWriter.putAttributes(object, fieldClass.attributes());
    return object;
  }

  private static String kind(FieldClass.Integral integer) {
    return integer.signed() ? "signed-integer" : "unsigned-integer";
  }

  private static void fixed(Map<String, Object> object, String type, BitLayout layout) {
    object.put("type", type);
    object.put("length", layout.lengthBits());
    object.put(
        "byte-order",
        layout.byteOrder() == ByteOrder.LITTLE_ENDIAN ? "little-endian" : "big-endian");
    if (layout.isReversed()) {
      object.put(
          "bit-order",
          layout.bitOrder() == BitOrder.LEAST_SIGNIFICANT_FIRST
              ? "first-to-last"
              : "last-to-first");
    }
    if (layout.alignmentBits() > 1) {
      object.put("alignment", layout.alignmentBits());
    }
  }

  private void integral(Map<String, Object> object, FieldClass.Integral integer) {
    if (integer.displayBase() != 10) {
      object.put("preferred-display-base", integer.displayBase());
    }
    if (!integer.mappings().isEmpty()) {
      object.put("mappings", mappings(integer.mappings(), integer.signed()));
    }
    roles(object, integer.roles());
    if (integer.signed() && !path.isEmpty()) {
      signed.add(new FieldLocation(scope, path));
    }
  }

  private static Map<String, Object> mappings(List<Mapping> mappings, boolean signed) {
    Map<String, Object> object = new LinkedHashMap<>();
    for (Mapping mapping : mappings) {
      object.put(mapping.label(), ranges(mapping.ranges(), signed));
    }
    return object;
  }

  private static List<Object> ranges(List<IntegerRange> ranges, boolean signed) {
    List<Object> list = new ArrayList<>();
    for (IntegerRange range : ranges) {
      list.add(List.of(bound(range.lower(), signed), bound(range.upper(), signed)));
    }
    return list;
  }

  private static BigInteger bound(long value, boolean signed) {
    return new BigInteger(signed ? Long.toString(value) : Long.toUnsignedString(value));
  }

  private static void roles(Map<String, Object> object, Set<Role> roles) {
    if (!roles.isEmpty()) {
      object.put("roles", roles.stream().sorted().map(Role::label).toList());
    }
  }

  private static void encoding(Map<String, Object> object, TextEncoding encoding) {
    if (encoding != TextEncoding.UTF_8) {
      object.put("encoding", encoding.label());
    }
  }

  private static void mediaType(Map<String, Object> object, String mediaType) {
    if (!mediaType.equals(DEFAULT_MEDIA_TYPE)) {
      object.put("media-type", mediaType);
    }
  }

  private static Map<String, Object> location(FieldLocation location) {
    Map<String, Object> object = new LinkedHashMap<>();
    object.put("origin", location.origin().label());
    object.put("path", location.path());
    return object;
  }

  private void array(Map<String, Object> object, FieldClass element, int minimumAlignmentBits) {
    if (minimumAlignmentBits > 1) {
      object.put("minimum-alignment", minimumAlignmentBits);
    }
    object.put("element-field-class", object(element));
  }

  private void structure(Map<String, Object> object, Structure structure) {
    object.put("type", "structure");
    if (structure.minimumAlignmentBits() > 1) {
      object.put("minimum-alignment", structure.minimumAlignmentBits());
    }
    List<Object> members = new ArrayList<>();
    for (FieldClass.Member member : structure.members()) {
      Map<String, Object> entry = new LinkedHashMap<>();
      entry.put("name", member.name());
      path.add(member.name());
      entry.put("field-class", object(member.fieldClass()));
      path.removeLast();
      JsonMetadataWriter.putAttributes(entry, member.attributes());
      members.add(entry);
    }
    if (!members.isEmpty()) {
      object.put("member-classes", members);
    }
  }

  private void variant(Map<String, Object> object, FieldClass.Variant variant) {
    object.put("type", "variant");
    object.put("selector-field-location", location(variant.selector()));
    boolean signedSelector = signed.contains(variant.selector());
    List<Object> options = new ArrayList<>();
    for (FieldClass.Option option : variant.options()) {
      Map<String, Object> entry = new LinkedHashMap<>();
      String name = option.name();
      if (name != null) {
        entry.put("name", name);
      }
      entry.put("selector-field-ranges", ranges(option.selectorRanges(), signedSelector));
      entry.put("field-class", object(option.fieldClass()));
      JsonMetadataWriter.putAttributes(entry, option.attributes());
      options.add(entry);
    }
    object.put("options", options);
  }
}
