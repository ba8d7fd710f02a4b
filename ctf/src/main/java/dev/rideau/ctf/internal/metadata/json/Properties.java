package dev.rideau.ctf.internal.metadata.json;

import dev.rideau.ctf.internal.metadata.json.JsonValue.JsonArray;
import dev.rideau.ctf.internal.metadata.json.JsonValue.JsonBoolean;
import dev.rideau.ctf.internal.metadata.json.JsonValue.JsonInteger;
import dev.rideau.ctf.internal.metadata.json.JsonValue.JsonNull;
import dev.rideau.ctf.internal.metadata.json.JsonValue.JsonObject;
import dev.rideau.ctf.internal.metadata.json.JsonValue.JsonReal;
import dev.rideau.ctf.internal.metadata.json.JsonValue.JsonString;
import dev.rideau.trace.Attributes;
import dev.rideau.trace.TraceException;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/// The properties of a JSON object as somebody reads them who knows what they should be. Whoever is
/// through calls [#finish], which refuses properties that nobody asked for.
final class Properties {
  private static final BigInteger SIGNED_MINIMUM = BigInteger.valueOf(Long.MIN_VALUE);
  private static final BigInteger SIGNED_MAXIMUM = BigInteger.valueOf(Long.MAX_VALUE);
  private static final BigInteger UNSIGNED_MAXIMUM =
      BigInteger.ONE.shiftLeft(64).subtract(BigInteger.ONE);

  private final MetadataText text;
  private final JsonObject object;
  private final String what;
  private final Set<String> asked = new HashSet<>();

  private Properties(MetadataText text, JsonObject object, String what) {
    this.text = text;
    this.object = object;
    this.what = what;
  }

  /// The properties of `value`, which must be an object.
  ///
  /// @param what the object in words for messages, for instance `structure`
  static Properties of(MetadataText text, JsonValue value, String what) {
    if (!(value instanceof JsonObject object)) {
      throw unexpected(text, value, what, "an object");
    }
    return new Properties(text, object, what);
  }

  JsonObject object() {
    return object;
  }

  /// The value of a property, null when it is not there.
  @Nullable JsonValue find(String name) {
    asked.add(name);
    return object.properties().get(name);
  }

  JsonValue require(String name) {
    JsonValue value = find(name);
    if (value == null) {
      throw text.fault(
          object, "json-property-missing", "the " + what + " lacks the property '" + name + "'");
    }
    return value;
  }

  /// Refuses what nobody asked for.
  void finish() {
    for (Map.Entry<String, JsonValue> property : object.properties().entrySet()) {
      if (!asked.contains(property.getKey())) {
        throw text.fault(
            property.getValue(),
            "json-property-unknown",
            "the " + what + " has the unknown property '" + property.getKey() + "'");
      }
    }
  }

  @Nullable String string(String name) {
    JsonValue value = find(name);
    return value == null ? null : string(value, name);
  }

  String requireString(String name) {
    return string(require(name), name);
  }

  String string(JsonValue value, String name) {
    if (!(value instanceof JsonString string)) {
      throw unexpected(text, value, inWords(name), "a string");
    }
    return string.value();
  }

  JsonArray array(JsonValue value, String name, int minimumSize) {
    if (!(value instanceof JsonArray array)) {
      throw unexpected(text, value, inWords(name), "an array");
    }
    if (array.elements().size() < minimumSize) {
      throw text.fault(
          value,
          "json-array-size",
          "%s has %d elements but needs at least %d"
              .formatted(inWords(name), array.elements().size(), minimumSize));
    }
    return array;
  }

  /// An unsigned integer of 64 bits, null when it is not there.
  @Nullable Long unsigned(String name) {
    JsonValue value = find(name);
    return value == null ? null : unsigned(value, name).longValue();
  }

  BigInteger unsigned(JsonValue value, String name) {
    if (!(value instanceof JsonInteger integer) || integer.value().signum() < 0) {
      throw unexpected(text, value, inWords(name), "an unsigned integer");
    }
    if (integer.value().compareTo(UNSIGNED_MAXIMUM) > 0) {
      throw outside(value, name, "at most " + UNSIGNED_MAXIMUM);
    }
    return integer.value();
  }

  /// A signed integer of 64 bits.
  BigInteger signed(JsonValue value, String name) {
    if (!(value instanceof JsonInteger integer)) {
      throw unexpected(text, value, inWords(name), "an integer");
    }
    if (integer.value().compareTo(SIGNED_MINIMUM) < 0
        || integer.value().compareTo(SIGNED_MAXIMUM) > 0) {
      throw outside(value, name, "from " + SIGNED_MINIMUM + " to " + SIGNED_MAXIMUM);
    }
    return integer.value();
  }

  /// An integer of 64 bits, signed or unsigned.
  BigInteger integer(JsonValue value, String name) {
    if (!(value instanceof JsonInteger integer)) {
      throw unexpected(text, value, inWords(name), "an integer");
    }
    if (integer.value().compareTo(SIGNED_MINIMUM) < 0
        || integer.value().compareTo(UNSIGNED_MAXIMUM) > 0) {
      throw outside(value, name, "from " + SIGNED_MINIMUM + " to " + UNSIGNED_MAXIMUM);
    }
    return integer.value();
  }

  /// An unsigned integer within bounds.
  long requireUnsigned(String name, long minimum, long maximum) {
    return unsignedWithin(require(name), name, minimum, maximum);
  }

  long unsignedWithin(JsonValue value, String name, long minimum, long maximum) {
    BigInteger integer = unsigned(value, name);
    if (integer.compareTo(BigInteger.valueOf(minimum)) < 0
        || integer.compareTo(BigInteger.valueOf(maximum)) > 0) {
      throw outside(value, name, "from " + minimum + " to " + maximum);
    }
    return integer.longValue();
  }

  /// An alignment in bits, 1 when it is not there.
  int alignmentBits(String name) {
    JsonValue value = find(name);
    if (value == null) {
      return 1;
    }
    BigInteger alignment = unsigned(value, name);
    if (alignment.bitCount() != 1) {
      throw outside(value, name, "a power of two");
    }
    if (alignment.bitLength() > 31) {
      throw outside(value, name, "at most 2^30");
    }
    return alignment.intValue();
  }

  /// One of several strings; returns its position, or `missing` when the property is not there.
  int choice(String name, int missing, List<String> choices) {
    JsonValue value = find(name);
    return value == null ? missing : choice(value, name, choices);
  }

  int choice(JsonValue value, String name, List<String> choices) {
    int chosen = choices.indexOf(string(value, name));
    if (chosen < 0) {
      throw outside(value, name, "one of " + String.join(", ", choices));
    }
    return chosen;
  }

  /// The UUID that sixteen numbers make, in the usual text form; null when it is not there.
  @Nullable String uuid(String name) {
    JsonValue value = find(name);
    if (value == null) {
      return null;
    }
    List<JsonValue> elements = array(value, name, 16).elements();
    if (elements.size() > 16) {
      throw outside(value, name, "an array of 16 integers");
    }
    long high = 0;
    long low = 0;
    for (int i = 0; i < 16; i++) {
      long part = unsignedWithin(elements.get(i), name, 0, 255);
      if (i < 8) {
        high = high << 8 | part;
      } else {
        low = low << 8 | part;
      }
    }
    return new UUID(high, low).toString();
  }

  /// Reads `attributes` and refuses `extensions`, which every object with meaning may have.
  Attributes attributes() {
    refuseExtensions();
    JsonValue value = find("attributes");
    if (value == null) {
      // The name in drafts of CTF 2.
      value = find("user-attributes");
    }
    if (value == null) {
      return Attributes.NONE;
    }
    if (!(value instanceof JsonObject attributes)) {
      throw unexpected(text, value, inWords("attributes"), "an object");
    }
    return new Attributes(plainMap(attributes));
  }

  private void refuseExtensions() {
    JsonValue value = find("extensions");
    if (value == null) {
      return;
    }
    if (!(value instanceof JsonObject extensions)) {
      throw unexpected(text, value, inWords("extensions"), "an object");
    }
    if (!extensions.properties().isEmpty()) {
      throw text.fault(
          value.offset(),
          "extension-not-supported",
          "the %s needs the extension %s, without which its data cannot be read rightly"
              .formatted(what, extensions.properties().keySet()),
          "Read this trace with a program that knows the extension");
    }
  }

  private String inWords(String name) {
    return "property '" + name + "' of the " + what;
  }

  private TraceException outside(JsonValue value, String name, String expected) {
    String found =
        switch (value) {
          case JsonInteger integer -> integer.value().toString();
          case JsonString string -> "'" + string.value() + "'";
          case JsonNull _, JsonBoolean _, JsonReal _, JsonArray _, JsonObject _ -> value.kind();
        };
    return text.fault(
        value, "json-property-value", inWords(name) + " must be " + expected + ", not " + found);
  }

  static TraceException unexpected(
      MetadataText text, JsonValue value, String what, String expected) {
    return text.fault(
        value, "json-property-kind", what + " must be " + expected + ", not " + value.kind());
  }

  private static Map<String, Object> plainMap(JsonObject object) {
    Map<String, Object> map = new LinkedHashMap<>();
    for (Map.Entry<String, JsonValue> property : object.properties().entrySet()) {
      Object plain = plain(property.getValue());
      if (plain != null) {
        map.put(property.getKey(), plain);
      }
    }
    return map;
  }

  /// The value as attributes hold it; null, which stands for nothing known, is left out.
  private static @Nullable Object plain(JsonValue value) {
    return switch (value) {
      case JsonNull _ -> null;
      case JsonBoolean flag -> flag.value();
      case JsonReal real -> real.value();
      case JsonString string -> string.value();
      case JsonInteger integer ->
          integer.value().bitLength() < 64 ? (Object) integer.value().longValue() : integer.value();
      case JsonArray array -> {
        List<Object> elements = new ArrayList<>();
        for (JsonValue element : array.elements()) {
          Object plain = plain(element);
          if (plain != null) {
            elements.add(plain);
          }
        }
        yield elements;
      }
      case JsonObject object -> plainMap(object);
    };
  }
}
