package dev.rideau.ctf.internal.metadata.json;

import dev.rideau.ctf.internal.metadata.json.JsonValue.JsonNull;
import dev.rideau.ctf.internal.metadata.json.JsonValue.JsonObject;
import dev.rideau.ctf.internal.metadata.json.JsonValue.JsonString;
import dev.rideau.trace.Attributes;
import dev.rideau.trace.BitLayout;
import dev.rideau.trace.BitOrder;
import dev.rideau.trace.FieldClass;
import dev.rideau.trace.FieldLocation;
import dev.rideau.trace.IntegerRange;
import dev.rideau.trace.Role;
import dev.rideau.trace.Scope;
import dev.rideau.trace.TextEncoding;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.HashSet;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// Turns the JSON form of field classes into field classes.
///
/// An alias is kept as JSON and read again wherever it is used, because relative locations inside
/// it start from there. Limits on depth and number keep aliases of aliases from growing without
/// end.
final class FieldClassReader {
  private static final int MAXIMUM_DEPTH = 500;
  private static final int MAXIMUM_FIELD_CLASSES = 300_000;

  private static final List<String> BYTE_ORDERS = List.of("big-endian", "little-endian");
  private static final List<String> BIT_ORDERS = List.of("first-to-last", "last-to-first");
  private static final List<String> ENCODINGS = labels(TextEncoding.values());
  private static final List<String> SCOPES = labels(Scope.values());

  private final MetadataText text;
  private final RangeReader ranges;
  private final Map<String, JsonValue> aliases = new HashMap<>();

  /// Where the classes stand that a later check may find fault with: those with a location or a
  /// role.
  private final Map<FieldClass, JsonObject> places = new IdentityHashMap<>();

  /// The scope being read; null in the definition of an alias, where locations are not resolved.
  private @Nullable Scope scope;

  /// Names of the structure members around the class being read.
  private final List<String> path = new ArrayList<>();

  private int depth;
  private int count;

  FieldClassReader(MetadataText text) {
    this.text = text;
    this.ranges = new RangeReader(text);
  }

  /// Where a class with a location or a role stands in the metadata.
  JsonObject place(FieldClass fieldClass) {
    JsonObject place = places.get(fieldClass);
    if (place == null) {
      throw new IllegalStateException("not read from this metadata: " + fieldClass);
    }
    return place;
  }

  /// Makes an alias known; its own name is known only after it.
  void addAlias(JsonValue nameValue, String name, JsonValue fieldClass) {
    scope = null;
    path.clear();
    read(fieldClass, "field class");
    if (aliases.putIfAbsent(name, fieldClass) != null) {
      throw text.fault(
          nameValue, "field-class-alias-duplicate", "there is already an alias '" + name + "'");
    }
  }

  /// The root structure of a scope.
  FieldClass.@Nullable Structure readRoot(@Nullable JsonValue value, Scope rootScope) {
    if (value == null) {
      return null;
    }
    scope = rootScope;
    path.clear();
    FieldClass fieldClass = read(value, rootScope.label() + " field class");
    if (!(fieldClass instanceof FieldClass.Structure structure)) {
      throw text.fault(
          value, "scope-not-structure", "the " + rootScope.label() + " must be a structure");
    }
    return structure;
  }

  private FieldClass read(JsonValue value, String what) {
    if (value instanceof JsonString name) {
      JsonValue aliased = aliases.get(name.value());
      if (aliased == null) {
        throw text.fault(
            value,
            "field-class-alias-unknown",
            "there is no field class alias '" + name.value() + "' before this place");
      }
      if (scope == null) {
        // Only that the name exists matters now.
        return FieldClass.Structure.EMPTY;
      }
      return readDeeper(aliased, value, what);
    }
    return readDeeper(value, value, what);
  }

  private FieldClass readDeeper(JsonValue value, JsonValue user, String what) {
    if (++depth > MAXIMUM_DEPTH) {
      throw text.fault(
          user,
          "field-class-too-deep",
          "field classes are nested more than " + MAXIMUM_DEPTH + " levels deep");
    }
    if (++count > MAXIMUM_FIELD_CLASSES) {
      throw text.fault(
          user,
          "metadata-too-complex",
          "there are more than " + MAXIMUM_FIELD_CLASSES + " field classes");
    }
    FieldClass fieldClass =
        value instanceof JsonString ? read(value, what) : readObject(value, what);
    depth--;
    return fieldClass;
  }

  private FieldClass readObject(JsonValue value, String what) {
    Properties untyped = Properties.of(text, value, what);
    String type = untyped.requireString("type");
    Properties properties = Properties.of(text, value, type);
    properties.find("type");
    FieldClass fieldClass =
        switch (type) {
          case "fixed-length-bit-array" ->
              new FieldClass.BitArray(layout(properties, 64), properties.attributes());
          case "fixed-length-bit-map" -> readBitMap(properties);
          case "fixed-length-boolean" ->
              new FieldClass.Bool(layout(properties, 64), properties.attributes());
          // The enumerations stand in drafts of CTF 2.
          case "fixed-length-unsigned-integer", "fixed-length-unsigned-enumeration" ->
              readFixedLengthInteger(properties, false);
          case "fixed-length-signed-integer", "fixed-length-signed-enumeration" ->
              readFixedLengthInteger(properties, true);
          case "fixed-length-floating-point-number" -> readFloat(properties);
          case "variable-length-unsigned-integer", "variable-length-unsigned-enumeration" ->
              readVariableLengthInteger(properties, false);
          case "variable-length-signed-integer", "variable-length-signed-enumeration" ->
              readVariableLengthInteger(properties, true);
          case "null-terminated-string" ->
              new FieldClass.NullTerminatedString(encoding(properties), 8, properties.attributes());
          case "static-length-string" ->
              new FieldClass.StaticLengthString(
                  staticLength(properties), encoding(properties), 8, properties.attributes());
          case "dynamic-length-string" ->
              new FieldClass.DynamicLengthString(
                  location(properties, "length-field-location"),
                  encoding(properties),
                  8,
                  properties.attributes());
          case "static-length-blob" ->
              new FieldClass.StaticLengthBlob(
                  staticLength(properties),
                  mediaType(properties),
                  roles(properties, EnumSet.of(Role.METADATA_STREAM_UUID)),
                  properties.attributes());
          case "dynamic-length-blob" ->
              new FieldClass.DynamicLengthBlob(
                  location(properties, "length-field-location"),
                  mediaType(properties),
                  properties.attributes());
          case "static-length-array" ->
              new FieldClass.StaticLengthArray(
                  staticLength(properties),
                  read(properties.require("element-field-class"), "element field class"),
                  properties.alignmentBits("minimum-alignment"),
                  Set.of(),
                  properties.attributes());
          case "dynamic-length-array" ->
              new FieldClass.DynamicLengthArray(
                  location(properties, "length-field-location"),
                  read(properties.require("element-field-class"), "element field class"),
                  properties.alignmentBits("minimum-alignment"),
                  properties.attributes());
          case "structure" -> readStructure(properties);
          case "optional" -> readOptional(properties);
          case "variant" -> readVariant(properties);
          default ->
              throw text.fault(
                  properties.require("type"),
                  "field-class-type-unknown",
                  "there is no type of field class '" + type + "'");
        };
    properties.finish();
    places.put(fieldClass, properties.object());
    return fieldClass;
  }

  private BitLayout layout(Properties properties, int maximumBits) {
    int lengthBits = (int) properties.requireUnsigned("length", 1, maximumBits);
    boolean isBigEndian =
        properties.choice(properties.require("byte-order"), "byte-order", BYTE_ORDERS) == 0;
    ByteOrder byteOrder = isBigEndian ? ByteOrder.BIG_ENDIAN : ByteOrder.LITTLE_ENDIAN;
    int bitOrder = properties.choice("bit-order", isBigEndian ? 1 : 0, BIT_ORDERS);
    return new BitLayout(
        lengthBits,
        properties.alignmentBits("alignment"),
        byteOrder,
        bitOrder == 0 ? BitOrder.LEAST_SIGNIFICANT_FIRST : BitOrder.MOST_SIGNIFICANT_FIRST);
  }

  private FieldClass readBitMap(Properties properties) {
    BitLayout layout = layout(properties, 64);
    JsonValue flags = properties.require("flags");
    if (flags instanceof JsonObject object && object.properties().isEmpty()) {
      throw text.fault(flags, "json-property-value", "a bit map needs at least one flag");
    }
    return new FieldClass.BitMap(
        layout, ranges.mappings(flags, "flags", false), properties.attributes());
  }

  private FieldClass readFixedLengthInteger(Properties properties, boolean signed) {
    return new FieldClass.Int(
        layout(properties, 64),
        signed,
        displayBase(properties),
        ranges.mappings(properties.find("mappings"), "mappings", signed),
        signed ? Set.of() : roles(properties, RoleRules.OF_INTEGERS),
        properties.attributes());
  }

  private FieldClass readVariableLengthInteger(Properties properties, boolean signed) {
    return new FieldClass.VariableLengthInt(
        signed,
        displayBase(properties),
        ranges.mappings(properties.find("mappings"), "mappings", signed),
        signed ? Set.of() : roles(properties, RoleRules.OF_INTEGERS),
        properties.attributes());
  }

  private FieldClass readFloat(Properties properties) {
    BitLayout layout = layout(properties, 128);
    int lengthBits = layout.lengthBits();
    if (lengthBits < 16 || Integer.bitCount(lengthBits) != 1) {
      throw text.fault(
          properties.require("length"),
          "json-property-value",
          "a floating point number has 16, 32, 64 or 128 bits, not " + lengthBits);
    }
    return new FieldClass.Floating(layout, properties.attributes());
  }

  private int displayBase(Properties properties) {
    JsonValue value = properties.find("preferred-display-base");
    if (value == null) {
      return 10;
    }
    long base = properties.unsigned(value, "preferred-display-base").longValue();
    if (base != 2 && base != 8 && base != 10 && base != 16) {
      throw text.fault(
          value,
          "json-property-value",
          "the preferred display base is 2, 8, 10 or 16, not " + Long.toUnsignedString(base));
    }
    return (int) base;
  }

  private Set<Role> roles(Properties properties, Set<Role> possible) {
    JsonValue value = properties.find("roles");
    if (value == null) {
      return Set.of();
    }
    Set<Role> roles = EnumSet.noneOf(Role.class);
    for (JsonValue element : properties.array(value, "roles", 0).elements()) {
      String label = properties.string(element, "roles");
      Role role = RoleRules.withLabel(label);
      if (role == null || !possible.contains(role)) {
        throw text.fault(
            element, "role-unknown", "this class of field cannot have the role '" + label + "'");
      }
      roles.add(role);
    }
    return roles;
  }

  private TextEncoding encoding(Properties properties) {
    return TextEncoding.values()[
        properties.choice("encoding", TextEncoding.UTF_8.ordinal(), ENCODINGS)];
  }

  private static String mediaType(Properties properties) {
    String given = properties.string("media-type");
    return given != null ? given : "application/octet-stream";
  }

  private static long staticLength(Properties properties) {
    return properties.requireUnsigned("length", 0, Long.MAX_VALUE);
  }

  private FieldClass readStructure(Properties properties) {
    List<FieldClass.Member> members = new ArrayList<>();
    JsonValue list = properties.find("member-classes");
    if (list != null) {
      Set<String> names = new HashSet<>();
      for (JsonValue element : properties.array(list, "member-classes", 0).elements()) {
        Properties member = Properties.of(text, element, "structure member");
        String name = member.requireString("name");
        if (!names.add(name)) {
          throw text.fault(
              member.require("name"),
              "structure-member-duplicate",
              "the structure has two members '" + name + "'");
        }
        path.add(name);
        FieldClass fieldClass = read(member.require("field-class"), "member's field class");
        path.removeLast();
        members.add(new FieldClass.Member(name, fieldClass, member.attributes()));
        member.finish();
      }
    }
    return new FieldClass.Structure(
        members, properties.alignmentBits("minimum-alignment"), properties.attributes());
  }

  private FieldClass readOptional(Properties properties) {
    JsonValue selectorRanges = properties.find("selector-field-ranges");
    return new FieldClass.Optional(
        location(properties, "selector-field-location"),
        selectorRanges == null ? null : ranges.selectorRanges(selectorRanges),
        read(properties.require("field-class"), "optional's field class"),
        1,
        properties.attributes());
  }

  private FieldClass readVariant(Properties properties) {
    FieldLocation selector = location(properties, "selector-field-location");
    List<FieldClass.Option> options = new ArrayList<>();
    Set<String> names = new HashSet<>();
    JsonValue list = properties.require("options");
    List<JsonValue> elements = properties.array(list, "options", 1).elements();
    List<JsonValue> rangesOfOptions = new ArrayList<>();
    for (JsonValue element : elements) {
      Properties option = Properties.of(text, element, "variant option");
      String name = option.string("name");
      if (name != null && !names.add(name)) {
        throw text.fault(
            option.require("name"),
            "variant-option-duplicate",
            "the variant has two options '" + name + "'");
      }
      JsonValue optionRanges = option.require("selector-field-ranges");
      List<IntegerRange> selectorRanges = ranges.selectorRanges(optionRanges);
      rangesOfOptions.add(optionRanges);
      FieldClass fieldClass = read(option.require("field-class"), "option's field class");
      Attributes attributes = option.attributes();
      option.finish();
      options.add(new FieldClass.Option(name, selectorRanges, fieldClass, attributes));
    }
    ranges.requireDisjoint(rangesOfOptions);
    return new FieldClass.Variant(selector, options, 1, properties.attributes());
  }

  /// An absolute location; relative ones start in the structure around the member being read, and
  /// each null leads to the structure around that.
  private FieldLocation location(Properties properties, String name) {
    JsonValue value = properties.require(name);
    List<JsonValue> elements;
    Scope origin = null;
    if (value instanceof JsonValue.JsonArray array
        && array.elements().size() > 1
        && array.elements().getFirst() instanceof JsonString first
        && SCOPES.contains(first.value())) {
      // In drafts of CTF 2 a location is one array that starts with the scope.
      origin = Scope.values()[SCOPES.indexOf(first.value())];
      elements = array.elements().subList(1, array.elements().size());
    } else {
      Properties location = Properties.of(text, value, name);
      int originIndex = location.choice("origin", -1, SCOPES);
      origin = originIndex < 0 ? null : Scope.values()[originIndex];
      elements = location.array(location.require("path"), "path", 1).elements();
      location.finish();
    }
    List<String> base = new ArrayList<>();
    if (origin == null && !path.isEmpty()) {
      base.addAll(path.subList(0, path.size() - 1));
    }
    for (JsonValue element : elements) {
      if (element instanceof JsonString string) {
        base.add(string.value());
      } else if (!(element instanceof JsonNull)) {
        throw Properties.unexpected(text, element, "element of a path", "a string or null");
      } else if (!base.isEmpty()) {
        base.removeLast();
      } else if (scope != null) {
        throw text.fault(
            value, "field-location-above-root", "the path leads above the root of its scope");
      }
    }
    if (elements.getLast() instanceof JsonNull) {
      throw text.fault(
          elements.getLast(), "field-location-ends-with-parent", "a path must not end with null");
    }
    return new FieldLocation(origin != null ? origin : scope != null ? scope : Scope.PAYLOAD, base);
  }

  private static List<String> labels(TextEncoding[] encodings) {
    List<String> labels = new ArrayList<>();
    for (TextEncoding encoding : encodings) {
      labels.add(encoding.label());
    }
    return List.copyOf(labels);
  }

  private static List<String> labels(Scope[] scopes) {
    List<String> labels = new ArrayList<>();
    for (Scope scope : scopes) {
      labels.add(scope.label());
    }
    return List.copyOf(labels);
  }
}
