package dev.rideau.ctf.internal.metadata.json;

import dev.rideau.ctf.internal.metadata.json.JsonValue.JsonArray;
import dev.rideau.ctf.internal.metadata.json.JsonValue.JsonBoolean;
import dev.rideau.ctf.internal.metadata.json.JsonValue.JsonInteger;
import dev.rideau.ctf.internal.metadata.json.JsonValue.JsonNull;
import dev.rideau.ctf.internal.metadata.json.JsonValue.JsonObject;
import dev.rideau.ctf.internal.metadata.json.JsonValue.JsonReal;
import dev.rideau.ctf.internal.metadata.json.JsonValue.JsonString;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.core.ObjectReadContext;
import tools.jackson.core.StreamReadConstraints;
import tools.jackson.core.TokenStreamLocation;
import tools.jackson.core.json.JsonFactory;

/// Reads a JSON text sequence (RFC 7464): JSON texts, each after a record separator.
///
/// ```
/// 1e { ... } 0a  1e { ... } 0a  ...
/// ```
final class JsonSequence {

  /// First byte of every element.
  static final char RECORD_SEPARATOR = 0x1e;

  /// Objects and arrays inside each other. A field class takes three levels.
  private static final int MAXIMUM_DEPTH = 500;

  private static final int MAXIMUM_STRING_CHARACTERS = 1 << 20;
  private static final int MAXIMUM_NAME_CHARACTERS = 1 << 16;

  /// 2^64-1 has 20 digits; more are only of use in attributes.
  private static final int MAXIMUM_NUMBER_DIGITS = 400;

  private static final JsonFactory FACTORY =
      JsonFactory.builder()
          .streamReadConstraints(
              StreamReadConstraints.builder()
                  .maxNestingDepth(MAXIMUM_DEPTH)
                  .maxStringLength(MAXIMUM_STRING_CHARACTERS)
                  .maxNameLength(MAXIMUM_NAME_CHARACTERS)
                  .maxNumberLength(MAXIMUM_NUMBER_DIGITS)
                  .build())
          .build();

  private final MetadataText text;
  private int next;

  JsonSequence(MetadataText text) {
    this.text = text;
  }

  /// The next element, or null when there is none.
  @Nullable JsonValue next() {
    char[] characters = text.characters();
    if (next == 0 && (characters.length == 0 || characters[0] != RECORD_SEPARATOR)) {
      throw text.fault(
          0,
          "json-sequence-start",
          "the metadata does not start with a record separator (0x1e)",
          "Put the byte 0x1e before every JSON object of the metadata");
    }
    while (next < characters.length
        && (characters[next] == RECORD_SEPARATOR || isSpace(characters[next]))) {
      next++;
    }
    if (next == characters.length) {
      return null;
    }
    int begin = next;
    while (next < characters.length && characters[next] != RECORD_SEPARATOR) {
      next++;
    }
    return parse(begin, next);
  }

  private static boolean isSpace(char character) {
    return character == ' ' || character == '\t' || character == '\r' || character == '\n';
  }

  private JsonValue parse(int begin, int end) {
    try (JsonParser parser =
        FACTORY.createParser(ObjectReadContext.empty(), text.characters(), begin, end - begin)) {
      return parse(parser, begin, end);
    }
  }

  private JsonValue parse(JsonParser parser, int begin, int end) {
    try {
      parser.nextToken();
      JsonValue value = read(parser, begin);
      if (parser.nextToken() != null) {
        throw text.fault(
            offset(parser, begin),
            "json-extra-value",
            "a second JSON value follows the first",
            "Put the byte 0x1e before every JSON object of the metadata");
      }
      return value;
    } catch (JacksonException problem) {
      // A limit that is exceeded comes without location.
      TokenStreamLocation location = problem.getLocation();
      long inElement =
          (location == null || location.getCharOffset() < 0 ? parser.currentLocation() : location)
              .getCharOffset();
      throw text.fault(
          (int) Math.min(begin + Math.max(0, inElement), end),
          "json-syntax",
          "this is not JSON that can be read: " + reason(problem),
          null);
    }
  }

  // Of a limit the library also says by which of its methods to change it.
  private static String reason(JacksonException problem) {
    return problem.getOriginalMessage().replaceFirst(", from `[^`]*`", "");
  }

  private JsonValue read(JsonParser parser, int begin) {
    int offset = offset(parser, begin);
    JsonToken token = parser.currentToken();
    return switch (token) {
      case START_OBJECT -> readObject(parser, begin, offset);
      case START_ARRAY -> readArray(parser, begin, offset);
      case VALUE_STRING -> new JsonString(parser.getString(), offset);
      case VALUE_NUMBER_INT -> new JsonInteger(new BigInteger(parser.getString()), offset);
      case VALUE_NUMBER_FLOAT -> new JsonReal(Double.parseDouble(parser.getString()), offset);
      case VALUE_TRUE -> new JsonBoolean(true, offset);
      case VALUE_FALSE -> new JsonBoolean(false, offset);
      case VALUE_NULL -> new JsonNull(offset);
      case NOT_AVAILABLE, END_OBJECT, END_ARRAY, PROPERTY_NAME, VALUE_EMBEDDED_OBJECT ->
          throw text.fault(offset, "json-syntax", "a JSON value is expected here", null);
    };
  }

  private JsonObject readObject(JsonParser parser, int begin, int offset) {
    Map<String, JsonValue> properties = new LinkedHashMap<>();
    while (parser.nextToken() == JsonToken.PROPERTY_NAME) {
      int nameOffset = offset(parser, begin);
      String name = parser.currentName();
      if (properties.containsKey(name)) {
        throw text.fault(
            nameOffset,
            "json-duplicate-property",
            "the object has two properties '" + name + "'",
            null);
      }
      parser.nextToken();
      properties.put(name, read(parser, begin));
    }
    return new JsonObject(properties, offset);
  }

  private JsonArray readArray(JsonParser parser, int begin, int offset) {
    List<JsonValue> elements = new ArrayList<>();
    while (parser.nextToken() != JsonToken.END_ARRAY) {
      elements.add(read(parser, begin));
    }
    return new JsonArray(elements, offset);
  }

  private static int offset(JsonParser parser, int begin) {
    return begin + (int) parser.currentTokenLocation().getCharOffset();
  }
}
